"""What changes between two steps of a verification counts as of the day of measurement, to its last day."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import transaction
from django.urls import reverse

from hengliang.platform.certificates.models import Certificate
from hengliang.platform.certificates.services import certificate_issue
from hengliang.platform.core.errors import Refused
from hengliang.platform.core.rights import Role
from hengliang.platform.registry.models import InstrumentState
from hengliang.platform.registry.services import instrument_move, instrument_resume, instrument_stop
from hengliang.platform.standards.errors import NotInOrder
from hengliang.platform.standards.models import Authorisation, Designation, Qualification
from hengliang.platform.standards.services import (
    authorisation_end,
    authorisation_enter,
    designation_end,
    designation_make,
    qualification_end,
)
from hengliang.platform.verification.models import Application, Task
from hengliang.platform.verification.services import (
    application_accept,
    application_submit,
    record_approve,
    record_review,
    record_submit,
    task_regime_change,
)
from tests.platform import slice as walk
from tests.platform.cast import BEGIN, NOW, make_account, make_organisation, make_region

pytestmark = pytest.mark.django_db
SCALE = "procedure/price-scale"
TODAY, LATER = NOW.date(), NOW + timedelta(days=20)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _training(settings):
    settings.TRAINING = True


@pytest.fixture
def scale(cast):
    return walk.make_instrument(cast, "SC0001", cast.scale, "电子计价秤")


@pytest.fixture
def standard(cast):
    return walk.equip(cast, cast.scale)


@pytest.fixture
def task(cast, scale, standard):
    return walk.apply_for(cast, scale)[0]


def measured(cast, task, standard):
    return walk.measure(cast, task, standard, walk.example(SCALE, "pass", "2017-05-30"))


def end_authorisation(cast, on):
    authorisation_end(
        actor=cast.actor("authority", LATER), authorisation=Authorisation.objects.on(TODAY).get(), on=on, reason="到期"
    )


def end_qualification(cast, on):
    qualification_end(
        actor=cast.actor("authority", LATER), qualification=Qualification.objects.on(TODAY).get(), on=on, reason="离职"
    )


@pytest.mark.parametrize("ends", [end_authorisation, end_qualification])
def test_what_ended_after_the_measurement_leaves_it_good(cast, task, standard, ends):
    record = measured(cast, task, standard)
    ends(cast, TODAY + DAY)
    made = certificate_issue(actor=cast.actor("approver", LATER), record=walk.approve(cast, record))
    assert (made.verified_on, made.state) == (TODAY, "in_force")


@pytest.mark.parametrize("ends", [end_authorisation, end_qualification])
def test_what_turns_out_to_have_ended_by_then_issues_nothing(cast, task, standard, ends):
    record = walk.approve(cast, measured(cast, task, standard))
    ends(cast, TODAY)
    with pytest.raises(NotInOrder):
        certificate_issue(actor=cast.actor("approver", LATER), record=record)
    assert not Certificate.objects.exists()


def test_a_paper_of_the_standard_that_ends_with_the_day_of_measurement_is_good_at_issue(cast, scale):
    standard = walk.equip(cast, cast.scale, until=TODAY)
    record = walk.approve(cast, measured(cast, walk.apply_for(cast, scale)[0], standard))
    assert certificate_issue(actor=cast.actor("approver", LATER), record=record).state == "in_force"


def test_a_body_accepts_what_was_applied_for_while_it_was_designated(cast, scale, standard):
    other = make_organisation("量县计量检定所", cast.county, body=True)
    authority = cast.actor("authority")
    authorisation_enter(
        actor=authority, body=other, item=cast.scale, number="授2", valid_from=BEGIN, valid_until=walk.LAST
    )
    old = designation_make(
        actor=authority, body=cast.body, item=cast.scale, region=cast.county, number="指1", valid_from=walk.FIRST
    )
    application_submit(actor=cast.actor("owner"), applicant=cast.enterprise, instruments=[scale])
    designation_end(actor=authority, designation=old, on=TODAY, reason="调整")
    designation_make(actor=authority, body=other, item=cast.scale, region=cast.county, number="指2", valid_from=TODAY)
    application = Application.objects.get()
    assert application.body == cast.body and Designation.objects.on(TODAY).get().body == other
    application_accept(actor=cast.actor("manager"), application=application)
    assert measured(cast, Task.objects.get(), standard).passed
    second = walk.make_instrument(cast, "SC0002", cast.scale, "电子计价秤")
    applied = application_submit(actor=cast.actor("owner"), applicant=cast.enterprise, instruments=[second])
    assert applied.body == other, "from the first day of the new designation on"


@pytest.fixture
def next_county(cast):
    made = make_region("990122", "尺县", 3, cast.city)
    bureau = make_organisation("尺县市场监督管理局", made)
    cast.accounts["next_county"] = make_account("next_county", Role.AUTHORITY, bureau, made)
    return made


def only_in(region):
    """The body's authorisation is for one county."""
    Authorisation.objects.update(region=region)


def test_what_moved_out_of_the_authorisation_is_not_verified_where_it_stands_now(
    cast, scale, task, standard, next_county
):
    only_in(cast.county)
    instrument_move(actor=cast.actor("authority"), instrument=scale, place="尺县", region=next_county, on=TODAY)
    with pytest.raises(NotInOrder):
        measured(cast, task, standard)


