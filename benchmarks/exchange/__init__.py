"""Beside other systems: comparing a file with the ledger."""
