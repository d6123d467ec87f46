"""Conditions of a record: entered, lost by nobody, and corrected after signatures only with a second person."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from hengliang.platform.certificates.services import certificate_issue
from hengliang.platform.core.errors import Blocked, InputRefused, NotPermitted, Refused
from hengliang.platform.verification.errors import SamePerson
from hengliang.platform.verification.models import Conditions, ConditionsAddendum, Record
from hengliang.platform.verification.papers.original import original_sheet
from hengliang.platform.verification.selectors import last_conditions
from hengliang.platform.verification.services import (
    conditions_amend,
    conditions_confirm,
    conditions_decline,
    conditions_enter,
    record_review,
    record_send_back,
)
from tests.platform import slice as walk

pytestmark = pytest.mark.django_db
SCALE = "procedure/price-scale"
READ = {"temperature": Decimal("20.4"), "humidity": Decimal(52)}
RIGHT = {"temperature": Decimal("24.0"), "humidity": Decimal(48), "reason": "读错一位"}


@pytest.fixture(autouse=True)
def training(settings):
    settings.TRAINING = True


@pytest.fixture
def record(cast):
    standard = walk.equip(cast, cast.scale)
    scale = walk.make_instrument(cast, "SC0001", cast.scale, "电子计价秤")
    task = walk.apply_for(cast, scale)[0]
    return walk.measure(cast, task, standard, walk.example(SCALE, "pass", "2017-05-30"))


def entered(cast, record):
    return conditions_enter(actor=cast.actor("verifier"), record=record, **READ)


def reviewed(cast, record):
    record_review(actor=cast.actor("reviewer"), record=record)
    return Record.objects.get(pk=record.pk)


def test_until_somebody_signs_the_verifier_enters_and_enters_again(cast, record):
    entered(cast, record)
    conditions_enter(actor=cast.actor("verifier"), record=record, temperature=Decimal(21), humidity=Decimal(52))
    assert last_conditions(record).temperature == 21
    with pytest.raises(Refused):
        conditions_amend(actor=cast.actor("verifier"), record=record, **RIGHT)
    with pytest.raises(InputRefused):
        conditions_enter(actor=cast.actor("verifier"), record=record, temperature=Decimal(20), humidity=Decimal(101))


def test_what_the_reviewer_has_seen_is_changed_by_nobody_alone(cast, record):
    entered(cast, record)
    record = reviewed(cast, record)
    with pytest.raises(Refused):
        conditions_enter(actor=cast.actor("verifier"), record=record, **READ)
    made = conditions_amend(actor=cast.actor("verifier"), record=record, **RIGHT)
    assert last_conditions(record).temperature == Decimal("20.4"), "proposed, it counts for nothing"
    with pytest.raises(Refused):
        conditions_amend(actor=cast.actor("manager"), record=record, **RIGHT)
    with pytest.raises(NotPermitted):
        conditions_confirm(actor=cast.actor("verifier"), addendum=made)
    with pytest.raises(NotPermitted):
        conditions_confirm(actor=cast.actor("foreign_verifier"), addendum=made)
    conditions_confirm(actor=cast.actor("reviewer"), addendum=made)
    assert last_conditions(record).temperature == 24
    made.refresh_from_db()
    assert (made.first.name, made.second.name, made.state) == ("verifier", "reviewer", "confirmed")
    assert Conditions.objects.count() == 2, "what stood there stays readable"


def test_who_proposed_does_not_answer(cast, record):
    record = walk.approve(cast, record)
    made = conditions_enter_or_amend(cast, record)
    ConditionsAddendum.objects.filter(pk=made.pk)
    reviewer = cast.people["reviewer"]
    with pytest.raises(IntegrityError), transaction.atomic():
        ConditionsAddendum.objects.filter(pk=made.pk).update(first=reviewer)
    with pytest.raises(SamePerson):
        same = ConditionsAddendum.objects.get(pk=made.pk)
        same.first = reviewer
        conditions_confirm(actor=cast.actor("reviewer"), addendum=same)


def conditions_enter_or_amend(cast, record, **told):
    return conditions_amend(actor=cast.actor("verifier"), record=record, **(RIGHT | told))


def test_a_record_approved_without_conditions_gets_them_by_an_addendum(cast, record):
    record = walk.approve(cast, record)
    with pytest.raises(Refused):
        entered(cast, record)
    made = conditions_enter_or_amend(cast, record)
    conditions_decline(actor=cast.actor("approver"), addendum=made, reason="与温湿度记录仪不符")
    assert last_conditions(record) is None
    conditions_confirm(
        actor=cast.actor("approver"), addendum=conditions_enter_or_amend(cast, record, place="量县二号秤台")
    )
    sheet = original_sheet(Record.objects.get(pk=record.pk))
    lines = dict(sheet.lines)
    assert (lines["环境温度（℃）"], lines["检定地点"]) == ("24.0", "量县二号秤台")
    (corrected,) = [table for table in sheet.tables if table.title == "环境条件更正"]
    assert corrected.rows[0][5:] == ["读错一位", "verifier", "approver"], "declined ones are not on the paper"


def test_a_place_that_a_proof_prints_is_not_corrected_but_temperature_is(cast, record):
    record = walk.approve(cast, record)
    waiting = conditions_enter_or_amend(cast, record, place="别处")
    certificate_issue(actor=cast.actor("approver"), record=record)
    record = Record.objects.get(pk=record.pk)
    waiting = ConditionsAddendum.objects.get(pk=waiting.pk)
    with pytest.raises(Blocked):
        conditions_confirm(actor=cast.actor("reviewer"), addendum=waiting)
    conditions_decline(actor=cast.actor("reviewer"), addendum=waiting, reason="证书已载明地点")
    with pytest.raises(Blocked):
        conditions_enter_or_amend(cast, record, place="别处")
    conditions_confirm(actor=cast.actor("reviewer"), addendum=conditions_enter_or_amend(cast, record))
    assert last_conditions(record).temperature == 24


def test_a_record_sent_back_keeps_its_conditions_and_offers_them_to_the_next(cast, record, client):
    entered(cast, record)
    record_send_back(actor=cast.actor("reviewer"), record=record, reason="偏载重测")
    record.refresh_from_db()
    with pytest.raises(Refused):
        conditions_enter_or_amend(cast, record)
    standard = record.standards.get()
    again = walk.measure(cast, type(record.task).objects.get(), standard, walk.example(SCALE, "pass", "2017-05-30"))
    client.force_login(cast.accounts["verifier"], backend="django.contrib.auth.backends.ModelBackend")
    assert "20.4" in client.get(f"/verification/records/{again.pk}/conditions/").content.decode()


def test_an_addendum_is_never_changed(cast, record):
    made = conditions_enter_or_amend(cast, walk.approve(cast, record))
    with pytest.raises(IntegrityError), transaction.atomic():
        ConditionsAddendum.objects.filter(pk=made.pk).update(temperature=Decimal(1))
    with pytest.raises(IntegrityError), transaction.atomic():
        ConditionsAddendum.objects.filter(pk=made.pk).delete()


def test_the_pages_walk_through(cast, record, client):
    record = walk.approve(cast, record)
    base = f"/verification/records/{record.pk}/"

    def login(who):
        client.force_login(cast.accounts[who], backend="django.contrib.auth.backends.ModelBackend")

    login("verifier")
    assert "更正环境条件" in client.get(base).content.decode()
    told = {"temperature": "24.0", "humidity": "48", "other": "", "place": ""}
    assert client.post(f"{base}conditions/", told).status_code == 422, "the reason is missing"
    assert client.post(f"{base}conditions/", told | {"reason": "读错一位"}).status_code == 302
    assert client.get(f"{base}conditions/confirm/").status_code == 403
    login("reviewer")
    page = client.get(base).content.decode()
    assert f"{base}conditions/confirm/" in page and "读错一位" in page
    assert "24.0 °C" in client.get(f"{base}conditions/confirm/").content.decode()
    assert client.post(f"{base}conditions/confirm/", {"confirmed": "1"}).status_code == 302
    assert client.get(f"{base}conditions/confirm/").status_code == 404


def test_the_interface_does_the_same(cast, record, client):
    record = walk.approve(cast, record)
    base = f"/api/v1/verification/records/{record.pk}/conditions"
    told = {"temperature": "24.0", "humidity": "48", "reason": "读错一位"}

    def post(who, path, body):
        client.force_login(cast.accounts[who], backend="django.contrib.auth.backends.ModelBackend")
        return client.post(f"{base}{path}", body, content_type="application/json")

    assert post("verifier", "", {"temperature": "24.0", "humidity": "48"}).status_code == 409
    assert post("foreign_verifier", "/corrections", told).status_code == 404
    assert post("owner", "/corrections", told).status_code == 403
    assert post("verifier", "/corrections", told).json()["state"] == "proposed"
    assert post("reviewer", "/decline", {"reason": " "}).status_code == 422
    assert post("reviewer", "/confirm", {}).json()["state"] == "confirmed"
    assert client.get(base).json()["counts"]["temperature"] == "24.0"
