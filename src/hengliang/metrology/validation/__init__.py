"""Re-runs published examples and says to how many digits this package agrees with them.

One module in `families/` per family of vector files; it exposes `ADAPTERS`. An adapter recognises an entry by
its method or shape, never by its id, so that an example nobody has seen is computed like a known one.

>>> from hengliang.metrology.validation import Check
>>> Check.printed("u_c", 32.0, 31.708).passed
True
"""

from hengliang.metrology.validation.adapter import Adapter, Entry, Outcome
from hengliang.metrology.validation.checks import Check, Skipped, digits_of_agreement, last_printed_place
from hengliang.metrology.validation.run import Report, validate_entry, validate_paths

__all__ = [
    "Adapter",
    "Check",
    "Entry",
    "Outcome",
    "Report",
    "Skipped",
    "digits_of_agreement",
    "last_printed_place",
    "validate_entry",
    "validate_paths",
]
