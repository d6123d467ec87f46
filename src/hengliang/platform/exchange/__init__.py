"""Beside other systems: what they hold, what we hold, what differs; results out, receipts in; webhooks."""
