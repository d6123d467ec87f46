"""Proofs: numbers, content, the ledger's new dates, documents that never change, withdrawal and replacement."""

import io
from datetime import date
from hashlib import sha256

import pypdf
import pytest
from django.db import connection
from django.utils.translation import override

from hengliang.dcc.content import content_of as said_by
from hengliang.dcc.embedded import certificate_in_pdf
from hengliang.dcc.read import read_certificate
from hengliang.platform.certificates.layout import _results, page_model
from hengliang.platform.certificates.models import Certificate
from hengliang.platform.certificates.selectors import answer_of, standing_of
from hengliang.platform.certificates.services import (
    certificate_issue,
    certificate_render,
    certificate_replace,
    certificate_withdraw,
)
from hengliang.platform.core.errors import Blocked, InputRefused, NotPermitted, TransitionRefused
from hengliang.platform.core.models import Notification
from hengliang.platform.core.rights import Actor
from hengliang.platform.core.rules import rules
from hengliang.platform.core.selectors import history_of
from hengliang.platform.core.services import rule_approve, rule_check, rule_withdraw
from hengliang.platform.registry.models import InstrumentState
from hengliang.platform.standards.services import standard_suspend
from hengliang.platform.verification.models import Record, Task
from hengliang.platform.verification.services import record_send_back, record_void
from hengliang.trust.canonical import write
from tests.platform import slice as walk

pytestmark = pytest.mark.django_db
SCALE, DISPENSER = "procedure/price-scale", "procedure/fuel-dispenser"
TODAY = date(2026, 3, 2)


@pytest.fixture(autouse=True)
def training(settings):
    settings.TRAINING = True


@pytest.fixture
def scale(cast):
    return walk.make_instrument(cast, "SC0001", cast.scale, "电子计价秤")


@pytest.fixture
def standard(cast):
    return walk.equip(cast, cast.scale)


@pytest.fixture
def passing(cast, scale, standard):
    return walk.certify(cast, walk.apply_for(cast, scale)[0], standard, walk.example(SCALE, "pass", "2017-05-30"))


def entry(instrument, on=TODAY):
    return InstrumentState.objects.on(on).get(instrument=instrument)


def test_a_pass_gives_a_certificate_and_the_ledger_its_date(passing, scale):
    assert passing.kind == "certificate"
    assert passing.valid_until == date(2027, 3, 1)
    row = entry(scale)
    assert (row.last_on, row.last_result, row.due_on) == (TODAY, "pass", date(2027, 3, 1))
    assert entry(scale, date(2026, 3, 1)).last_on is None


def test_the_content_is_what_the_law_asks_for(passing):
    content = passing.content
    assert content["conclusion"]["passed"]
    assert set(content["signatures"].values()) == {"verifier", "reviewer", "approver"}
    assert content["body"]["authorisation"] == "（衡）法计〔2024〕001"
    assert content["standards"][0]["certificates"][0]["number"].startswith("社量标")
    assert content["rule"]["document"]
    assert passing.content_sha256 == sha256(write(content)).hexdigest()


def test_a_failure_gives_a_notice_without_validity(cast, scale, standard):
    task = walk.apply_for(cast, scale)[0]
    proof = walk.certify(cast, task, standard, walk.example(SCALE, "fail", "2017-05-30"))
    assert (proof.kind, proof.valid_until) == ("notice", None)
    assert proof.content["conclusion"]["failed_items"]
    assert "valid_until" not in proof.content
    row = entry(scale)
    assert (row.last_result, row.due_on <= TODAY) == ("fail", True)
    assert answer_of(proof, TODAY).verdict == "failed"


def test_one_nozzle_fails_the_other_stays_in_order(cast):
    dispenser = walk.make_instrument(cast, "FD0001", cast.dispenser, "加油机", parts=("1", "2"))
    standard = walk.equip(cast, cast.dispenser)
    task = walk.apply_for(cast, dispenser)[0]
    data = walk.example(DISPENSER, "fail", "2024-05-01")
    proof = walk.certify(cast, task, standard, data)
    verdicts = proof.content["conclusion"]["parts"]
    assert sorted(verdicts.values()) == ["fail", "pass"]
    for part in dispenser.parts.all():
        assert entry(part).last_result == verdicts[part.part_label]


