"""Benchmarks of the balance of nodes."""
