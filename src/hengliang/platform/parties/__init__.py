"""Organisations and their succession, people, accounts by invitation, roles per organisation and region."""
