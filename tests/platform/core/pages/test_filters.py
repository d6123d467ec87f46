import datetime as dt
from typing import Any

import pytest
from django.http import QueryDict

from hengliang.platform.core.pages.rows import Rows
from hengliang.platform.core.pages.table import (
    BooleanFilter,
    ChoiceFilter,
    DateFilter,
    Filter,
    FilterRefused,
    LookupFilter,
    Table,
    TextFilter,
)
from hengliang.platform.core.rights import Actor

CITIZEN = Actor.anonymous()
ROWS = Rows(
    [
        {"id": 1, "name": "电子计价秤", "state": "valid", "on": dt.date(2026, 1, 1), "used": True, "region": "4201"},
        {"id": 2, "name": "加油机", "state": "overdue", "on": dt.date(2026, 2, 1), "used": False, "region": "4202"},
        {"id": 3, "name": "台秤 30 kg", "state": "stopped", "on": None, "used": True, "region": "4202"},
    ]
)
STATE = ChoiceFilter("state", "State", choices=[("valid", "Valid"), ("overdue", "Overdue")], several=True)
DAY = DateFilter("on", "Day")
USED = BooleanFilter("used", "Use", yes="in use", no="out of use")
PLACE = LookupFilter("region", "Region", label_of=lambda value, _actor: {"4201": "东湖"}.get(value))


def found(one: Filter, address: str) -> tuple[list[int], str]:
    value = one.read(QueryDict(address), CITIZEN)
    if value is None:
        return [row["id"] for row in ROWS], ""
    return [row["id"] for row in one.narrow(ROWS, value)], one.says(value, CITIZEN)


@pytest.mark.parametrize(
    ("one", "address", "ids", "words"),
    [
        (TextFilter("q", "Search", fields=("name", "state")), "q=秤", [1, 3], "秤"),
        (TextFilter("q", "Search", fields=("name", "state")), "q=秤+valid", [1], "秤 valid"),
        (TextFilter("q", "Search", fields=("name",)), "q=++", [1, 2, 3], ""),
        (STATE, "state=valid&state=overdue", [1, 2], "Valid or Overdue"),
        (STATE, "state=", [1, 2, 3], ""),
        (DAY, "on_from=2026-01-01&on_to=2026-01-01", [1], "2026-01-01 – 2026-01-01"),
        (DAY, "on_from=2026-01-02", [2], "from 2026-01-02"),
        (DAY, "on_to=2026-01-31", [1], "until 2026-01-31"),
        (USED, "used=0", [2], "out of use"),
        (PLACE, "region=4201", [1], "东湖"),
    ],
)
def test_a_filter_narrows_and_says_so(one: Filter, address: str, ids: list[int], words: str) -> None:
    assert found(one, address) == (ids, words)


@pytest.mark.parametrize(
    ("one", "address"),
    [
        (STATE, "state=nonsense"),
        (DAY, "on_from=2026-02-30"),
        (DAY, "on_from=2026-03-01&on_to=2026-02-01"),
        (USED, "used=maybe"),
        (PLACE, "region=9999"),
    ],
)
def test_what_is_not_understood_is_refused_and_never_ignored(one: Filter, address: str) -> None:
    with pytest.raises(FilterRefused):
        found(one, address)


def test_choices_may_depend_on_the_actor() -> None:
    one = ChoiceFilter("region", "Region", choices=lambda actor: [("1", "A")] if actor.account_id else [])
    assert one.read(QueryDict("region=1"), Actor.system("x").__class__(at=CITIZEN.at, account_id=7)) == ["1"]
    with pytest.raises(FilterRefused):
        one.read(QueryDict("region=1"), CITIZEN)


def test_an_own_question_replaces_the_comparison() -> None:
    asked: list[Any] = []
    one = TextFilter("q", "Search", narrow_by=lambda rows, value: asked.append(value) or rows[:1])
    assert found(one, "q=x")[0] == [1]
    assert asked == ["x"]


@pytest.mark.parametrize("key", ["sort", "page", "export", "keep"])
def test_a_filter_may_not_take_a_reserved_name(key: str) -> None:
    with pytest.raises(TypeError, match=key):
        type("Clashing", (Table,), {"name": "x", "columns": (), "filters": (TextFilter(key, "X"),)})
