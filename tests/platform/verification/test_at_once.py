"""Two people (or one with a double click) act on the same thing at the same moment: one act counts, the other is told,
and nothing is left half done."""

from datetime import timedelta
from functools import partial

import pytest
from django.db.models import Model

from hengliang.platform.certificates.models import Certificate
from hengliang.platform.certificates.services import certificate_issue, certificate_replace, certificate_withdraw
from hengliang.platform.core.models import Act
from hengliang.platform.supervision.models import Order
from hengliang.platform.supervision.services import order_withdraw, rectification_order
from hengliang.platform.verification.models import (
    Application,
    Arbitration,
    Deposit,
    Fee,
    HandBack,
    Lot,
    Record,
    Round,
    RoundSettlement,
)
from hengliang.platform.verification.rounds.standing import standing_of
from hengliang.platform.verification.services import (
    Disputant,
    HandedIn,
    application_accept,
    application_submit,
    application_withdraw,
    arbitration_open,
    fee_assess,
    handover_receive,
    handover_return,
    lot_approve,
    lot_issue,
    lot_review,
    lot_send_back,
    lot_submit,
    lot_void,
    record_approve,
    record_review,
    record_send_back,
    record_submit,
    record_void,
    round_close,
    round_return,
    round_settle,
    round_synchronise,
)
from tests.platform import lots
from tests.platform import slice as walk
from tests.platform.at_once import at_once
from tests.platform.cast import NOW, make_account
from tests.platform.verification.rounds.field import Device, make_market, make_round

pytestmark = pytest.mark.django_db(transaction=True)
SCALE = "procedure/price-scale"
TODAY = NOW.date()


@pytest.fixture(autouse=True)
def _training(settings, tmp_path):
    settings.TRAINING, settings.MEDIA_ROOT = True, tmp_path


def fresh(one):
    """The same row, as another request reads it."""
    return type(one).objects.get(pk=one.pk) if isinstance(one, Model) else one


def by(cast, who, service, **told):
    """An act of somebody on rows read before anybody acted."""
    return partial(service, actor=cast.actor(who), **{name: fresh(value) for name, value in told.items()})


def did(kind):
    return Act.objects.filter(kind=kind).count()


@pytest.fixture
def scales(cast):
    return [walk.make_instrument(cast, f"SC000{n}", cast.scale, "电子计价秤") for n in range(6)]


@pytest.fixture
def standard(cast):
    return walk.equip(cast, cast.scale)


def data(verdict="pass"):
    return walk.example(SCALE, verdict, "2017-05-30")


def one_of(told):
    """Whether one was done and each other was refused with a word."""
    return told.count("done") == 1


def test_an_application_from_its_making_to_its_work(cast, scales, standard):
    def applies():
        application_submit(actor=cast.actor("owner"), applicant=cast.enterprise, body=cast.body, instruments=scales[:3])

    assert one_of(at_once(applies, applies, applies))
    application = Application.objects.get()
    assert application.tasks.count() == 3
    assert one_of(at_once(*[by(cast, "manager", application_accept, application=application) for _ in range(3)]))
    task = application.tasks.order_by("pk")[0]
    told = at_once(
        by(cast, "verifier", record_submit, task=task, data=data("pass"), verified_on=TODAY, standards=[standard]),
        by(cast, "verifier", record_submit, task=task, data=data("fail"), verified_on=TODAY, standards=[standard]),
        by(cast, "owner", application_withdraw, application=application, reason="停业"),
    )
    assert told.count("done") >= 1
    task.refresh_from_db()
    assert Record.objects.filter(task=task).count() == (task.state == "measured")


def test_a_record_is_signed_taken_back_or_issued_and_never_two_of_them(cast, scales, standard):
    cast.accounts["third"] = make_account("third", "approver", cast.body)
    cast.accounts["other"] = make_account("other", "reviewer", cast.body)
    tasks = walk.apply_for(cast, *scales[:4])
    record = walk.measure(cast, tasks[0], standard, data())
    told = at_once(
        by(cast, "reviewer", record_review, record=record),
        by(cast, "other", record_review, record=record),
    )
    assert told in (["done", "stale_state"], ["done", "transition_refused"])
    signed = at_once(
        by(cast, "approver", record_approve, record=record),
        by(cast, "third", record_approve, record=record),
        by(cast, "manager", record_void, record=record, reason="误"),
        by(cast, "reviewer", record_send_back, record=record, reason="误"),
    )
    assert signed.count("done") == did("record_approve") + did("record_void") + did("record_send_back")
    record.refresh_from_db()
    assert (record.state, fresh(tasks[0]).state) in {
        ("approved", "approved"), ("void", "waiting"), ("sent_back", "waiting"),
    }  # fmt: skip

    ready = walk.approve(cast, walk.measure(cast, tasks[1], standard, data()))
    issued = at_once(
        by(cast, "approver", certificate_issue, record=ready),
        by(cast, "third", certificate_issue, record=ready),
        by(cast, "manager", record_void, record=ready, reason="误"),
    )
    assert one_of(issued), issued
    assert Certificate.objects.count() == (fresh(ready).state == "approved") == (fresh(tasks[1]).state == "issued")

    proof = certificate_issue(
        actor=cast.actor("approver"), record=walk.approve(cast, walk.measure(cast, tasks[2], standard, data()))
    )
    ended = at_once(
        by(cast, "approver", certificate_withdraw, certificate=proof, reason="误"),
        by(cast, "third", certificate_withdraw, certificate=proof, reason="误"),
        by(cast, "approver", certificate_replace, certificate=proof, reason="误"),
    )
    assert one_of(ended), ended