def test_what_moved_after_the_measurement_is_issued_for_where_it_was_measured(cast, scale, task, standard, next_county):
    only_in(cast.county)
    record = walk.approve(cast, measured(cast, task, standard))
    instrument_move(
        actor=cast.actor("authority", LATER), instrument=scale, place="尺县", region=next_county, on=TODAY + DAY
    )
    assert certificate_issue(actor=cast.actor("approver", LATER), record=record).region == cast.county


def test_what_moved_before_the_measurement_is_seen_by_the_authority_of_where_it_stands(
    cast, scale, task, standard, next_county
):
    instrument_move(actor=cast.actor("authority"), instrument=scale, place="尺县", region=next_county, on=TODAY)
    made = certificate_issue(actor=cast.actor("approver"), record=walk.approve(cast, measured(cast, task, standard)))
    assert made.region == next_county
    assert list(Certificate.objects.visible_to(cast.actor("next_county"))) == [made]


def test_out_of_use_and_back_in_the_middle_of_a_task(cast, scale, task, standard):
    subsequent(cast, task)
    owner = cast.actor("owner", LATER)
    stopped = TODAY + 5 * DAY
    instrument_stop(actor=owner, instrument=scale, on=stopped, reason="停业")
    instrument_resume(actor=owner, instrument=scale, on=stopped + 3 * DAY)
    for offset, taken in ((4, True), (5, False), (7, False), (8, True)):
        day = TODAY + offset * DAY
        told = {"data": walk.example(SCALE, "pass", "2017-05-30"), "verified_on": day, "standards": [standard]}
        assert refusal(cast, task, **told) == ("" if taken else "out_of_use"), day


def subsequent(cast, task, at=NOW):
    """The regime of the example: the ledger knows of no verification before."""
    regime = walk.example(SCALE, "pass", "2017-05-30")["regime"]
    task_regime_change(actor=cast.actor("verifier", at), task=task, regime=regime, reason="按记录")


def refusal(cast, task, **told):
    """Why a record is not taken; nothing of it stays."""
    with transaction.atomic():
        try:
            record_submit(actor=cast.actor("verifier", LATER), task=Task.objects.get(pk=task.pk), **told)
        except Refused as refused:
            return refused.code
        finally:
            transaction.set_rollback(True)
    return ""


def test_a_record_of_the_last_day_of_an_edition_is_judged_by_it_on_the_first_day_of_the_next(cast, scale, standard):
    last, at = date(2027, 1, 7), datetime(2027, 1, 8, 2, tzinfo=UTC)
    before = datetime(2027, 1, 6, 2, tzinfo=UTC)
    application = application_submit(
        actor=cast.actor("owner", before), applicant=cast.enterprise, body=cast.body, instruments=[scale]
    )
    application_accept(actor=cast.actor("manager", before), application=application)
    subsequent(cast, Task.objects.get(), before)
    record = record_submit(
        actor=cast.actor("verifier", at), task=Task.objects.get(), data=walk.example(SCALE, "pass", "2017-05-30"),
        verified_on=last, standards=[standard],
    )  # fmt: skip
    assert record.edition == "2017-05-30"
    record_review(actor=cast.actor("reviewer", at), record=record)
    record_approve(actor=cast.actor("approver", at), record=record)
    made = certificate_issue(actor=cast.actor("approver", at), record=record)
    assert (made.verified_on, made.issued_on, made.valid_until) == (last, at.date(), date(2028, 1, 6))


@pytest.mark.parametrize(
    ("verified", "until"),
    [
        (date(2024, 2, 29), date(2025, 2, 27)),
        (date(2026, 1, 31), date(2027, 1, 30)),
        (date(2026, 2, 28), date(2027, 2, 27)),
    ],
)
def test_the_ledger_takes_the_last_day_over_a_leap_day(cast, scale, standard, verified, until):
    at = datetime(verified.year, verified.month, verified.day, 2, tzinfo=UTC)
    application = application_submit(
        actor=cast.actor("owner", at), applicant=cast.enterprise, body=cast.body, instruments=[scale]
    )
    application_accept(actor=cast.actor("manager", at), application=application)
    task = Task.objects.get()
    subsequent(cast, task, at)
    data = walk.example(SCALE, "pass", "2017-05-30")
    record = record_submit(
        actor=cast.actor("verifier", at), task=task, data=data, verified_on=verified, standards=[standard]
    )
    made = certificate_issue(actor=cast.actor("approver", at), record=walk.approve(cast, record))
    assert made.valid_until == until
    assert InstrumentState.objects.current().get(instrument=scale).due_on == until


@pytest.mark.parametrize("day", ["9999-12-31", "2200-01-01", "1899-12-31", "0001-01-01"])
def test_a_day_beyond_all_terms_is_told_in_the_form(cast, client, day):
    walk.authorise(cast, cast.scale)
    client.force_login(cast.accounts["authority"])
    before = Authorisation.objects.count()
    page = client.post(
        reverse("standards:authorisation_enter"),
        {"body": cast.body.pk, "item": cast.scale.pk, "number": "授9", "valid_from": "2026-01-01", "valid_until": day},
    )
    assert page.status_code == 422 and Authorisation.objects.count() == before
    assert ("2199-12-31" if day > "2026" else "1900-01-01") in page.content.decode()
