import csv
import io
import re
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.http import FileResponse, HttpResponseRedirect, StreamingHttpResponse
from django.test import RequestFactory
from django.utils import timezone

from hengliang.platform.core.pages.rows import Rows
from hengliang.platform.core.pages.table import (
    BulkAct,
    Column,
    SelectionEmpty,
    SelectionUnknown,
    Table,
    TextFilter,
    use_store,
)
from hengliang.platform.core.pages.table.saved import SavedFilter
from hengliang.platform.core.rights import Actor, Grant, Role

ACT = BulkAct("Remind", "/remind", visible=lambda actor: actor.has(Role.AUTHORITY))
AUTHORITY = Actor(timezone.now(), 1, "Li", (Grant(Role.AUTHORITY),))
ROWS = Rows({"id": n, "name": f"n{n:03d}", "mass": n % 7, "secret": f"s{n}"} for n in range(1, 121))


class Things(Table):
    name = "things"
    title = "Things"
    columns = (
        Column("name", "Name", sort="name", opens=True),
        Column("mass", "Mass", unit="kg", sort=("mass", "name"), align="end"),
        Column("secret", "Secret", sort="secret", visible=lambda actor: actor.has(Role.AUTHORITY)),
        Column("id", "Number", hidden=True),
    )
    filters = (TextFilter("q", "Search", fields=("name",)),)
    acts = (ACT,)
    default_sort = "name"

    def row_url(self, row: Any) -> str:
        return f"/things/{row['id']}"

    def row_name(self, row: Any) -> str:
        return str(row["name"])


def body(response: Any) -> str:
    return response.content.decode()


def names(html: str) -> list[str]:
    return re.findall(r'class="open" href="/things/\d+"><?[^>]*?(n\d{3})', html)


def lines(response: Any) -> list[list[str]]:
    assert isinstance(response, StreamingHttpResponse)
    return list(csv.reader(io.StringIO(b"".join(response).decode("utf-8-sig"))))


def test_the_page_is_whole_and_the_part_is_not(ask: Any) -> None:
    page, part = Things().respond(ask(), ROWS), Things().respond(ask(target="table-things"), ROWS)
    assert body(page).startswith("<!doctype html>")
    assert body(part).lstrip().startswith("<section")
    assert names(body(page)) == names(body(part)) == [f"n{n:03d}" for n in range(1, 51)]
    assert page["Vary"] == "HX-Request"
    assert "no-store" in part["Cache-Control"]


def test_a_part_for_another_target_gets_the_page(ask: Any) -> None:
    assert body(Things().respond(ask(target="elsewhere"), ROWS)).startswith("<!doctype html>")


def test_the_part_pushes_an_address_without_empty_parameters(ask: Any) -> None:
    part = Things().respond(ask("?q=n0&sort=&page=2", target="table-things"), ROWS)
    assert part["HX-Push-Url"] == "/list?q=n0&page=2"


def test_filters_order_and_page_come_from_the_address(ask: Any) -> None:
    html = body(Things().respond(ask("?q=n0&sort=-mass&page=2"), ROWS))
    expected = sorted((row for row in ROWS if "n0" in row["name"]), key=lambda r: (r["mass"], r["name"]), reverse=True)
    assert names(html) == [row["name"] for row in expected[50:100]]
    assert 'aria-sort="descending"' in html
    assert "Remove filter Search" in html and 'href="?sort=-mass"' in html


def test_an_unknown_order_falls_back_to_the_design(ask: Any) -> None:
    assert names(body(Things().respond(ask("?sort=id"), ROWS)))[0] == "n001"


def test_a_refused_filter_is_named_and_left_out(ask: Any) -> None:
    from hengliang.platform.core.pages.table import DateFilter

    class Dated(Things):
        filters = (DateFilter("on", "Day"),)

    html = body(Dated().respond(ask("?on_from=%3Cscript%3E"), ROWS))
    assert "Day: “&lt;script&gt;” was not understood" in html
    assert len(names(html)) == 50


def test_the_export_is_exactly_what_is_seen(ask: Any) -> None:
    address = "?q=n0&sort=-name&page=2"
    found = lines(Things().respond(ask(f"{address}&export=csv", cookies={"table.things": "columns=name.id"}), ROWS))
    assert found[0] == ["Name", "Number"]
    assert [line[0] for line in found[1:]] == [f"n{n:03d}" for n in range(99, 0, -1)]


def test_a_column_that_is_not_for_the_actor_is_nowhere(ask: Any) -> None:
    wish = {"table.things": "columns=name.secret"}
    assert ">s1<" in body(Things().respond(ask(cookies=wish, actor=AUTHORITY), ROWS))
    html = body(Things().respond(ask("?sort=-secret", cookies=wish), ROWS))
    assert ">s1<" not in html and "Secret" not in html
    assert lines(Things().respond(ask("?export=csv", cookies=wish), ROWS))[0] == ["Name"]
    assert lines(Things().respond(ask("?export=csv", cookies=wish, actor=AUTHORITY), ROWS))[0] == ["Name", "Secret"]


