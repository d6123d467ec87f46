"""The rows behind a figure: the same rows with names, fetched for a page alone, counted as far as a reader goes."""

import pytest

from hengliang.platform.plan.engine import Scope, indicators, rows_behind
from hengliang.platform.plan.selectors.figure_rows import COUNTED, named
from tests.platform.plan.test_engine import ON, Ledger, city, ledger  # noqa: F401 - fixtures

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("part", ["numerator", "denominator", "missing"])
@pytest.mark.parametrize("name", ["tested-rate", "tested-on-time-rate", "valid-rate", "pass-rate"])
def test_named_rows_are_the_rows(city: Ledger, name: str, part: str) -> None:  # noqa: F811
    rows = rows_behind(indicators(ON)[name], Scope(ON), part)
    told = named(rows, Scope(ON)).order_by("pk")
    assert [one.pk for one in told] == sorted(one.pk for one in rows)
    assert {one.region_name for one in told} <= {"量县"}


def test_names_cost_a_few_queries_and_no_join(city: Ledger, django_assert_num_queries) -> None:  # noqa: F811
    rows = named(rows_behind(indicators(ON)["valid-rate"], Scope(ON), "denominator"), Scope(ON))
    assert "JOIN" not in str(rows.query)
    with django_assert_num_queries(4):
        told = [(one.instrument.item.name, one.owner.name) for one in rows]
    assert len(told) == 8


def test_they_are_counted_no_further_than_a_reader_goes(city: Ledger) -> None:  # noqa: F811
    rows = named(rows_behind(indicators(ON)["tested-rate"], Scope(ON), "numerator"), Scope(ON))
    assert rows.filter(purpose="trade").order_by("due_on").cap == COUNTED


def test_missing_and_numerator_make_the_denominator(city: Ledger) -> None:  # noqa: F811
    for name in ("tested-rate", "tested-on-time-rate", "valid-rate", "overdue-rate", "pass-rate"):
        one = indicators(ON)[name]
        parts = [set(rows_behind(one, Scope(ON), part).values_list("pk", flat=True))
                 for part in ("numerator", "missing", "denominator")]  # fmt: skip
        assert parts[0] | parts[1] == parts[2]
        assert not parts[0] & parts[1]


def test_missing_reads_the_population_once(city: Ledger) -> None:  # noqa: F811
    for name in ("tested-rate", "tested-on-time-rate", "valid-rate", "pass-rate"):
        missing = rows_behind(indicators(ON)[name], Scope(ON), "missing")
        denominator = rows_behind(indicators(ON)[name], Scope(ON), "denominator")
        read = str(denominator.query).count("is_part")
        assert str(missing.query).count("is_part") == read, name
