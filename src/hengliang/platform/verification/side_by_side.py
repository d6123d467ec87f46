"""Two records of one instrument side by side: each point, its difference, and what is acceptable."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from hengliang.norms.coefficients import coefficients_of
from hengliang.platform.core.rules import rules
from hengliang.platform.verification.models import Record
from hengliang.platform.verification.stated import stated_at

RULE = "verification/retest-criterion"
Point = Mapping[str, Any]


@dataclass(frozen=True)
class Compared:
    """One point of both records; `acceptable` is None where neither an uncertainty nor a limit tells.

    basis : `stated` if both uncertainties are, `limit` if one was taken from the limit, else `none`
    """

    item: str
    part: str
    point: str
    unit: str
    first: str
    second: str
    difference: str
    low: str | None
    high: str | None
    acceptable: str | None
    basis: str
    beyond: bool
    fails: bool


def side_by_side(first: Record, second: Record) -> list[dict[str, Any]]:
    """The points that both records have, in the order of the first, as plain data.

    A difference is acceptable up to sqrt(U1^2 + U2^2); an uncertainty that is not stated is taken as the largest that a
    verification may have, a share of the mpe. Source: JJF 1033-2023 (verification of results); JJF 1094-2002, 5.3.1.4.
    """
    share = _share(second.verified_on)
    others = {_key(item, at, point): (item, point) for item, at, point in _points(second)}
    found = []
    for item, at, point in _points(first):
        other = others.get(_key(item, at, point))
        if other is not None:
            found.append(asdict(_compared(first, second, item, at, point, other[1], share)))
    return found


def is_beyond(compared: list[dict[str, Any]]) -> bool:
    """Whether any point is a finding: beyond what is acceptable, or failing at the re-test."""
    return any(row["beyond"] or row["fails"] for row in compared)


def _share(on: date) -> Decimal:
    table = coefficients_of(rules()[RULE].at(on))
    return table.number("share", "times") / table.number("share", "over")


def _points(record: Record) -> Iterator[tuple[Mapping[str, Any], int, Point]]:
    for item in record.judgement["items"]:
        for at, point in enumerate(item["points"]):
            if point["value"] is not None and not isinstance(point["value"], bool):
                yield item, at, point


def _key(item: Mapping[str, Any], at: int, point: Point) -> tuple[Any, ...]:
    """Named points meet by their names, free rows by their place."""
    return item["item"], point.get("part") or "", point.get("point") or at


def _compared(
    first: Record, second: Record, item: Mapping[str, Any], at: int, one: Point, other: Point, share: Decimal
) -> Compared:
    difference = Decimal(other["value"]) - Decimal(one["value"])
    us = [_u(record, item, point, share) for record, point in ((first, one), (second, other))]
    known = [u for u, _stated in us if u is not None]
    acceptable = (known[0] ** 2 + known[1] ** 2).sqrt() if len(known) == len(us) else None
    stated = all(is_stated for _u_value, is_stated in us)
    return Compared(
        item=item["item"], part=one.get("part") or "", point=str(one.get("point") or at + 1),
        unit=item.get("unit") or "",
        first=_short(Decimal(one["value"])), second=_short(Decimal(other["value"])), difference=_short(difference),
        low=other.get("low"), high=other.get("high"),
        acceptable=None if acceptable is None else _short(acceptable, 3),
        basis="none" if acceptable is None else "stated" if stated else "limit",
        beyond=acceptable is not None and abs(difference) > acceptable, fails=other.get("verdict") == "fail",
    )  # fmt: skip


def _u(record: Record, item: Mapping[str, Any], point: Point, share: Decimal) -> tuple[Decimal | None, bool]:
    """The uncertainty of a point, and whether it was stated; a limit that is no mpe (one-sided) tells of none."""
    told = stated_at(record.uncertainty, point["cell"]) or (record.data.get("uncertainty") or {}).get(item["item"])
    if told:
        return Decimal(str(told)), True
    low, high = point.get("low"), point.get("high")
    if low is None or high is None or Decimal(low) != -Decimal(high):
        return None, False
    return Decimal(high) * share, False


def _short(value: Decimal, digits: int = 6) -> str:
    """A number to so many digits; trailing zeros say nothing here."""
    return format(value.quantize(Decimal(1).scaleb(value.adjusted() - digits + 1)).normalize(), "f") if value else "0"
