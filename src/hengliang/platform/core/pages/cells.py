"""Renderers of table cells: each takes the value and its row and gives what stands in the cell."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString

from . import values
from .looks import state_tag

Cell = Callable[[Any, Any], SafeString | str]


def text(value: Any, _row: Any) -> SafeString:
    """The value by its type: text escaped, days ISO, absence marked."""
    return values.shown(value)


def unbroken(value: Any, _row: Any) -> SafeString:
    """A code or number that stays on one line."""
    return format_html('<span class="q">{}</span>', value) if value else values.absent()


def number(digits: int | None = None) -> Cell:
    """A number with fixed decimals; its unit stands in the header."""
    return lambda value, _row: values.quantity(value, digits=digits)


def state(value: Any, _row: Any) -> SafeString:
    """A registered state as its tag."""
    return state_tag(str(value)) if value else values.absent()


def due(on: dt.date) -> Cell:
    """A due day with its distance from `on`."""
    return lambda value, _row: values.due(value, on)


def two_lines(second: Callable[[Any], Any]) -> Cell:
    """The value, and under it, small, what `second` gives of the row."""
    return lambda value, row: format_html(
        '{}<small class="second">{}</small>', values.shown(value), values.shown(second(row))
    )


def template(name: str) -> Cell:
    """A cell from a template that sees `value` and `row`."""
    return lambda value, row: SafeString(render_to_string(name, {"value": value, "row": row}))
