"""Benchmarks of plans."""
