"""What is due, overdue, or soon due. The day due is itself not overdue."""

from datetime import date, timedelta
from typing import Literal

from hengliang.platform.registry.models import InstrumentState, InstrumentStateQuerySet
from hengliang.platform.registry.states import IN_USE

WARNING_DAYS = 30

DueState = Literal["none", "good", "soon", "overdue"]


def overdue(rows: InstrumentStateQuerySet, on: date) -> InstrumentStateQuerySet:
    """In use, under mandatory verification, and past the day due."""
    return rows.under_control().filter(due_on__lt=on)


def due_within(rows: InstrumentStateQuerySet, on: date, days: int = WARNING_DAYS) -> InstrumentStateQuerySet:
    """In use, under mandatory verification, and due today or within the days given."""
    return rows.under_control().filter(due_on__gte=on, due_on__lte=on + timedelta(days=days))


def due_state(entry: InstrumentState, on: date, days: int = WARNING_DAYS) -> DueState:
    """How an entry stands on a day; `none` for what can't fall due."""
    if entry.status != IN_USE or entry.due_on is None:
        return "none"
    if entry.due_on < on:
        return "overdue"
    return "soon" if entry.due_on <= on + timedelta(days=days) else "good"
