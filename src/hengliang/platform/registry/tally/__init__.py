"""The ledger of today, counted as it changes: what a desk over a million instruments reads instead of counting.

Triggers with transition tables add what each statement changed, as rows of plus and minus: nobody waits for anybody,
whatever two acts at once touch. `tally_compact` sums the rows up now and then; a sum is the same before and after.
"""

from functools import cache
from importlib.resources import files


@cache
def statement(name: str) -> str:
    """The text of `name.sql`."""
    return (files(__package__) / f"{name}.sql").read_text("utf-8")
