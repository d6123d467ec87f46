"""Brackets must follow each other: no gap, no overlap, rising."""

from typing import Any

from hengliang.norms.document import Document
from hengliang.norms.schema import Place, is_number

REMEDY = "Let every bracket start where the one before it ends"


def check_brackets(document: Document, place: Place, brackets: Any) -> None:
    """Note every bracket that does not start where the one before it ends, or ends before it starts."""
    if not isinstance(brackets, list) or not all(isinstance(bracket, dict) for bracket in brackets):
        return
    for index, bracket in enumerate(brackets):
        start, end = bracket.get("from"), bracket.get("to")
        if is_number(start) and is_number(end) and start >= end:
            message = f"the bracket from {start} to {end} is empty or turned round"
            document.refuse(
                (*place, index), "bracket_empty", message, "Write the smaller edge first", start=start, end=end
            )
        if index:
            _follows(document, (*place, index), brackets[index - 1].get("to"), start)


def _follows(document: Document, place: Place, end: Any, start: Any) -> None:
    if end == start and end is not None:
        return
    if is_number(end) and is_number(start) and start > end:
        document.refuse(place, "bracket_gap", f"between {end} and {start} there is a gap", REMEDY, start=start, end=end)
    else:
        message = f"the bracket from {start} overlaps the one before it, which ends at {end}"
        document.refuse(place, "bracket_overlap", message, REMEDY, start=start, end=end)
