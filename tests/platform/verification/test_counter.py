"""The counter: handed in, taken to the laboratory, handed back; fees, invoices, working time, slips on paper."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from hengliang.platform.core.errors import InputRefused, NotPermitted, Refused, TransitionRefused
from hengliang.platform.verification.models import Deposit, DepositPiece, Fee, HandBack, Invoice, Task
from hengliang.platform.verification.papers import PaperIncomplete
from hengliang.platform.verification.papers.original import original_pdf, original_sheet
from hengliang.platform.verification.papers.slips import hand_back_pdf, receipt_pdf, receipt_sheet
from hengliang.platform.verification.selectors import promised_day
from hengliang.platform.verification.services import (
    HandedIn,
    conditions_enter,
    fee_change,
    fee_exempt,
    handover_admit,
    handover_bring,
    handover_receive,
    handover_return,
    handover_take,
    invoice_cancel,
    invoice_enter,
    invoice_prepare,
    worktime_enter,
    worktime_withdraw,
)
from tests.platform import slice as walk

pytestmark = pytest.mark.django_db
SCALE = "procedure/price-scale"
CODE = "91110000600037341L"


@pytest.fixture
def tasks(cast):
    """Two waiting tasks on scales of the enterprise, under mandatory verification."""
    return walk.apply_for(cast, *(walk.make_instrument(cast, f"HC000{n}", cast.scale, "电子计价秤") for n in (1, 2)))


@pytest.fixture
def deposit(cast, tasks):
    """Both scales at the counter."""
    return receive(cast, tasks)


@pytest.fixture
def paid(cast, tasks):
    """The fee of a task that is not free: the first one, as if it were a calibration."""
    Task.objects.filter(pk=tasks[0].pk).update(job="calibration")
    Fee.objects.filter(task=tasks[0]).update(standing=False)
    task = Task.objects.get(pk=tasks[0].pk)
    with transaction.atomic():
        act = tasks[0].act
        return Fee.objects.create(
            act=act, task=task, basis="rule", amount=Decimal(150), full=Decimal(150), assessed_on=date(2026, 3, 2)
        )


def receive(cast, tasks, **told):
    pieces = [HandedIn(task, "外观完好", "电源线") for task in tasks]
    return handover_receive(actor=cast.actor("manager"), pieces=pieces, **{"brought_by": "王送检", **told})


def pieces_of(deposit):
    return list(DepositPiece.objects.filter(deposit=deposit).order_by("pk"))


def give_back(cast, deposit, pieces, **told):
    return handover_return(
        actor=cast.actor("manager"), deposit=deposit, pieces=pieces, **{"collected_by": "李领取", **told}
    )


def test_a_slip_promises_no_day_that_is_past(cast, tasks):
    """What is brought after its promised day is promised anew from the day it is brought; its task stays late."""
    today = cast.actor("manager").today
    Task.objects.filter(pk=tasks[0].pk).update(promised_on=today - timedelta(days=9))
    tasks[0].refresh_from_db()
    assert receive(cast, tasks[:1]).promised_on == promised_day(today)
    assert Task.objects.get(pk=tasks[0].pk).promised_on < today
    assert receive(cast, tasks[1:]).promised_on == tasks[1].promised_on


def test_the_way_of_an_instrument_and_who_has_it(cast, deposit):
    pieces = pieces_of(deposit)
    assert {(p.state, p.holder.name) for p in pieces} == {("counter", "manager")}
    handover_take(actor=cast.actor("verifier"), deposit=deposit, pieces=pieces)
    assert {(p.state, p.holder.name) for p in pieces_of(deposit)} == {("laboratory", "verifier")}
    handover_bring(actor=cast.actor("manager"), deposit=deposit, pieces=pieces_of(deposit)[:1])
    first, second = pieces_of(deposit)
    assert (first.state, second.state) == ("ready", "laboratory")
    slip = give_back(cast, deposit, [first])
    assert slip.number == f"LQ2026-{cast.body.pk}-000001"
    assert pieces_of(deposit)[0].holder is None


def test_nothing_is_handed_back_twice_or_out_of_the_laboratory(cast, deposit):
    pieces = pieces_of(deposit)
    give_back(cast, deposit, pieces[:1])
    with pytest.raises(TransitionRefused):
        give_back(cast, deposit, pieces_of(deposit)[:1])
    handover_take(actor=cast.actor("verifier"), deposit=deposit, pieces=pieces[1:])
    with pytest.raises(TransitionRefused, match="送回柜台"):
        give_back(cast, deposit, pieces_of(deposit)[1:])
    assert HandBack.objects.count() == 1


def test_two_that_hand_back_at_once_leave_one_slip(cast, deposit):
    seen = pieces_of(deposit)
    give_back(cast, deposit, pieces_of(deposit))
    with pytest.raises(Refused):
        give_back(cast, deposit, seen)
    assert HandBack.objects.count() == 1


def test_an_instrument_is_handed_in_once(cast, deposit, tasks):
    with pytest.raises(Refused) as refused:
        receive(cast, tasks[:1])
    assert refused.value.code == "handed_in_already"
    assert Deposit.objects.count() == 1


@pytest.mark.parametrize(("told", "code"), [({"brought_by": " "}, "nobody_brought")])
def test_a_slip_without_a_name_is_refused(cast, tasks, told, code):
    with pytest.raises(InputRefused) as refused:
        receive(cast, tasks, **told)
    assert refused.value.code == code


def test_an_instrument_without_condition_is_refused(cast, tasks):
    with pytest.raises(InputRefused) as refused:
        handover_receive(actor=cast.actor("manager"), pieces=[HandedIn(tasks[0], "")], brought_by="王送检")
    assert refused.value.code == "no_condition"


def test_a_task_that_is_under_way_is_not_handed_in(cast, tasks):
    Task.objects.filter(pk=tasks[0].pk).update(state="measured")
    tasks[0].refresh_from_db()
    with pytest.raises(InputRefused) as refused:
        receive(cast, tasks)
    assert refused.value.code == "task_not_waiting"


def test_who_comes_without_an_application_gets_one(cast):
    walk.equip(cast, cast.scale)
    one = walk.make_instrument(cast, "HC0009", cast.scale, "电子计价秤")
    admitted = handover_admit(actor=cast.actor("manager"), body=cast.body, instruments=[one])
    assert [task.state for task in admitted] == ["waiting"]
    again = handover_admit(actor=cast.actor("manager"), body=cast.body, instruments=[one])
    assert [task.pk for task in again] == [task.pk for task in admitted]


def test_only_the_body_acts_and_others_see_their_own(cast, deposit, tasks):
    with pytest.raises(NotPermitted):
        receive_as = cast.actor("owner")
        handover_receive(actor=receive_as, pieces=[HandedIn(tasks[0], "完好")], brought_by="王")
    with pytest.raises(NotPermitted):
        handover_take(actor=cast.actor("foreign_verifier"), deposit=deposit, pieces=pieces_of(deposit))
    seen = {
        who: Deposit.objects.visible_to(cast.actor(who)).count()
        for who in ("owner", "manager", "authority", "foreign_owner", "foreign_verifier", "foreign_authority")
    }
    assert seen == dict.fromkeys(("owner", "manager", "authority"), 1) | dict.fromkeys(
        ("foreign_owner", "foreign_verifier", "foreign_authority"), 0
    )


def test_the_database_holds_slips(cast, deposit):
    with pytest.raises(IntegrityError), transaction.atomic():
        Deposit.objects.filter(pk=deposit.pk).update(brought_by="另一人")


def test_mandatory_verification_costs_nothing_and_cannot_be_charged(cast, tasks):
    fee = Fee.objects.get(task=tasks[0], standing=True)
    assert (fee.basis, fee.amount) == ("free", 0)
    with pytest.raises(Refused) as refused:
        fee_change(actor=cast.actor("manager"), fee=fee, amount=Decimal(10), reason="误")
    assert refused.value.code == "job_free_of_charge"
    with pytest.raises(IntegrityError), transaction.atomic():
        Fee.objects.filter(pk=fee.pk).update(standing=False)
        Fee.objects.create(act=fee.act, task=fee.task, basis="free", amount=5, full=5, assessed_on=fee.assessed_on)


def test_an_exemption_needs_its_document_and_a_known_ground(cast, paid):
    manager = cast.actor("manager")
    with pytest.raises(InputRefused) as refused:
        fee_exempt(actor=manager, fee=paid, ground="small", document=" ", reason="小微企业")
    assert refused.value.code == "exemption_document"
    with pytest.raises(InputRefused) as refused:
        fee_exempt(actor=manager, fee=paid, ground="friend", document="无", reason="熟人")
    assert refused.value.code == "unknown_exemption"
    made = fee_exempt(actor=manager, fee=paid, ground="small", document="衡发改〔2025〕3号", reason="小微企业")
    assert (made.amount, made.full, made.basis) == (Decimal("75.00"), Decimal(150), "exempt")
    paid.refresh_from_db()
    assert not paid.standing
    assert Fee.objects.filter(task=paid.task, standing=True).get() == made


def test_a_fee_is_changed_by_the_manager_with_a_reason(cast, paid):
    with pytest.raises(NotPermitted):
        fee_change(actor=cast.actor("verifier"), fee=paid, amount=Decimal(1), reason="改")
    with pytest.raises(InputRefused):
        fee_change(actor=cast.actor("manager"), fee=paid, amount=Decimal(1), reason="")
    made = fee_change(actor=cast.actor("manager"), fee=paid, amount=Decimal(120), reason="重新约定")
    with pytest.raises(Refused) as refused:
        fee_change(actor=cast.actor("manager"), fee=paid, amount=Decimal(1), reason="旧页面")
    assert refused.value.code == "fee_replaced"
    assert made.amount == Decimal(120)


def test_an_invoice_from_request_to_number_and_back(cast, paid):
    manager = cast.actor("manager")
    invoice = invoice_prepare(actor=manager, fees=[paid], code=CODE)
    assert (invoice.amount, invoice.credit_code, invoice.title) == (Decimal(150), CODE, "量县加油站")
    with pytest.raises(Refused) as refused:
        invoice_prepare(actor=manager, fees=[paid], code=CODE)
    assert refused.value.code == "fee_taken"
    paid.refresh_from_db()
    with pytest.raises(Refused) as refused:
        fee_change(actor=manager, fee=paid, amount=Decimal(1), reason="改")
    assert refused.value.code == "fee_invoiced"
    with pytest.raises(InputRefused):
        invoice_enter(actor=manager, invoice=invoice, invoice_number="1", invoiced_on=manager.today + timedelta(days=1))
    invoice_enter(actor=manager, invoice=invoice, invoice_number="24952000000012345678", invoiced_on=manager.today)
    assert Invoice.objects.get().state == "invoiced"
    invoice_cancel(actor=manager, invoice=invoice, reason="红冲")
    assert invoice_prepare(actor=manager, fees=[Fee.objects.get(pk=paid.pk)], code=CODE).pk != invoice.pk


def test_what_is_free_is_on_no_invoice(cast, tasks):
    with pytest.raises(InputRefused) as refused:
        invoice_prepare(actor=cast.actor("manager"), fees=[Fee.objects.get(task=tasks[0], standing=True)])
    assert refused.value.code == "nothing_to_invoice"


def test_a_buyer_needs_a_code_that_can_be_one(cast, paid):
    with pytest.raises(InputRefused):
        invoice_prepare(actor=cast.actor("manager"), fees=[paid], code="91990121MA00000017")


def test_working_time_fits_into_a_day(cast):
    verifier, told = cast.actor("verifier"), {"body": cast.body, "item": cast.scale, "pieces": 30}
    day = {"person": cast.people["verifier"], "worked_on": verifier.today}
    first = worktime_enter(actor=verifier, hours=Decimal(15), travel_hours=Decimal(4), **day, **told)
    with pytest.raises(InputRefused) as refused:
        worktime_enter(actor=verifier, hours=Decimal("5.5"), **day, **told)
    assert refused.value.code == "day_too_long"
    worktime_withdraw(actor=verifier, worktime=first, reason="误录")
    worktime_enter(actor=verifier, hours=Decimal("5.5"), **day, **told)
    with pytest.raises(InputRefused):
        worktime_enter(actor=verifier, hours=Decimal(1), **(day | {"worked_on": date(2026, 3, 3)}), **told)


def test_the_slips_say_what_was_handed_in_and_out(cast, deposit):
    sheet = receipt_sheet(deposit)
    assert dict(sheet.lines)["收费"] == "免费"
    assert dict(sheet.lines)["备注"] == "/"
    assert [row[6] for row in sheet.tables[0].rows] == ["外观完好", "外观完好"]
    assert receipt_pdf(deposit).startswith(b"%PDF-")
    assert hand_back_pdf(give_back(cast, deposit, pieces_of(deposit)[:1])).startswith(b"%PDF-")


def test_a_slip_that_lacks_a_required_field_is_not_printed(cast, tasks):
    deposit = receive(cast, tasks)
    deposit.brought_by = ""
    with pytest.raises(PaperIncomplete, match="送检人"):
        receipt_sheet(deposit)
    deposit.brought_by, deposit.owner.credit_code = "王", "123"
    with pytest.raises(PaperIncomplete, match="统一社会信用代码"):
        receipt_sheet(deposit)


def test_the_original_record_on_paper(cast, tasks):
    standard = walk.equip(cast, cast.scale)
    record = walk.measure(cast, tasks[0], standard, walk.example(SCALE, "pass", "2017-05-30"))
    conditions_enter(
        actor=cast.actor("verifier"), record=record, temperature=Decimal("20.5"), humidity=Decimal(55), other="无振动"
    )
    walk.approve(cast, record)
    lines = dict(original_sheet(record).lines)
    assert (lines["环境温度（℃）"], lines["相对湿度（%）"]) == ("20.5", "55.0")
    assert [lines[who] for who in ("检定员", "核验员", "批准人")] == ["verifier", "reviewer", "approver"]
    assert len(original_sheet(record).tables) > 3
    assert original_sheet(record).mark == "仅供培训"
    assert original_pdf(record).startswith(b"%PDF-")
    with pytest.raises(Refused):
        conditions_enter(actor=cast.actor("verifier"), record=record, temperature=Decimal(1), humidity=Decimal(1))
