"""Provability: canonical bytes, Merkle log, signatures, receipts, verifiable draw."""
