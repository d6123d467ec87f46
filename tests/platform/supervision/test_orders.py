"""Reminders and rectification orders: who may, what follows, how they end."""

from datetime import date

import pytest
from django.core import mail
from django.core.files.base import ContentFile

from hengliang.platform.core import attachments
from hengliang.platform.core.errors import InputRefused, NotPermitted, TransitionRefused
from hengliang.platform.core.models import Attachment, Delivery, Notification
from hengliang.platform.core.rules import working_days_from
from hengliang.platform.core.tasks import MOST_ATTEMPTS, deliver_waiting
from hengliang.platform.supervision.models import Order
from hengliang.platform.supervision.selectors import may_read_evidence, standing, watch_list
from hengliang.platform.supervision.services import order_close, order_withdraw, rectification_order, reminder_send
from tests.platform.cast import NOW

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7 evidence"


@pytest.fixture(autouse=True)
def store(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def test_one_reminder_an_instrument_and_one_message_an_owner(cast, overdue):
    first = reminder_send(actor=cast.actor("authority"), instruments=overdue, reason="请尽快申请检定")
    again = reminder_send(actor=cast.actor("authority"), instruments=overdue, reason="再次提醒")
    assert (len(first.orders), first.skipped, len(again.orders), again.skipped) == (2, 0, 0, 2)
    told = Notification.objects.get(account_id=cast.accounts["owner"].pk)
    assert told.kind == "order.reminder" and told.params["count"] == 2


def test_the_term_is_counted_in_working_days(cast, overdue):
    made = rectification_order(actor=cast.actor("authority"), instruments=overdue[:1], days=15, reason="超期未检")
    order = made.orders[0]
    assert order.due_by == working_days_from(date(2026, 3, 2), 15).day == date(2026, 3, 23)
    assert not Order.objects.late(date(2026, 3, 23)).exists()
    assert Order.objects.late(date(2026, 3, 24)).get() == order


@pytest.mark.parametrize("who", ["owner", "manager", "verifier", "auditor", "administrator", "foreign_authority"])
def test_nobody_else_may_order(cast, overdue, who):
    with pytest.raises(NotPermitted):
        rectification_order(actor=cast.actor(who), instruments=overdue, days=5, reason="超期未检")
    assert not Order.objects.exists()


def test_a_rectification_order_ends_on_evidence_only(cast, overdue, store):
    order = rectification_order(actor=cast.actor("authority"), instruments=overdue[:1], days=5, reason="超期").orders[0]
    with pytest.raises(InputRefused):
        order_close(actor=cast.actor("authority"), order=order, reason="已检")
    with pytest.raises(InputRefused):
        order_close(
            actor=cast.actor("authority"), order=order, reason="已检", evidence=[ContentFile(b"<html>", "a.pdf")]
        )
    order_close(actor=cast.actor("authority"), order=order, reason="已检", evidence=[ContentFile(PDF, "证书.pdf")])
    row = Attachment.objects.get()
    assert order.state == "closed" and attachments.read(row) == PDF
    assert (store / "sha256" / row.sha256[:2] / row.sha256).read_bytes() == PDF
    with pytest.raises(TransitionRefused):
        order_withdraw(actor=cast.actor("authority"), order=order, reason="误发")


def test_damaged_evidence_is_never_handed_out(cast, overdue, store):
    order = reminder_send(actor=cast.actor("authority"), instruments=overdue[:1], reason="提醒").orders[0]
    order_close(actor=cast.actor("authority"), order=order, reason="已检", evidence=[ContentFile(PDF, "a.pdf")])
    row = Attachment.objects.get()
    attachments.path_of(row.sha256).write_bytes(b"%PDF-1.7 forged")
    assert attachments.read(row) is None
    assert may_read_evidence(cast.actor("owner"), str(order.pk))
    assert not may_read_evidence(cast.actor("foreign_owner"), str(order.pk))


def test_what_asks_for_an_act(cast, overdue):
    rows = watch_list(cast.actor("authority"))
    assert standing(rows, "overdue", NOW.date()).count() == 2
    assert standing(rows, "soon", NOW.date()).count() == 0
    assert watch_list(cast.actor("foreign_authority")).count() == 0


def test_e_mail_arrives_and_a_failure_stays_visible(cast, overdue):
    reminder_send(actor=cast.actor("authority"), instruments=overdue, reason="请尽快申请检定")
    assert deliver_waiting() == 1
    assert mail.outbox[0].to == ["owner@example.org"] and "2" in mail.outbox[0].subject
    order = Order.objects.first()
    order_withdraw(actor=cast.actor("authority"), order=order, reason="误发")
    Delivery.objects.filter(delivered_at=None).update(channel="carrier-pigeon")
    for _attempt in range(MOST_ATTEMPTS + 2):
        deliver_waiting()
    lost = Delivery.objects.get(delivered_at=None)
    assert lost.attempts == MOST_ATTEMPTS and "carrier-pigeon" in lost.error


def test_a_term_has_bounds(cast, overdue):
    with pytest.raises(InputRefused):
        rectification_order(actor=cast.actor("authority"), instruments=overdue, days=0, reason="x")


def test_the_page_leads_to_what_is_asked_and_tells_each_act_once(cast, overdue, client):
    order = rectification_order(
        actor=cast.actor("authority"), instruments=overdue[:1], days=5, reason="请于本月送检"
    ).orders[0]
    client.force_login(cast.accounts["owner"])
    page = client.get(f"/supervision/orders/{order.pk}/").content.decode()
    assert f"/verification/applications/new/?instrument={order.instrument_id}" in page
    told = client.get(f"/supervision/orders/{order.pk}/?tab=history").content.decode()
    assert told.count("请于本月送检") == 1
