"""The statements by which what came is compared with what is here, one file a step."""

from functools import cache
from pathlib import Path


@cache
def statement(name: str) -> str:
    """A statement by its name."""
    return (Path(__file__).parent / f"{name}.sql").read_text(encoding="utf-8")