def test_a_draft_rule_issues_nothing_outside_training(cast, scale, standard, settings):
    settings.TRAINING = False
    record = walk.approve(
        cast,
        walk.measure(cast, walk.apply_for(cast, scale)[0], standard, walk.example(SCALE, "pass", "2017-05-30")),
    )
    with pytest.raises(Blocked):
        certificate_issue(actor=cast.actor("approver"), record=record)
    assert not Certificate.objects.exists()
    assert Task.objects.get().state == "approved"


def test_two_people_approve_the_rules_and_the_record_that_waited_is_issued(
    cast, scale, standard, settings, django_capture_on_commit_callbacks
):
    settings.TRAINING = False
    record = walk.approve(
        cast,
        walk.measure(cast, walk.apply_for(cast, scale)[0], standard, walk.example(SCALE, "pass", "2017-05-30")),
    )
    approver = cast.actor("approver")
    for norm in (SCALE, "period/verification"):
        with pytest.raises(Blocked):
            certificate_issue(actor=approver, record=record)
        with django_capture_on_commit_callbacks(execute=True):
            approval = rule_check(
                actor=cast.actor("authority"), value=rules()[norm].at(TODAY), against="纸质文本", quote="原文"
            )
        with pytest.raises(Blocked):
            certificate_issue(actor=approver, record=record)
        with django_capture_on_commit_callbacks(execute=True):
            rule_approve(actor=cast.actor("administrator"), approval=approval)
    issued = certificate_issue(actor=approver, record=record)
    assert (issued.training, issued.content["rule"]["draft"]) == (False, False)


def test_a_withdrawal_blocks_at_once_even_where_the_folder_still_says_approved(
    cast, scale, standard, settings, django_capture_on_commit_callbacks
):
    settings.TRAINING = False
    with django_capture_on_commit_callbacks(execute=True):
        for norm in (SCALE, "period/verification"):
            value = rules()[norm].at(TODAY)
            approval = rule_check(actor=cast.actor("authority"), value=value, against="纸质文本", quote="原文")
            rule_approve(actor=cast.actor("administrator"), approval=approval)
    record = walk.approve(
        cast,
        walk.measure(cast, walk.apply_for(cast, scale)[0], standard, walk.example(SCALE, "pass", "2017-05-30")),
    )
    assert not record.training
    rule_withdraw(actor=cast.actor("authority"), approval=approval, reason="与文本不符")
    assert rules()["period/verification"].at(TODAY).may_issue, "the folder is written after the commit"
    with pytest.raises(Blocked):
        certificate_issue(actor=cast.actor("approver"), record=record)


def test_a_standard_suspended_since_blocks_the_issue(cast, scale, standard):
    record = walk.approve(
        cast,
        walk.measure(cast, walk.apply_for(cast, scale)[0], standard, walk.example(SCALE, "pass", "2017-05-30")),
    )
    standard_suspend(actor=cast.actor("authority"), standard=standard, on=TODAY, reason="示值超差")
    with pytest.raises(Blocked):
        certificate_issue(actor=cast.actor("approver"), record=record)


def test_numbers_have_no_gap_even_after_a_failed_issue(cast, standard):
    numbers = []
    for index in range(3):
        instrument = walk.make_instrument(cast, f"N{index}", cast.scale, "秤")
        record = walk.approve(
            cast,
            walk.measure(
                cast, walk.apply_for(cast, instrument)[0], standard, walk.example(SCALE, "pass", "2017-05-30")
            ),
        )
        with pytest.raises(NotPermitted):
            certificate_issue(actor=cast.actor("verifier"), record=record)
        numbers.append(certificate_issue(actor=cast.actor("approver"), record=record).number)
    assert [n[-6:] for n in numbers] == ["000001", "000002", "000003"]


