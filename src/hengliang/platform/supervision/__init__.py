"""Supervision: what the authority orders about instruments in its regions."""
