"""What a rule's page is made of: tables and descriptions."""

from collections.abc import Sequence
from dataclasses import dataclass

from hengliang.platform.core.pages.words import Words


@dataclass(frozen=True)
class Sheet:
    """A table: its heading, its columns, its rows; `left_out` counts the rows that are not shown."""

    title: str
    head: Sequence[Words]
    rows: Sequence[Sequence[str]]
    left_out: int = 0
    note: str = ""
    keys: int = 0


@dataclass(frozen=True)
class Lines:
    """A description list."""

    title: str
    lines: Sequence[tuple[Words, str]]


Part = Sheet | Lines
