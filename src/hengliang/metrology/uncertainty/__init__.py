"""Measurement uncertainty."""
