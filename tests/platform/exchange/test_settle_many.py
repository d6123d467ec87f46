"""Many differences settled at once: each an act of its own, in few statements, the refused ones with their reason."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hengliang.platform.core.errors import InputRefused
from hengliang.platform.core.models import Act, LogEntry, StateChange
from hengliang.platform.exchange.models import Discrepancy, OutsideId
from hengliang.platform.exchange.services import (
    discrepancies_ignore,
    discrepancies_keep,
    discrepancies_link,
    discrepancy_keep,
    outside_id_enter,
)
from tests.platform.cast import NOW
from tests.platform.exchange.files import accepted, row

pytestmark = pytest.mark.django_db


def alike(cast, ecqs, in_use, count, first=1):
    """Instruments here, and as many there that are perhaps the same."""
    numbers = range(first, first + count)
    known = [in_use(serial_number=f"A{n}") for n in numbers]
    accepted(cast, ecqs, [row(强检器具编号=f"E{n}", 出厂编号=f"A{n}") for n in numbers])
    found = Discrepancy.objects.filter(state="open").select_related("system", "instrument", "proposed")
    return known, list(found.order_by("pk"))


def test_each_is_an_act_of_its_own_with_its_entry_and_its_link(cast, ecqs, in_use):
    known, found = alike(cast, ecqs, in_use, 3)
    assert discrepancies_link(actor=cast.actor("authority"), discrepancies=found, reason="同一台") == [None] * 3
    acts = Act.objects.filter(kind="discrepancy_link").order_by("pk")
    assert [act.subject_id for act in acts] == [str(one.pk) for one in found]
    links = OutsideId.objects.order_by("pk")
    assert [(link.act, link.value, link.instrument) for link in links] == [
        (act, f"E{n}", one) for n, (act, one) in enumerate(zip(acts, known, strict=True), 1)
    ]
    entries = LogEntry.objects.filter(act__in=acts).order_by("act_id")
    assert [f"exchange_outsideid:{link.pk}" for link in links] == [
        name for entry in entries for name in entry.ledger["rows"] if name.startswith("exchange_outsideid")
    ]
    assert entries[0].payload["number"] == "E1" and entries[0].payload["instrument"] == known[0].code
    assert StateChange.objects.filter(act__in=acts, source="open", target="linked").count() == 3
    again = accepted(cast, ecqs, [row(强检器具编号=f"E{n}", 出厂编号=f"A{n}") for n in (1, 2, 3)])
    assert again.counts == {"same": 3}


def test_more_of_them_take_no_more_statements(cast, ecqs, in_use):
    def asked(found):
        with CaptureQueriesContext(connection) as asked:
            refused = discrepancies_link(actor=cast.actor("authority"), discrepancies=found, reason="x")
        assert refused == [None] * len(found)
        return len(asked)

    few = asked(alike(cast, ecqs, in_use, 1)[1])
    assert few < 20
    assert asked(alike(cast, ecqs, in_use, 5, first=2)[1]) == few


def test_what_is_refused_is_told_and_holds_up_no_other(cast, ecqs, in_use):
    """One settled meanwhile by somebody else, one ticked twice, all of them foreign."""
    _known, found = alike(cast, ecqs, in_use, 2)
    Discrepancy.objects.filter(pk=found[0].pk).update(state="ignored")
    refused = discrepancies_link(actor=cast.actor("authority"), discrepancies=found, reason="x")
    assert [fault and fault.code for fault in refused] == ["stale_state", None]
    assert OutsideId.objects.get().value == "E2"
    found[0].refresh_from_db()
    twice = [found[0], Discrepancy.objects.get(pk=found[0].pk)]
    refused = discrepancies_link(actor=cast.actor("authority"), discrepancies=twice, reason="x")
    assert [fault and fault.code for fault in refused] == [None, "stale_state"]
    refused = discrepancies_link(actor=cast.actor("foreign_authority"), discrepancies=found, reason="x")
    assert [fault.code for fault in refused if fault] == ["not_permitted"] * 2


def test_of_two_numbers_for_one_instrument_the_second_waits(cast, ecqs, in_use):
    known = in_use(serial_number="A1")
    accepted(cast, ecqs, [row(强检器具编号="E1", 出厂编号="A1")])
    accepted(cast, ecqs, [row(强检器具编号="E2", 出厂编号="A1")], at=NOW + timedelta(days=1))
    found = list(Discrepancy.objects.filter(state="open").order_by("pk"))
    assert [one.proposed for one in found] == [known, known]
    refused = discrepancies_link(actor=cast.actor("authority"), discrepancies=found, reason="x")
    assert [fault and fault.code for fault in refused] == [None, "linked_already"]
    assert Discrepancy.objects.get(state="open").outside_id == "E2"


def test_a_link_that_stands_ends_first(cast, ecqs, in_use):
    (known,), found = alike(cast, ecqs, in_use, 1)
    outside_id_enter(actor=cast.actor("authority"), system=ecqs, value="OLD", instrument=known)
    assert discrepancies_link(actor=cast.actor("authority"), discrepancies=found, reason="x") == [None]
    assert OutsideId.objects.known().get(valid_to=None).value == "E1" and OutsideId.objects.count() == 2


def test_many_are_kept_as_one_is(cast, ecqs, in_use):
    for n in (1, 2, 3):
        in_use(codes={"ecqs": f"E{n}"}, serial_number=f"A{n}")
    there = [row(强检器具编号=f"E{n}", 出厂编号=f"A{n}", **{"安装/使用地点": "9号岛"}) for n in (1, 2, 3)]
    accepted(cast, ecqs, [*there, row(强检器具编号="E4", 出厂编号="A4", 器具类别="没有这种")])
    *found, last, strange = Discrepancy.objects.order_by("pk")
    refused = discrepancies_keep(actor=cast.actor("authority"), discrepancies=[*found, strange], reason="现场核实")
    assert [fault and fault.code for fault in refused] == [None, None, "nothing_to_send"]
    discrepancy_keep(actor=cast.actor("authority"), discrepancy=last, reason="现场核实")
    entries = LogEntry.objects.filter(act__kind="discrepancy_keep").order_by("act_id")
    assert [sorted(entry.payload["kept"]) for entry in entries] == [["place"]] * 3


def test_many_are_left_until_a_day(cast, ecqs, in_use):
    _known, found = alike(cast, ecqs, in_use, 2)
    authority, day = cast.actor("authority"), NOW.date() + timedelta(days=5)
    with pytest.raises(InputRefused):
        discrepancies_ignore(actor=authority, discrepancies=found, reason="等", until=NOW.date())
    with pytest.raises(InputRefused):
        discrepancies_ignore(actor=authority, discrepancies=found, reason=" ", until=day)
    assert discrepancies_ignore(actor=authority, discrepancies=found, reason="等", until=day) == [None, None]
    assert {(one.state, one.ignored_until) for one in Discrepancy.objects.all()} == {("ignored", day)}
