"""Comparisons between laboratories: a preview of reference values and degrees of equivalence; nothing is kept."""