def test_one_record_one_certificate(cast, passing):
    with pytest.raises(TransitionRefused):
        certificate_issue(actor=cast.actor("approver"), record=passing.record)


@pytest.mark.parametrize("taken_back", [record_send_back, record_void])
def test_a_record_that_was_taken_back_proves_nothing_though_a_later_one_is_approved(cast, scale, standard, taken_back):
    task = walk.apply_for(cast, scale)[0]
    first = walk.measure(cast, task, standard, walk.example(SCALE, "fail", "2017-05-30"))
    who = "manager" if taken_back is record_void else "reviewer"
    taken_back(actor=cast.actor(who), record=first, reason="砝码放错")
    walk.approve(cast, walk.measure(cast, Task.objects.get(), standard, walk.example(SCALE, "pass", "2017-05-30")))
    with pytest.raises(TransitionRefused) as refused:
        certificate_issue(actor=cast.actor("approver"), record=Record.objects.get(pk=first.pk))
    assert refused.value.code == "record_not_approved" and not Certificate.objects.exists()


def test_withdrawal_needs_a_reason_and_gives_the_ledger_back(cast, passing, scale):
    with pytest.raises(InputRefused):
        certificate_withdraw(actor=cast.actor("approver"), certificate=passing, reason="")
    certificate_withdraw(actor=cast.actor("authority"), certificate=passing, reason="标准器失准")
    assert answer_of(passing, TODAY).verdict == "withdrawn"
    assert entry(scale).last_on is None


def test_a_replaced_certificate_leads_to_the_new_one(cast, passing, scale, standard):
    certificate_replace(actor=cast.actor("approver"), certificate=passing, reason="型号写错")
    task = passing.record.task
    task.refresh_from_db()
    assert task.state == "waiting"
    new = walk.certify(cast, task, standard, task.draft.data)
    assert new.replaces == passing
    passing.refresh_from_db()
    assert answer_of(passing, TODAY).verdict == "replaced"
    assert entry(scale).due_on == new.valid_until


def test_the_digital_certificate_names_the_one_that_it_replaces(cast, passing, scale, standard):
    certificate_replace(actor=cast.actor("approver"), certificate=passing, reason="型号写错")
    task = passing.record.task
    task.refresh_from_db()
    new = walk.certify(cast, task, standard, task.draft.data)
    said, old = read_certificate(new.xml.encode()), read_certificate(passing.xml.encode())
    assert (said.replacement, said.replaces) == ("substituted", passing.number)
    # Whoever holds the old file computes the same digest from it.
    assert said.previous.digest == sha256(write(said_by(old))).hexdigest()
    assert said.previous.identifier == passing.number
    assert (old.replacement, old.replaces, old.previous) == (None, "", None)
    pdf = certificate_render(actor=Actor.anonymous(), certificate=new).pdf
    assert passing.number in {value for _, value in page_model(new.content)["lines"]}
    assert certificate_in_pdf(bytes(pdf)) is not None


def test_the_last_day_is_in_order_the_next_is_not(passing):
    assert answer_of(passing, date(2027, 3, 1)).verdict == "in_order"
    assert answer_of(passing, date(2027, 3, 2)).verdict == "expired"


def test_the_document_is_rendered_once_with_its_fonts(passing):
    first = certificate_render(actor=Actor.anonymous(), certificate=passing)
    again = certificate_render(actor=Actor.anonymous(), certificate=passing)
    assert first.pk == again.pk
    assert sha256(bytes(again.pdf)).hexdigest() == first.sha256
    reader = pypdf.PdfReader(io.BytesIO(bytes(first.pdf)))
    fonts = {
        str(font.get_object()["/BaseFont"]) for page in reader.pages for font in page["/Resources"]["/Font"].values()
    }
    assert any("NotoSerif" in f for f in fonts)
    assert any("NotoSans" in f for f in fonts)


