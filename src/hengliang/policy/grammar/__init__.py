"""Sentences to targets: numerals, quantities, deadlines, verbs; what is no target is refused."""
