import datetime as dt

from django.db.models import Q

from hengliang.platform.core.pages.rows import Rows, reach

ROWS = Rows([{"id": 1, "a": "Kern", "b": 3}, {"id": 2, "a": "kette", "b": None}, {"id": 3, "a": "Rad", "b": 1}])


def ids(rows: Rows) -> list[int]:
    return [row["id"] for row in rows]


def test_filters_as_a_queryset_does() -> None:
    assert ids(ROWS.filter(a__icontains="KE")) == [1, 2]
    assert ids(ROWS.filter(Q(a="Rad") | Q(b__gte=3))) == [1, 3]
    assert ids(ROWS.filter(~Q(a="Rad"), b__isnull=False)) == [1]
    assert ids(ROWS.filter(pk__in=[3])) == [3]


def test_a_missing_value_meets_no_comparison() -> None:
    assert ids(ROWS.filter(b__lte=10)) == [1, 3]


def test_orders_by_several_paths_with_gaps_last() -> None:
    assert ids(ROWS.order_by("b", "id")) == [3, 1, 2]
    assert ids(ROWS.order_by("-b", "id")) == [1, 3, 2]


def test_reach_stops_at_a_gap() -> None:
    assert reach({"owner": None}, "owner.name") is None
    assert reach({"owner": {"name": "Wang"}}, "owner__name") == "Wang"


def test_the_day_of_a_moment_is_the_day_here_not_that_of_utc() -> None:
    moment = dt.datetime(2026, 11, 22, 16, 17, tzinfo=dt.UTC)  # 00:17 on the 23rd in Shanghai
    rows = Rows([{"at": moment}])
    assert len(rows.filter(at__date=dt.date(2026, 11, 23))) == 1
    assert len(rows.filter(at__date__lte=dt.date(2026, 11, 22))) == 0
