"""The tally says what counting says, after whatever acts."""

from datetime import date, timedelta

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hengliang.platform.registry import services as s
from hengliang.platform.registry.selectors import due_months, standings
from hengliang.platform.registry.selectors.figures import _counted, _tallied
from hengliang.platform.registry.tally import statement
from tests.platform.registry.sheets import csv_of, row, send

TODAY = date(2026, 3, 2)


def same(cast):
    for who in ("authority", "manager", "foreign_authority", "administrator"):
        actor = cast.actor(who)
        assert set(_tallied(actor)) == set(_counted(actor)), who


def test_it_follows_every_act(cast, in_use, filed, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    authority, owner = cast.actor("authority"), cast.actor("owner")
    one, two, three = in_use(on=TODAY - timedelta(90)), in_use(serial_number="A2"), filed(serial_number="A3")
    same(cast)
    s.instrument_part_add(actor=owner, instrument=one, label="1号枪")
    s.instrument_stop(actor=owner, instrument=two, reason="大修")
    s.earlier_result_enter(
        actor=authority,
        instrument=one.parts.get(),
        verified_on=TODAY - timedelta(9),
        passed=False,
        due_on=None,
        reason="纸",
    )
    s.instrument_assign_body(actor=authority, instrument=three, body=None)
    s.instrument_correct(actor=authority, instrument=three, item=cast.scale, reason="认错")
    s.instrument_merge(actor=authority, instrument=two, into=three, reason="同一台")
    same(cast)
    batch = send(cast, csv_of(row(), row(出厂编号="S2")))
    s.instrument_import(actor=authority, batch=batch)
    same(cast)
    before = set(_tallied(authority))
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM registry_tally")
        rows = cursor.fetchone()[0]
        cursor.execute(statement("compact"))
        cursor.execute("SELECT count(*) FROM registry_tally")
        assert cursor.fetchone()[0] < rows
    assert set(_tallied(authority)) == before


def test_standings_of_each(cast, in_use, filed):
    for serial, due in (("A1", -1), ("A2", 0), ("A3", 30), ("A4", 31)):
        in_use(serial_number=serial, due_on=TODAY + timedelta(due), last_on=TODAY - timedelta(1), last_result="pass")
    filed(serial_number="A5")
    told = {one.standing: (one.count, one.oldest) for one in standings(cast.actor("authority"))}
    assert told == {
        "overdue": (1, TODAY - timedelta(1)), "soon": (2, TODAY), "later": (1, None), "filed": (1, None),
    }  # fmt: skip
    assert {one.standing: one.count for one in standings(cast.actor("owner"))} == {k: v[0] for k, v in told.items()}
    assert standings(cast.actor("foreign_authority")) == ()


@pytest.mark.django_db
@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(["due", "stop", "resume", "fail", "item"]), st.integers(-40, 40)), max_size=6)
)
def test_whatever_the_order(cast, in_use, acts):
    authority = cast.actor("authority")
    made = in_use(serial_number=f"H{len(acts)}-{abs(hash(tuple(acts)))}")
    for act, number in acts:
        day = TODAY - timedelta(days=abs(number) + 1)
        entry = made.states.current()
        if act == "due":
            entry.update(due_on=TODAY + timedelta(days=number))
        elif act == "fail":
            entry.update(last_on=day, last_result="fail", due_on=day)
        elif act == "item":
            type(made).objects.filter(pk=made.pk).update(item=cast.scale if number % 2 else cast.dispenser)
        elif act == "stop" and entry.get().status == "in_use":
            s.instrument_stop(actor=authority, instrument=made, reason="大修")
        elif act == "resume" and entry.get().status == "stopped":
            s.instrument_resume(actor=authority, instrument=made)
    same(cast)


def test_what_falls_due_by_month(cast, in_use):
    for serial, due, on_site in (("A1", -1, True), ("A2", 0, True), ("A3", 20, False), ("A4", 40, False)):
        in_use(serial_number=serial, due_on=TODAY + timedelta(due), last_on=TODAY - timedelta(9), last_result="pass",
               on_site=on_site)  # fmt: skip
    found = [(one.month, one.on_site, one.count) for one in due_months(cast.actor("authority"))]
    assert found == [(date(2026, 3, 1), False, 1), (date(2026, 3, 1), True, 1), (date(2026, 4, 1), False, 1)]
    assert due_months(cast.actor("owner")) == due_months(cast.actor("authority"))
    assert due_months(cast.actor("foreign_authority")) == ()
