"""Checkers that stand alone: one Python file and one HTML file, for those who do not run Hengliang."""
