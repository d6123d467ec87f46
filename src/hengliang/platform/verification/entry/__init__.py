"""The entry form of an original record: grids from a rule's form, and what was typed as the record's JSON.

A section is the particulars of the instrument (`instrument`), its parts, the reasons for what was left out, or one item
of the rule. Each is one grid, saved and judged by itself, so that two people at two items don't wait for each other.
"""

from hengliang.platform.verification.entry.form import given_particulars, sections_of
from hengliang.platform.verification.entry.reading import filled_grid
from hengliang.platform.verification.entry.section import INSTRUMENT, LEADERS, PARTS, VERDICT, Line, Rows, Section
from hengliang.platform.verification.entry.typed import merged, placed, posted
from hengliang.platform.verification.entry.words import choice_words, plain, unit_words

__all__ = [
    "INSTRUMENT", "LEADERS", "PARTS", "VERDICT", "Line", "Rows", "Section", "choice_words", "filled_grid",
    "given_particulars", "merged", "placed", "plain", "posted", "sections_of", "unit_words",
]  # fmt: skip
