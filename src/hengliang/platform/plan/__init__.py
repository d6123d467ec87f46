"""Plans and live targets: figures computed from the ledger, never typed in."""
