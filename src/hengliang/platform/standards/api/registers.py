"""What the registers for programs have in common: since when and why, which rows are asked for."""

from typing import Any, Literal

from django.shortcuts import get_object_or_404
from ninja import Schema

from hengliang.platform.core.interface import Day, Optional, Reason
from hengliang.platform.core.requests import Request
from hengliang.platform.parties.models import Organisation

PaperCondition = Literal["in_order", "due_soon", "expired", "to_come"]


class From(Schema):
    """From which day on, and why."""

    on: Day
    reason: Reason


class PaperFilter(Schema):
    """Which authorisations or qualifications."""

    condition: PaperCondition | None = None
    item: Optional = ""


def narrowed(rows: Any, asked: PaperFilter) -> Any:
    """The rows in that condition, for that catalogue item."""
    wanted = {"condition": asked.condition, "item__code": asked.item}
    return rows.filter(**{name: value for name, value in wanted.items() if value})


def organisation_of(request: Request, pk: int) -> Organisation:
    """An organisation that the caller may see; 404 for others."""
    return get_object_or_404(Organisation.objects.visible_to(request.actor), pk=pk)
