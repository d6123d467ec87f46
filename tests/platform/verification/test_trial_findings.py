"""What a newcomer and an attacker found at the counter, with fees and applications: each once wrong, now held."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from hengliang.platform.core.errors import InputRefused, Refused
from hengliang.platform.core.models import Notification
from hengliang.platform.registry.services import instrument_transfer
from hengliang.platform.verification.models import Application, Deposit, Fee, Task
from hengliang.platform.verification.services import (
    application_withdraw,
    invoice_cancel,
    invoice_enter,
    invoice_prepare,
    task_cancel,
    task_follow,
    worktime_enter,
)
from tests.platform import slice as walk
from tests.platform.verification import test_counter as counter

pytestmark = pytest.mark.django_db
tasks, paid = counter.tasks, counter.paid
NEW = "verification:deposit_new"


@pytest.fixture
def scales(cast):
    walk.equip(cast, cast.scale)
    return [walk.make_instrument(cast, f"HP000{n}", cast.scale, "电子计价秤") for n in (1, 2, 3)]


def brought(client, codes):
    return client.post(reverse(NEW), {"codes": "\n".join(codes), "condition": "完好", "brought_by": "王送检"})


def test_what_the_counter_refuses_leaves_no_application(cast, scales, client):
    instrument_transfer(
        actor=cast.actor("authority"), instrument=scales[1], owner=cast.foreign_enterprise, reason="转让"
    )
    client.force_login(cast.accounts["manager"])
    assert brought(client, ["HP0001", "HP0002"]).status_code == 422, "two owners on one slip"
    told = {"pieces": [{"code": f"HP000{n}", "condition": "完好"} for n in (1, 2)], "brought_by": "王"}
    answer = client.post("/api/v1/verification/counter/deposits", told, content_type="application/json")
    assert answer.status_code == 422
    assert (Application.objects.count(), Task.objects.count(), Deposit.objects.count()) == (0, 0, 0)


def test_more_lines_than_a_slip_takes_are_refused_not_cut(cast, scales, client):
    client.force_login(cast.accounts["manager"])
    answer = brought(client, [*(f"NO{n:04d}" for n in range(200)), "HP0001"])
    assert answer.status_code == 422 and "200" in answer.content.decode() and "NO0000、" not in answer.content.decode()


def test_one_instrument_typed_in_two_ways_is_one_piece(cast, scales, client):
    client.force_login(cast.accounts["manager"])
    assert brought(client, ["HP0001", "hp0001", scales[0].printed_code]).status_code == 302
    assert Deposit.objects.get().pieces.count() == 1


def test_a_code_with_an_ampersand_is_looked_for_as_it_is(cast, client):
    client.force_login(cast.accounts["manager"])
    answer = client.get(reverse("verification:counter_find"), {"code": "A&state=x#1"})
    assert answer.headers["Location"].endswith("?q=A%26state%3Dx%231")


def test_what_is_cancelled_costs_nothing_any_more(cast, paid):
    task_cancel(actor=cast.actor("manager"), task=paid.task, reason="客户不做了")
    paid.refresh_from_db()
    assert not paid.standing
    with pytest.raises(Refused):
        invoice_prepare(actor=cast.actor("manager"), fees=[paid], code=counter.CODE)


def test_what_the_applicant_withdraws_costs_nothing_any_more(cast, paid):
    application_withdraw(actor=cast.actor("owner"), application=paid.task.application, reason="不做了")
    assert not Fee.objects.filter(task=paid.task, standing=True).exists()


def test_a_fee_that_is_on_an_invoice_stays_on_it(cast, paid):
    invoice = invoice_prepare(actor=cast.actor("manager"), fees=[paid], code=counter.CODE)
    task_cancel(actor=cast.actor("manager"), task=paid.task, reason="客户不做了")
    paid.refresh_from_db()
    assert paid.standing and paid.invoice == invoice
    invoice_cancel(actor=cast.actor("manager"), invoice=invoice, reason="红冲")
    paid.refresh_from_db()
    assert not paid.standing, "and falls with it"


def test_of_a_cancelled_invoice_no_file_is_taken_over(cast, paid, client):
    manager = cast.actor("manager")
    invoice = invoice_prepare(actor=manager, fees=[paid], code=counter.CODE, title="   ")
    assert invoice.title == "量县加油站", "blanks are no title"
    invoice_enter(actor=manager, invoice=invoice, invoice_number="1", invoiced_on=manager.today)
    invoice_cancel(actor=manager, invoice=invoice, reason="红冲")
    client.force_login(cast.accounts["manager"])
    address = reverse("verification:invoice_file", args=[invoice.pk, "json"])
    assert client.get(address).status_code == 409
    assert address not in client.get(reverse("verification:invoice", args=[invoice.pk])).content.decode()


def test_the_former_user_is_led_to_what_it_may_see(cast, scales, client):
    (task,) = walk.apply_for(cast, scales[0])
    instrument_transfer(
        actor=cast.actor("authority"), instrument=scales[0], owner=cast.foreign_enterprise, reason="转让"
    )
    client.force_login(cast.accounts["verifier"])
    page = client.get(reverse("verification:task", args=[task.pk])).content.decode()
    assert reverse("verification:record_entry", args=[task.pk]) not in page, "nothing to measure before the manager"
    task_follow(actor=cast.actor("manager"), task=task)
    client.force_login(cast.accounts["owner"])
    told = Notification.objects.get(kind="task.followed", account_id=cast.accounts["owner"].pk)
    assert client.get(told.url).status_code == 200


def test_more_instruments_than_an_application_takes_are_refused_not_cut(cast, scales, client, monkeypatch):
    monkeypatch.setattr("hengliang.platform.verification.views.application_new.MOST_INSTRUMENTS", 2)
    client.force_login(cast.accounts["owner"])
    answer = client.get(reverse("verification:application_new"), {"instrument": [one.pk for one in scales]})
    assert answer.status_code == 422 and "2" in answer.content.decode()
    huge = client.get(reverse("verification:application_new"), {"instrument": "9" * 30})
    assert huge.status_code == 200, "a number that no key has is none"


def test_a_slip_of_the_year_is_no_working_day(cast):
    manager = cast.actor("manager")
    told = {"body": cast.body, "person": cast.accounts["verifier"].person, "item": cast.scale, "pieces": 1}
    with pytest.raises(InputRefused) as refused:
        worktime_enter(actor=manager, worked_on=date(202, 3, 2), hours=Decimal(2), **told)
    assert refused.value.field == "worked_on"
