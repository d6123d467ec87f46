import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext

from hengliang.platform.core.pages.rows import Rows
from hengliang.platform.core.pages.table.paging import page_of

HUNDRED = Rows({"id": n} for n in range(100))


@pytest.mark.parametrize(
    ("number", "first", "last"), [(1, 1, 30), (2, 31, 60), (4, 91, 100), (5, 91, 100), (10**6, 91, 100)]
)
def test_pages_have_sharp_edges(number: int, first: int, last: int) -> None:
    page = page_of(HUNDRED, number, 30)
    assert (page.first, page.last, page.total, page.pages, page.over) == (first, last, 100, 4, False)


def test_a_full_last_page_adds_no_empty_one() -> None:
    assert page_of(HUNDRED, 1, 50).pages == 2
    assert page_of(HUNDRED, 1, 100).pages == 1


def test_nothing_is_page_one_of_one() -> None:
    page = page_of(Rows([]), 7, 50)
    assert (page.first, page.last, page.total, page.pages) == (0, 0, 0, 1)


@pytest.mark.parametrize(("cap", "over"), [(99, True), (100, False), (101, False)])
def test_the_cap_tells_more_from_exactly_as_many(cap: int, over: bool) -> None:
    page = page_of(HUNDRED, 2, 30, cap)
    assert page.over is over
    assert page.total == min(cap, 100)


def test_no_page_reaches_beyond_the_cap() -> None:
    last = page_of(HUNDRED, 99, 30, cap=70)
    assert last.rows[-1]["id"] == 69


@pytest.fixture
def groups(db: None) -> "QuerySet[Group]":
    """Forty rows of the database."""
    Group.objects.bulk_create(Group(name=f"group {number:02}") for number in range(40))
    return Group.objects.order_by("name", "pk")


def test_the_database_counts_no_further_than_the_cap(groups: "QuerySet[Group]") -> None:
    with CaptureQueriesContext(
        connection,
    ) as asked:
        page = page_of(groups, 2, 10, cap=25)
    assert len(asked) == 2
    assert "LIMIT 26" in asked[0]["sql"] and "ORDER BY" not in asked[0]["sql"]
    assert page.over and len(page.rows) == 10


def test_a_first_page_that_holds_everything_is_one_query(groups: "QuerySet[Group]") -> None:
    with CaptureQueriesContext(connection) as asked:
        page = page_of(groups.filter(name="group 07"), 1, 50)
    assert len(asked) == 1
    assert page.total == 1
