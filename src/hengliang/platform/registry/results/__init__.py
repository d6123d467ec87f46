"""Results of many verifications at once, as sets: entered into the ledger, and taken back."""

from functools import cache
from importlib.resources import files


@cache
def statement(name: str) -> str:
    """The text of `name.sql`."""
    return (files(__package__) / f"{name}.sql").read_text("utf-8")
