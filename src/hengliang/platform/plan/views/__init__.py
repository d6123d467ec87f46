"""Pages of plans, targets, achievements and snapshots."""