def test_a_lot_is_led_on_by_one(cast):
    bench = lots.bench(cast, "electricity-wide")
    lot = lots.sent(cast, bench, lots.lines("electricity-wide", 4))
    sent = at_once(*[by(cast, "verifier", lot_submit, lot=lot) for _ in range(2)])
    assert one_of(sent) and lot.results.count() == 4
    lot_review(actor=cast.actor("reviewer"), lot=fresh(lot))
    signed = at_once(
        by(cast, "approver", lot_approve, lot=lot),
        by(cast, "approver", lot_send_back, lot=lot, reason="误"),
    )
    assert one_of(signed), signed
    if fresh(lot).state == "approved":
        issued = at_once(
            by(cast, "approver", lot_issue, lot=lot),
            by(cast, "approver", lot_issue, lot=lot),
            by(cast, "approver", lot_void, lot=lot, reason="误"),
        )
        assert did("lot_issue") <= 1 and issued.count("done") == did("lot_issue") + did("lot_void"), issued
        assert Lot.objects.get().state in ("issued", "void")


def test_the_counter_takes_in_and_gives_back_once(cast, scales):
    tasks = walk.apply_for(cast, *scales[:2])

    def takes():
        pieces = [HandedIn(fresh(task), "外观完好") for task in tasks]
        handover_receive(actor=cast.actor("manager"), pieces=pieces, brought_by="王")

    assert one_of(at_once(takes, takes))
    deposit = Deposit.objects.get()

    def gives():
        handover_return(
            actor=cast.actor("manager"), deposit=fresh(deposit), pieces=list(deposit.pieces.all()), collected_by="李"
        )

    assert one_of(at_once(gives, gives)) and HandBack.objects.count() == 1


def test_a_fee_is_assessed_once(cast, scales):
    (task,) = walk.apply_for(cast, scales[0])
    Fee.objects.filter(task=task).update(standing=False)
    assert one_of(at_once(*[by(cast, "manager", fee_assess, task=task) for _ in range(3)]))


def test_two_devices_are_settled_by_one(cast):
    world = make_market(cast)
    shown = make_round(world)
    devices = [Device(world, shown, who, name) for who, name in (("verifier", "aaaaaaaa-1"), ("second", "bbbbbbbb-2"))]
    for device, verdict in zip(devices, ("pass", "fail"), strict=True):
        device.measures(0, verdict)
        round_synchronise(actor=world.actor(device.who), shown=shown, content=device.file())
    (conflict,) = standing_of(shown).conflicts
    told = at_once(
        *(by(cast, "manager", round_settle, shown=shown, entry=entry, reason="复核") for entry in conflict.open)
    )
    assert one_of(told), told
    assert RoundSettlement.objects.count() == 1


def test_a_round_is_closed_before_or_after_a_file_comes_in(cast):
    world = make_market(cast)
    shown = make_round(world)
    device = Device(world, shown, "verifier", "aaaaaaaa-1")
    device.says("absent")
    round_return(actor=world.actor("manager"), shown=fresh(shown))
    told = at_once(
        by(cast, "manager", round_close, shown=shown),
        by(cast, "verifier", round_synchronise, shown=shown, content=device.file()),
    )
    assert told in (["done", "done"], ["done", "stale"])
    closed = Round.objects.get()
    assert closed.state == "closed" and closed.entries.count() == (told == ["done", "done"])


def test_orders_and_disputes_are_made_once(cast, scales, standard):
    def orders():
        rectification_order(actor=cast.actor("authority"), instruments=scales[:2], days=5, reason="到期")

    at_once(orders, orders)
    assert Order.objects.count() == 2
    order = Order.objects.first()
    assert one_of(at_once(*[
        by(cast, "authority", order_withdraw, order=order, reason="误") for _ in range(2)
    ]))  # fmt: skip

    def opens():
        arbitration_open(
            actor=cast.actor("authority"), instrument=scales[4], body=cast.body, claimant=Disputant("张三"),
            respondent=Disputant(organisation=cast.enterprise), dispute="短少", meets_on=TODAY + timedelta(days=9),
            place="市场",
        )  # fmt: skip

    assert one_of(at_once(opens, opens)) and Arbitration.objects.count() == 1