def test_a_list_may_refuse_exports(ask: Any) -> None:
    class Closed(Things):
        def may_export(self, actor: Actor) -> bool:
            return actor.has(Role.AUDITOR)

    answer = Closed().respond(ask("?export=xlsx"), ROWS)
    assert not isinstance(answer, FileResponse)
    assert "&export=" not in body(answer) and "Export" not in body(answer)


def test_acts_are_shown_to_those_who_may(ask: Any) -> None:
    assert "/remind" not in body(Things().respond(ask(), ROWS))
    html = body(Things().respond(ask(actor=AUTHORITY), ROWS))
    assert 'formaction="/remind"' in html and html.count('name="ids"') == 50


def test_taste_is_kept_and_a_strange_cookie_does_no_harm(ask: Any) -> None:
    kept = Things().respond(ask("?q=n&keep=1&columns=name&columns=id&density=compact&size=100"), ROWS)
    assert isinstance(kept, HttpResponseRedirect) and kept.url == "/list?q=n"
    cookie = kept.cookies["table.things"].value
    html = body(Things().respond(ask(cookies={"table.things": cookie}), ROWS))
    assert len(names(html)) == 100 and "density-compact" in html and "Number</a>" not in html
    for strange in ("columns=nothing&size=999999&density=%00", "=;;&&", "size=-1", "size=٣"):
        assert len(names(body(Things().respond(ask(cookies={"table.things": strange}), ROWS)))) == 50


def selected(rf: RequestFactory, rows: Any, **data: Any) -> list[int]:
    return sorted(row["id"] for row in Things().selected(rf.post("/", data), rows))


def test_a_selection_never_leaves_the_rows_given(rf: RequestFactory) -> None:
    assert selected(rf, ROWS.filter(id__lte=10), ids=["3", "7", "50"]) == [3, 7]


def test_all_that_match_means_the_filters_of_the_page(rf: RequestFactory) -> None:
    assert selected(rf, ROWS, all="1", query="q=n00&sort=-name&page=9", ids=["50"]) == list(range(1, 10))


def test_nothing_ticked_is_said(rf: RequestFactory) -> None:
    with pytest.raises(SelectionEmpty):
        selected(rf, ROWS)


@pytest.mark.django_db
def test_ids_outside_the_scope_of_a_queryset_are_not_found(rf: RequestFactory) -> None:
    class Groups(Table):
        name, title, columns = "groups", "Groups", (Column("name", "Name", sort="name"),)

    own, foreign = Group.objects.create(name="own"), Group.objects.create(name="foreign")
    mine = Group.objects.filter(name="own")
    chosen = Groups().selected(rf.post("/", {"ids": [own.pk, foreign.pk]}), mine)
    assert list(chosen) == [own]


@pytest.mark.django_db
def test_ids_that_cannot_be_are_refused(rf: RequestFactory) -> None:
    with pytest.raises(SelectionUnknown):
        Things().selected(rf.post("/", {"ids": ["1; drop table"]}), Group.objects.all())


@pytest.mark.django_db
def test_a_page_of_a_queryset_is_two_queries(ask: Any, django_assert_num_queries: Any) -> None:
    class Groups(Table):
        name, title, columns = "groups", "Groups", (Column("name", "Name", sort="name"),)
        sizes = (10,)

    Group.objects.bulk_create(Group(name=f"group {number:02}") for number in range(25))
    with django_assert_num_queries(2):
        body(Groups().respond(ask("?sort=-name&page=2"), Group.objects.all()))


def test_what_a_row_says_is_escaped(ask: Any) -> None:
    html = body(Things().respond(ask(), Rows([{"id": 1, "name": "<img src=x>", "mass": 1}])))
    assert "<img" not in html


class Shelf:
    def __init__(self) -> None:
        self.kept: list[SavedFilter] = []

    def list(self, actor: Actor, table: str) -> list[SavedFilter]:
        return self.kept

    def save(self, actor: Actor, table: str, name: str, query: str) -> SavedFilter:
        self.kept.append(SavedFilter(name, name, query))
        return self.kept[-1]

    def remove(self, actor: Actor, table: str, id: str) -> None:  # noqa: A002 - the word of the port
        self.kept = [one for one in self.kept if one.id != id]


def test_saved_filters_are_offered_to_those_with_an_account(ask: Any) -> None:
    shelf = Shelf()
    shelf.save(AUTHORITY, "things", "My late ones", "q=n00")
    use_store(shelf)
    try:
        assert "My late ones" not in body(Things().respond(ask(), ROWS))
        html = body(Things().respond(ask(actor=AUTHORITY), ROWS))
        assert 'href="?q=n00"' in html and "My late ones" in html
    finally:
        use_store(None)


def test_an_empty_list_says_what_belongs_here_and_a_narrow_one_how_to_widen(ask: Any) -> None:
    assert "Nothing here yet" in body(Things().respond(ask(), Rows([])))
    narrow = body(Things().respond(ask("?q=zzz"), ROWS))
    assert "No row matches these filters" in narrow and "Nothing here yet" not in narrow
