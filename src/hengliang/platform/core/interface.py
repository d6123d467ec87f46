"""What the interfaces for programs share: the types of their input, problems, and lists in pages.

Input is bounded here, so that no text, number or day gets as far as the database that the database can't hold.
"""

import json
from datetime import date
from typing import Annotated, Any, Generic, TypeVar

from django.db import models
from ninja import Field, Query, Schema
from pydantic import AfterValidator, StringConstraints, WithJsonSchema

T = TypeVar("T")
MAX_KEY = 2**63 - 1
PRINTABLE = r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]*$"


def _storable(value: Any) -> Any:
    try:
        text = json.dumps(value, allow_nan=False, ensure_ascii=False)
        text.encode()
    except ValueError as fault:
        raise ValueError("holds a number or a sign that can't be stored") from fault
    if "\\u0000" in text:
        raise ValueError("holds the sign NUL, which can't be stored")
    return value


def upto(most: int) -> Any:
    """A line of text of up to so many characters, for `Annotated[str, upto(40)]`.

    Never give `max_length` to a type that has one: of two, pydantic takes the type's.
    """
    return Field(max_length=most, pattern=PRINTABLE)


def filled(most: int) -> Any:
    """The same, not empty."""
    return Field(min_length=1, max_length=most, pattern=PRINTABLE)


Key = Annotated[int, Field(ge=1, le=MAX_KEY, examples=[1])]
Line = Annotated[str, filled(200)]
Optional = Annotated[str, upto(300)]
Text = Annotated[str, upto(1000)]
Reason = Annotated[str, Field(min_length=1, max_length=200, pattern=r"\S", examples=["送检日期登记错误"])]
# Days beyond are slips of the pen, and no term can be counted from the last day that there is.
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2199, 12, 31)
Day = Annotated[date, Field(ge=FIRST_DAY, le=LAST_DAY, examples=["2026-03-02"])]
JsonObject = Annotated[dict[str, Any], AfterValidator(_storable)]


def column(model: type[models.Model], name: str, *, least: int = 0) -> StringConstraints:
    """The bounds of a text that goes into a column: `Annotated[str, column(Instrument, "model")]`.

    Not `Optional = Field(max_length=100)`: of two bounds on one text pydantic keeps that of the type.
    """
    field = model._meta.get_field(name)
    longest = getattr(field, "max_length", None)
    return StringConstraints(min_length=least, max_length=longest, pattern=PRINTABLE)


def words_of(choices: type[models.TextChoices]) -> WithJsonSchema:
    """Describe a choice where it is used: by its name alone, `Kind`, one of an app would stand for that of another."""
    return WithJsonSchema({"type": "string", "enum": list(choices.values)})


class Problem(Schema):
    """A refusal (RFC 9457): `title` is a stable code, `detail` is in the reader's language."""

    type: str = Field(examples=["about:blank#not_permitted"])
    title: str = Field(examples=["not_permitted"])
    status: int = Field(examples=[403])
    detail: str = Field(examples=["You have no role that allows “record_approve” here."])


class Reasoned(Schema):
    """An act that states its reason."""

    reason: Reason


class Slice(Schema):
    """Which part of a list: up to `limit` rows after the row `after`, newest first."""

    after: Annotated[int, Field(ge=1, le=MAX_KEY)] | None = None
    limit: int = Field(50, ge=1, le=200)


class Listed(Schema, Generic[T]):
    """Rows of a list; `next` is the `after` of the following page, null at the end."""

    items: list[T]
    next: int | None = Field(None, examples=[None])


def listed(rows: "models.QuerySet[Any]", part: Slice) -> dict[str, Any]:
    """The part of a list that was asked for, newest first."""
    if part.after is not None:
        rows = rows.filter(pk__lt=part.after)
    found = list(rows.order_by("-pk")[: part.limit + 1])
    more = len(found) > part.limit
    found = found[: part.limit]
    return {"items": found, "next": found[-1].pk if more else None}


Part = Query[Slice]