@pytest.mark.parametrize("table", ["certificates_document", "certificates_certificate"])
def test_the_database_keeps_a_proof_as_it_is(passing, table):
    certificate_render(actor=Actor.anonymous(), certificate=passing)
    column = "pdf = 'x'" if table.endswith("document") else "content = '{}'"
    with pytest.raises(Exception, match="never changed"), connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET {column}")  # noqa: S608


@pytest.fixture
def failed_since(cast, scale, standard, passing):
    """A notice about the same scale, issued after its certificate."""
    return walk.certify(cast, walk.apply_for(cast, scale)[0], standard, walk.example(SCALE, "fail", "2017-05-30"))


def test_a_failure_cancels_what_was_in_force(cast, passing, failed_since, scale):
    passing.refresh_from_db()
    assert passing.state == "cancelled"
    assert answer_of(passing, TODAY).verdict == "cancelled"
    assert standing_of(passing) == "withdrawn"  # what the signed status says
    act = history_of(passing).first()
    assert (act.kind, act.reason) == ("certificate_cancel", failed_since.number)
    assert Notification.objects.filter(kind="certificate.cancelled").exists()
    assert entry(scale).last_result == "fail"


@pytest.mark.parametrize("end", [certificate_withdraw, certificate_replace])
def test_what_a_failure_cancelled_comes_back_if_it_does_not_stand(cast, passing, failed_since, scale, end):
    end(actor=cast.actor("approver"), certificate=failed_since, reason="砝码用错")
    passing.refresh_from_db()
    assert passing.state == "in_force"
    assert answer_of(passing, TODAY).verdict == "in_order"


def test_a_pass_cancels_nothing(cast, passing, scale, standard):
    walk.certify(cast, walk.apply_for(cast, scale)[0], standard, walk.example(SCALE, "pass", "2017-05-30"))
    passing.refresh_from_db()
    assert passing.state == "in_force"


def test_a_withdrawn_proof_stays_withdrawn(cast, passing, scale, standard):
    certificate_withdraw(actor=cast.actor("approver"), certificate=passing, reason="误出")
    notice = walk.certify(cast, walk.apply_for(cast, scale)[0], standard, walk.example(SCALE, "fail", "2017-05-30"))
    certificate_withdraw(actor=cast.actor("approver"), certificate=notice, reason="误出")
    passing.refresh_from_db()
    assert passing.state == "withdrawn"


def test_each_row_of_a_verification_says_where_it_was_measured_in_the_signs_of_print(passing):
    rows = page_model(passing.content)["results"]
    measured = [row for row in rows if row[0].startswith("示值误差")]
    assert len(measured) > 1 and len({row[0] for row in rows}) == len(rows)
    assert all(any(sign.isdigit() for sign in row[0]) for row in measured), "each at its load"
    assert not any("CNY" in cell or cell.startswith("-") for row in rows for cell in row)
    assert all(row[2].startswith("±") for row in measured)
    with override("en"):
        assert any("\u2009g" in row[0] for row in page_model(passing.content)["results"])


def test_points_that_would_read_alike_are_numbered_and_money_is_told_by_its_name():
    points = [
        {"cell": f"items.price[{at}]", "value": "-0.01", "rounded": "-0.01", "low": "-0.02", "high": "0.02",
         "verdict": "pass", "part": None, "point": None}
        for at in range(2)
    ]  # fmt: skip
    item = {"item": "price", "unit": "CNY", "reason": None, "verdict": "pass", "points": points}
    content = {"titles": {"price": {"zh": "付费金额误差", "en": "Error of the amount"}}, "results": {"items": [item]}}
    with override("zh-hans"):
        assert _results(content) == [
            ["付费金额误差 (1)", "−0.01\u2009元", "±0.02\u2009元", "合格"],
            ["付费金额误差 (2)", "−0.01\u2009元", "±0.02\u2009元", "合格"],
        ]
