"""What two devices tell differently is signed and issued by nobody before a person has decided."""

import pytest

from hengliang.platform.certificates.services import certificate_issue
from hengliang.platform.core.errors import Blocked
from hengliang.platform.verification.models import FieldEntry, Record
from hengliang.platform.verification.rounds.contested import contest_of
from hengliang.platform.verification.services import record_approve, record_review, round_settle, round_synchronise
from tests.platform.verification.rounds.field import Device, make_market, make_round

pytestmark = pytest.mark.django_db
A, B = "aaaaaaaa-1", "bbbbbbbb-2"


@pytest.fixture
def world(cast, settings):
    settings.TRAINING = True
    return make_market(cast)


@pytest.fixture
def shown(world):
    return make_round(world)


def sync(world, shown, device):
    round_synchronise(actor=world.actor(device.who), shown=shown, content=device.file())


@pytest.fixture
def record(world, shown):
    """A record that one device made, before the other says that nobody was there."""
    one = Device(world, shown, "verifier", A)
    one.measures(0)
    sync(world, shown, one)
    return Record.objects.get()


def differ(world, shown):
    two = Device(world, shown, "second", B)
    two.says("absent", 0)
    sync(world, shown, two)


def test_it_is_not_reviewed_while_devices_differ_and_is_once_decided(world, shown, record):
    differ(world, shown)
    assert contest_of(record) == shown
    with pytest.raises(Blocked, match=shown.number) as refused:
        record_review(actor=world.actor("reviewer"), record=record)
    assert refused.value.params["url"] == f"/verification/rounds/{shown.pk}/#conflicts"
    assert Record.objects.get().state == "submitted"
    measured = FieldEntry.objects.get(kind="measured")
    round_settle(actor=world.actor("manager"), shown=shown, entry=measured, reason="有读数")
    record_review(actor=world.actor("reviewer"), record=Record.objects.get())
    assert Record.objects.get().state == "reviewed"


def test_what_comes_between_review_and_approval_holds_the_approval(world, shown, record):
    record_review(actor=world.actor("reviewer"), record=record)
    differ(world, shown)
    with pytest.raises(Blocked, match=shown.number):
        record_approve(actor=world.actor("approver"), record=Record.objects.get())


def test_what_comes_after_the_approval_holds_the_issue(world, shown, record):
    record_review(actor=world.actor("reviewer"), record=record)
    record_approve(actor=world.actor("approver"), record=record)
    differ(world, shown)
    with pytest.raises(Blocked, match=shown.number):
        certificate_issue(actor=world.actor("approver"), record=Record.objects.get())
    assert not hasattr(Record.objects.get(), "certificate")


def test_devices_that_agree_hold_nothing(world, shown, record):
    two = Device(world, shown, "second", B)
    two.measures(0)
    sync(world, shown, two)
    assert contest_of(record) is None
    record_review(actor=world.actor("reviewer"), record=record)


def test_the_page_names_the_reason_and_the_way_there(world, shown, record, client):
    differ(world, shown)
    client.force_login(world.cast.accounts["reviewer"], backend="django.contrib.auth.backends.ModelBackend")
    page = client.get(f"/verification/records/{record.pk}/").content.decode()
    assert f"/verification/rounds/{shown.pk}/#conflicts" in page and "不一致" in page
    assert f"/verification/records/{record.pk}/record_review/" not in page, "the verb leads nowhere"
    answer = client.post(f"/verification/records/{record.pk}/record_review/", {"confirmed": "1"})
    assert answer.status_code == 409
