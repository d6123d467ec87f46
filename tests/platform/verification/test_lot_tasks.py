"""What an issued lot proves needs no task any more; void, the task waits again. Each task tells it in its history."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hengliang.platform.core.models import StateChange
from hengliang.platform.core.selectors import history_of
from hengliang.platform.verification.models import Application, Task
from hengliang.platform.verification.services import (
    application_accept,
    application_submit,
    lot_issue,
    lot_result_take,
    lot_void,
)
from tests.platform import lots as walk
from tests.platform.slice import FIRST
from tests.platform.standards.test_designations import designate
from tests.platform.verification.test_lots import ELECTRICITY, in_ledger

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def training(settings):
    settings.TRAINING = True


@pytest.fixture
def bench(cast):
    made = walk.bench(cast, ELECTRICITY)
    designate(cast, cast.body, cast.city, item=made.item, valid_from=FIRST)
    return made


def applied(cast, *meters, accept=True, **told):
    asked = application_submit(
        actor=cast.actor("owner"), applicant=cast.enterprise, instruments=list(meters), body=cast.body, **told
    )
    if accept:
        application_accept(actor=cast.actor("manager"), application=asked)
    return asked


def issued(cast, bench, rows):
    lot = walk.approved(cast, walk.sent(cast, bench, rows))
    lot_issue(actor=cast.actor("approver"), lot=lot)
    return lot


def states():
    return [task.state for task in Task.objects.order_by("pk")]


def test_the_tasks_of_what_a_lot_proves_are_closed_and_tell_it(cast, bench):
    rows = walk.lines(ELECTRICITY, 3)
    meters = [in_ledger(cast, bench, row, f"M{n}") for n, row in enumerate(rows)]
    asked = applied(cast, *meters[:2])
    waiting = applied(cast, meters[2], accept=False)
    lot = issued(cast, bench, rows)
    assert states() == ["issued"] * 3, "also what nobody had accepted yet"
    assert {Application.objects.get(pk=one.pk).state for one in (asked, waiting)} == {"done"}
    for task in Task.objects.all():
        assert "lot_issue" in {act.kind for act in history_of(task)}
        moved = StateChange.objects.get(subject_type="verification.task", subject_id=task.pk, target="issued")
        assert moved.act.kind == "lot_issue" and moved.act.subject_id == str(lot.pk)
    lot_void(actor=cast.actor("approver"), lot=lot, reason="标准器超差")
    assert states() == ["waiting"] * 3
    assert Application.objects.get(pk=asked.pk).state == "accepted"
    assert "lot_void" in {act.kind for act in history_of(Task.objects.first())}


def test_what_is_measured_already_or_another_job_or_not_proven_stays_open(cast, bench):
    rows = walk.lines(ELECTRICITY, 4)
    meters = [in_ledger(cast, bench, row, f"M{n}") for n, row in enumerate(rows)]
    asked = applied(cast, *meters[:3])
    calibration = applied(cast, meters[3], job="calibration")
    Task.objects.filter(instrument=meters[0]).update(state="measured")
    issued(cast, bench, [rows[0], rows[1], rows[3]])
    found = {task.instrument.code: task.state for task in Task.objects.select_related("instrument")}
    assert found == {"M0": "measured", "M1": "issued", "M2": "waiting", "M3": "waiting"}
    assert Application.objects.get(pk=asked.pk).state == "accepted", "two of its tasks are open"
    assert Application.objects.get(pk=calibration.pk).state == "accepted"


def test_a_task_applied_for_anew_is_not_opened_twice(cast, bench):
    rows = walk.lines(ELECTRICITY, 1)
    meter = in_ledger(cast, bench, rows[0], "M1")
    applied(cast, meter)
    lot = issued(cast, bench, rows)
    applied(cast, meter)
    lot_void(actor=cast.actor("approver"), lot=lot, reason="标准器超差")
    assert states() == ["issued", "waiting"]


def test_a_result_taken_later_closes_the_task_too(cast, bench):
    rows = walk.lines(ELECTRICITY, 2)
    lot = issued(cast, bench, rows)
    meter = in_ledger(cast, bench, rows[1], "M1")
    applied(cast, meter)
    lot_result_take(actor=cast.actor("owner"), result=lot.results.get(place=1), instrument=meter)
    assert states() == ["issued"]


def test_a_thousand_tasks_cost_no_more_queries_than_one(cast, bench):
    def queries(rows, first):
        meters = [in_ledger(cast, bench, row, f"M{first + n}") for n, row in enumerate(rows)]
        applied(cast, *meters)
        lot = walk.approved(cast, walk.sent(cast, bench, rows))
        with CaptureQueriesContext(connection) as seen:
            lot_issue(actor=cast.actor("approver"), lot=lot)
        return len(seen)

    many = walk.lines(ELECTRICITY, 12)
    assert queries(many[:1], 0) == queries(many[1:], 100)
