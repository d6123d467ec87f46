"""What the ledger tells, to whom, of which day."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hengliang.platform.registry import services as s
from hengliang.platform.registry.models import CatalogueItem
from hengliang.platform.registry.selectors import (
    capped_count,
    dossier,
    due_state,
    due_within,
    entry_list,
    instrument_by_code,
    instruments_by_number,
    overdue,
    searched,
)
from hengliang.platform.registry.selectors.find import instrument_visible
from hengliang.platform.registry.states import INSTRUMENT

TODAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("who", "seen"),
    [("owner", 1), ("authority", 1), ("verifier", 1), ("auditor", 1), ("foreign_owner", 0), ("foreign_verifier", 0)],
)
def test_each_sees_its_own(cast, in_use, who, seen):
    made = in_use()
    actor = cast.actor(who)
    assert entry_list(actor).count() == seen
    assert (instrument_visible(actor, made.code) is not None) is bool(seen)


def test_a_list_takes_one_query(cast, in_use):
    for n in range(4):
        in_use(serial_number=f"B{n}")
    with CaptureQueriesContext(
        connection,
    ) as queries:
        rows = list(entry_list(cast.actor("authority")))
        told = {(r.region_name, r.owner.name, r.instrument.item.name, r.body.name) for r in rows}
    assert told == {("量县", "量县加油站", "燃油加油机", "衡城市计量检定所")}
    assert sum("registry_instrumentstate" in q["sql"] for q in queries) == 1
    assert len(queries) <= 4  # two grants: each reads its roles and regions


def test_the_day_due_is_not_overdue(cast, in_use):
    made, actor = in_use(due_on=TODAY), cast.actor("authority")
    rows = entry_list(actor)
    assert not overdue(rows, TODAY).exists()
    assert overdue(rows, TODAY + timedelta(1)).get().instrument == made
    assert due_within(rows, TODAY, 0).exists()
    assert not due_within(rows, TODAY - timedelta(31)).exists()
    entry = rows.get()
    days = [due_state(entry, TODAY + timedelta(n)) for n in (-31, -30, 0, 1)]
    assert days == ["good", "soon", "soon", "overdue"]


def test_what_is_stopped_is_not_overdue(cast, in_use):
    made = in_use(due_on=TODAY - timedelta(9))
    s.instrument_stop(actor=cast.actor("owner"), instrument=made, reason="大修")
    rows = entry_list(cast.actor("authority"))
    assert not overdue(rows, TODAY).exists()
    assert due_state(rows.get(), TODAY) == "none"


@pytest.mark.parametrize("needle", ["加油机", "ryjyj", "jyj-50", "示例仪器", "A1", "slyqc", "加油 50"])
def test_found_by_any_part(cast, in_use, needle):
    made = in_use()
    assert searched(entry_list(cast.actor("authority")), needle).get().instrument == made


def test_not_found_by_what_it_is_not(cast, in_use):
    in_use()
    assert not searched(entry_list(cast.actor("authority")), "衡器 加油").exists()


def test_found_by_every_number_it_has(cast, in_use):
    made, owner = in_use(), cast.actor("owner")
    s.instrument_code_assign(actor=owner, instrument=made, kind="asset", value="固-7")
    assert list(instruments_by_number(owner, "固-7")) == [made]
    assert list(instruments_by_number(owner, "A1")) == [made]
    assert not instruments_by_number(cast.actor("foreign_owner"), "A1")
    assert instrument_by_code("固-7") is None
    assert instrument_by_code(f"{made.code[:5]}-{made.code[5:].lower()}").instrument == made
    assert searched(entry_list(owner), "固-7").exists()


def test_counting_stops_at_the_cap(cast, in_use):
    for n in range(3):
        in_use(serial_number=f"B{n}")
    rows = entry_list(cast.actor("owner"))
    assert capped_count(rows, 2) == (2, False)
    assert capped_count(rows, 3) == (3, True)


def test_a_dossier_holds_everything_in_few_queries(cast, in_use, django_assert_max_num_queries):
    made, owner = in_use(), cast.actor("owner")
    for n in (1, 2):
        s.instrument_part_add(actor=owner, instrument=made, label=f"{n}号枪")
    s.instrument_move(actor=owner, instrument=made, place="2号岛")
    with django_assert_max_num_queries(7):
        told = dossier(made, on=TODAY)
    assert told.entry.place == "2号岛"
    assert [part.instrument.part_label for part in told.parts] == ["1号枪", "2号枪"]
    assert told.acts[0].kind == "instrument_move"
    assert dossier(made, on=TODAY - timedelta(1)).entry is None


def test_a_list_of_the_past(cast, in_use):
    in_use(on=TODAY - timedelta(5))
    actor = cast.actor("authority")
    assert entry_list(actor, on=TODAY - timedelta(5)).get().status == "in_use"
    assert not entry_list(actor, on=TODAY - timedelta(6)).exists()


def test_parts_are_listed_when_asked_for(cast, in_use):
    made, owner = in_use(), cast.actor("owner")
    s.instrument_part_add(actor=owner, instrument=made, label="1号枪")
    assert entry_list(owner).count() == 1
    assert entry_list(owner, parts=True).count() == 2


def test_the_diagram_of_the_readme_is_the_table(request):
    readme = request.config.rootpath / "src/hengliang/platform/registry/README.md"
    assert INSTRUMENT.mermaid() in readme.read_text()


def test_a_catalogue_item_has_no_control_unless_a_source_says_so(cast):
    assert CatalogueItem.objects.get(code="FUEL").control == ""
