"""What people type, by the work that it belongs to."""
