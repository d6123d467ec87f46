"""Why an instrument is overdue, each rule of time at its edge."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hengliang.platform.core.errors import InputRefused
from hengliang.platform.parties.models import Person
from hengliang.platform.registry.models import InstrumentState
from hengliang.platform.registry.services import (
    instrument_assign_body,
    instrument_resume,
    instrument_return,
    instrument_stop,
    instrument_transfer,
)
from hengliang.platform.standards.services import authorisation_end, designation_end
from hengliang.platform.supervision.selectors import standing, watch_list
from hengliang.platform.supervision.services import reminder_send
from hengliang.platform.verification.delay import DELAYS, delay_counts, delayed, with_delay
from hengliang.platform.verification.models import (
    FieldEntry,
    Round,
    RoundPackage,
    RoundUpload,
    Task,
    TaskNote,
)
from hengliang.platform.verification.services import application_accept, application_refuse, application_submit
from tests.platform import slice as walk
from tests.platform.cast import NOW, make_organisation
from tests.platform.standards.test_designations import FOREVER, authorise, designate

pytestmark = pytest.mark.django_db
HERE = ZoneInfo("Asia/Shanghai")


def at(cast, who, day, hour=10):
    return replace(cast.actor(who), at=datetime(day.year, day.month, day.day, hour, tzinfo=HERE))


def why(instrument, on):
    """The reason; a list by reasons must find the instrument by that one and by no other."""
    rows = with_delay(InstrumentState.objects.current().filter(instrument=instrument), on)
    reason = rows.get().delay
    assert {one for one in DELAYS if delayed(rows, [one], on)} == ({reason} if reason else set())
    assert len(delayed(rows, DELAYS, on)) == bool(reason)
    return reason


@pytest.fixture
def due(cast):
    """An instrument due on 2026-03-02, which nobody is assigned to."""
    made = walk.make_instrument(cast, "SC0001", cast.scale, "电子计价秤")
    InstrumentState.objects.filter(instrument=made).update(due_on=date(2026, 3, 2))
    instrument_assign_body(actor=at(cast, "authority", date(2026, 1, 5)), instrument=made, body=None)
    return made


@pytest.fixture
def capable(cast):
    authorise(cast, cast.body)
    return designate(cast, cast.body, cast.city)


def apply(cast, instrument, day, hour=10):
    return application_submit(actor=at(cast, "owner", day, hour), applicant=cast.enterprise, instruments=[instrument])


def test_the_day_due_itself_is_no_delay(due, capable):
    assert why(due, date(2026, 3, 2)) is None
    assert why(due, date(2026, 3, 3)) == "not_applied"


def test_an_application_on_the_day_due_is_in_time_to_its_last_minute(cast, due, capable):
    made = application_submit(
        actor=replace(cast.actor("owner"), at=datetime(2026, 3, 2, 23, 59, tzinfo=HERE)),
        applicant=cast.enterprise, instruments=[due],
    )  # fmt: skip
    assert made.body == cast.body
    assert why(due, date(2026, 3, 3)) == "in_work"


def test_an_application_a_day_later_is_late_and_stays_so(cast, due, capable):
    application_accept(actor=at(cast, "manager", date(2026, 3, 3)), application=apply(cast, due, date(2026, 3, 3), 0))
    assert why(due, date(2026, 3, 4)) == "applied_late"
    assert why(due, date(2026, 12, 31)) == "applied_late", "it is not the body's doing that it is overdue"


def test_the_bodys_term_runs_over_the_holidays_in_working_days(cast, due, capable):
    """20 working days from 2026-02-02: the Spring Festival is 02-15 to 02-23, and 02-14, 02-28 are worked."""
    made = apply(cast, due, date(2026, 2, 2))
    assert made.tasks.get().promised_on == date(2026, 3, 6)
    assert why(due, date(2026, 3, 6)) == "in_work", "the last day of the term is not late"
    assert why(due, date(2026, 3, 7)) == "body_late", "also where the body never answered"


def test_acceptance_begins_the_term_anew(cast, due, capable):
    made = apply(cast, due, date(2026, 2, 2))
    application_accept(actor=at(cast, "manager", date(2026, 2, 4)), application=made)
    promised = Task.objects.get().promised_on
    assert promised == date(2026, 3, 10)
    assert (why(due, promised), why(due, promised + timedelta(days=1))) == ("in_work", "body_late")


def test_a_body_that_accepts_after_its_term_stays_late(cast, due, capable):
    made = apply(cast, due, date(2026, 2, 2))
    assert why(due, date(2026, 3, 7)) == "body_late"
    application_accept(actor=at(cast, "manager", date(2026, 3, 9)), application=made)
    assert why(due, date(2026, 3, 10)) == "body_late"


@pytest.mark.parametrize("day", [date(2026, 2, 3), date(2026, 3, 11), date(2099, 1, 1)])
def test_a_body_promises_no_day_out_of_its_term(cast, due, capable, day):
    made = apply(cast, due, date(2026, 2, 2))
    with pytest.raises(InputRefused, match="2026-03-10"):
        application_accept(actor=at(cast, "manager", date(2026, 2, 4)), application=made, promised_on=day)


def test_out_of_use_nothing_is_overdue_and_back_in_use_it_is_again(cast, due, capable):
    owner = at(cast, "owner", date(2026, 3, 10))
    apply(cast, due, date(2026, 3, 2))
    instrument_stop(actor=owner, instrument=due, reason="停业")
    seen = standing(watch_list(at(cast, "authority", date(2026, 6, 1))), "overdue", date(2026, 6, 1))
    assert not seen.exists()
    instrument_resume(actor=at(cast, "owner", date(2026, 5, 8)), instrument=due)
    seen = standing(watch_list(at(cast, "authority", date(2026, 6, 1))), "overdue", date(2026, 6, 1))
    assert seen.get().delay == "body_late", "the task went on meanwhile"


def test_a_transfer_in_the_middle_keeps_the_application(cast, due, capable):
    apply(cast, due, date(2026, 3, 2))
    heir = make_organisation("量县新加油站", cast.county)
    instrument_transfer(actor=at(cast, "authority", date(2026, 3, 5)), instrument=due, owner=heir, reason="转让")
    assert why(due, date(2026, 3, 5)) == "in_work"


def test_a_designation_that_changes_leaves_an_open_task_where_it_is(cast, due, capable):
    apply(cast, due, date(2026, 3, 2))
    designation_end(actor=cast.actor("authority"), designation=capable, on=date(2026, 3, 3), reason="调整")
    assert why(due, date(2026, 3, 4)) == "in_work"
    assert why(due, date(2026, 4, 30)) == "body_late"


def test_nobody_designated_or_nobody_authorised_on_that_day(cast, due):
    assert why(due, date(2026, 3, 3)) == "no_capability"
    paper = authorise(cast, cast.body)
    assert why(due, date(2026, 3, 3)) == "no_capability", "authorised, but not designated"
    designate(cast, cast.body, cast.city, valid_from=date(2026, 3, 10), valid_until=date(2026, 3, 20))
    days = {date(2026, 3, 9): "no_capability", date(2026, 3, 10): "not_applied", date(2026, 3, 20): "not_applied",
            date(2026, 3, 21): "no_capability"}  # fmt: skip
    assert {day: why(due, day) for day in days} == days
    authorisation_end(actor=cast.actor("authority"), authorisation=paper, on=date(2026, 3, 15), reason="撤销")
    assert (why(due, date(2026, 3, 14)), why(due, date(2026, 3, 15))) == ("not_applied", "no_capability")


def test_a_body_assigned_to_the_instrument_counts_if_it_is_authorised_there(cast, due):
    instrument_assign_body(actor=at(cast, "authority", date(2026, 1, 6)), instrument=due, body=cast.body)
    assert why(due, date(2026, 3, 3)) == "no_capability"
    authorise(cast, cast.body, region=cast.foreign_city, valid_until=FOREVER)
    assert why(due, date(2026, 3, 3)) == "no_capability", "authorised elsewhere"
    authorise(cast, cast.body, region=cast.city)
    assert why(due, date(2026, 3, 3)) == "not_applied", "above the county"


def test_without_a_body_it_is_with_the_authority(cast, due, capable):
    made = apply(cast, due, date(2026, 3, 2))
    application_refuse(actor=at(cast, "manager", date(2026, 3, 3)), application=made, reason="故障")
    assert why(due, date(2026, 3, 4)) == "unplaced"


def test_a_calibration_is_no_application_for_its_verification(cast, due, capable):
    application_submit(
        actor=at(cast, "owner", date(2026, 3, 1)), applicant=cast.enterprise, instruments=[due], job="calibration",
        body=cast.body,
    )  # fmt: skip
    assert why(due, date(2026, 3, 3)) == "not_applied"


def test_a_filing_returned_and_not_filed_again(cast, due, capable):
    InstrumentState.objects.filter(instrument=due).update(status="filed")
    instrument_return(actor=at(cast, "authority", date(2026, 3, 1)), instrument=due, reason="编号不符")
    assert why(due, date(2026, 3, 3)) == "not_filed"
    seen = watch_list(at(cast, "authority", date(2026, 3, 3)))
    assert seen.get().delay == "not_filed", "listed beside what is in use"


def test_only_what_the_user_left_undone_starts_an_order(cast, due, capable):
    other = walk.make_instrument(cast, "SC0002", cast.scale, "电子计价秤")
    apply(cast, due, date(2026, 3, 2))
    issued = reminder_send(
        actor=at(cast, "authority", date(2026, 3, 10)), instruments=[due, other], reason="请申请检定"
    )
    assert [order.instrument for order in issued.orders] == [other]
    assert (issued.skipped, issued.elsewhere) == (0, 1)


def test_thousands_are_told_in_one_query(cast, capable, due):
    for n in range(2, 40):
        walk.make_instrument(cast, f"SC{n:04d}", cast.scale, "电子计价秤")
    with CaptureQueriesContext(connection) as queries:
        rows = list(with_delay(InstrumentState.objects.current(), date(2026, 3, 3)))
    assert len(queries) == 1
    assert {row.delay for row in rows} == {"not_applied"}
    with CaptureQueriesContext(connection) as queries:
        assert delay_counts(with_delay(InstrumentState.objects.current(), date(2026, 3, 3))) == {"not_applied": 39}
    assert len(queries) == 1


def test_the_list_and_the_desk_show_it(cast, due, capable, client):
    client.force_login(cast.accounts["authority"], backend="django.contrib.auth.backends.ModelBackend")
    InstrumentState.objects.filter(instrument=due).update(due_on=NOW.date() - timedelta(days=400))
    page = client.get("/supervision/due/?standing=overdue&delay=not_applied").content.decode()
    assert "SC0001" in page and "未申请检定" in page
    assert "SC0001" not in client.get("/supervision/due/?delay=no_capability").content.decode()
    assert "超期：未备案或未申请" in client.get("/").content.decode()


def came(instrument, kind="absent", on=date(2026, 3, 20)):
    """A round that found nobody left a note on the open task."""
    task = Task.objects.get(instrument=instrument)
    shown = Round.objects.create(
        act=task.act, number=f"XJ{on}", kind="market", body=task.placed_body, region=task.region, place="量县市场",
        starts_on=on, ends_on=on, state="back",
    )  # fmt: skip
    package = RoundPackage.objects.create(
        act=task.act, round=shown, person=Person.objects.get(name="verifier"), device="0a1b2c3d", sha256=f"a{on}",
        secret="s", signature="", content="{}",
    )  # fmt: skip
    upload = RoundUpload.objects.create(act=task.act, round=shown, sha256=f"b{on}", file=b"{}")
    entry = FieldEntry.objects.create(
        act=task.act, round=shown, package=package, upload=upload, device="0a1b2c3d", sequence=1,
        person=package.person, subject="line:1", kind=kind, verified_on=on, made_at=NOW, content={}, digest="d",
    )  # fmt: skip
    return TaskNote.objects.create(act=task.act, task=task, on=on, kind=kind, entry=entry)


@pytest.mark.parametrize("kind", ["absent", "refused", "not_found"])
def test_came_in_vain_blames_neither_and_orders_nothing(cast, due, capable, kind):
    application_accept(actor=at(cast, "manager", date(2026, 2, 4)), application=apply(cast, due, date(2026, 2, 2)))
    came(due, kind)
    assert why(due, date(2026, 3, 19)) == "body_late", "before the round came"
    assert why(due, date(2026, 3, 20)) == "came_in_vain"
    assert why(due, date(2026, 4, 20)) == "came_in_vain"
    issued = reminder_send(actor=at(cast, "authority", date(2026, 4, 20)), instruments=[due], reason="请申请检定")
    assert (issued.orders, issued.elsewhere) == ((), 1), "nothing is ordered"
    Task.objects.update(state="measured")
    assert why(due, date(2026, 4, 20)) == "body_late", "measured since: what is left to do is the body's"


def test_came_in_vain_is_counted_on_the_desk_and_filtered(cast, due, capable, client):
    made = apply(cast, due, date(2026, 2, 2))
    application_accept(actor=at(cast, "manager", date(2026, 2, 4)), application=made)
    came(due)
    client.force_login(cast.accounts["authority"], backend="django.contrib.auth.backends.ModelBackend")
    page = client.get("/supervision/due/?delay=came_in_vain").content.decode()
    assert "SC0001" in page and "检定机构上门未能检定" in page
    assert "SC0001" not in client.get("/supervision/due/?delay=body_late").content.decode()
    desk = client.get("/").content.decode()
    assert "delay=came_in_vain" in desk
