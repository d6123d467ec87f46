"""The statements of lots, each file one step."""

from functools import cache
from importlib.resources import files


@cache
def statement(name: str) -> str:
    """The text of `name.sql`."""
    return (files(__package__) / f"{name}.sql").read_text("utf-8")
