"""Meter readings: import, check, store and evaluate meters in service by their data."""
