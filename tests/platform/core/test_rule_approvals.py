"""Approving rules: two people, one content, one source of truth, a folder that every process and command reads."""

from datetime import date
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from hengliang.norms.load import SHIPPED, load_norms
from hengliang.platform.core.errors import InputRefused, NotPermitted, Refused, StaleWrite, TransitionRefused
from hengliang.platform.core.models import Attachment, LogEntry, RuleApproval
from hengliang.platform.core.norms_folder import write
from hengliang.platform.core.rules import rule_problems, rules
from hengliang.platform.core.selectors import history_of_rule
from hengliang.platform.core.services import (
    local_rule_put,
    local_rule_remove,
    rule_approve,
    rule_check,
    rule_reject,
    rule_withdraw,
)

pytestmark = pytest.mark.django_db
NORM, DAY = "procedure/fuel-dispenser", date(2026, 3, 2)
OWN = """id: local/opening
title: {zh: 开门时间, en: Opening hour}
kind: scalar
unit: h
status: draft
values:
  2020-01-01:
    source: {document: 县通知, clause: 一, quote: 八时开门, basis: read}
    value: 8
"""


def value():
    return rules()[NORM].at(DAY)


@pytest.fixture
def commit(django_capture_on_commit_callbacks):
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.fixture
def checked(cast, commit):
    with commit():
        return rule_check(
            actor=cast.actor("authority"), value=value(), against="JJG 443-2023 纸质版", quote="不超过±0.30%"
        )


def test_one_person_checks_and_another_approves(cast, commit, checked):
    assert (value().status, value().may_issue) == ("checked", False)
    with commit():
        rule_approve(actor=cast.actor("administrator"), approval=checked)
    found = value()
    assert found.may_issue
    assert found.approval.by == ("authority", "administrator")
    assert (found.approval.against, found.approval.on) == ("JJG 443-2023 纸质版", DAY)
    assert [act.kind for act in history_of_rule(NORM)] == ["rule_approve", "rule_check"]
    assert LogEntry.objects.filter(act__kind="rule_approve").count() == 1


def test_commands_read_the_same_from_the_folder(cast, commit, checked, norms_folder):
    with commit():
        rule_approve(actor=cast.actor("administrator"), approval=checked)
    assert load_norms(own=norms_folder)[NORM].at(DAY).may_issue
    assert not load_norms()[NORM].at(DAY).may_issue


@pytest.mark.parametrize("who", ["verifier", "manager", "owner", "auditor", "approver"])
def test_nobody_else_approves(cast, checked, who):
    with pytest.raises(NotPermitted):
        rule_approve(actor=cast.actor(who), approval=checked)


def test_where_a_region_is_named_only_its_authority_decides(cast, checked, settings):
    settings.AUTHORITY_REGION = "990100"
    with pytest.raises(NotPermitted):
        rule_approve(actor=cast.actor("foreign_authority"), approval=checked)
    settings.AUTHORITY_REGION = "990200"
    rule_approve(actor=cast.actor("foreign_authority"), approval=checked)


def test_the_same_person_does_not_confirm(cast, checked):
    with pytest.raises(Refused, match="authority"):
        rule_approve(actor=cast.actor("authority"), approval=checked)
    cast.accounts["administrator"].person = cast.people["authority"]
    cast.accounts["administrator"].save()
    with pytest.raises(Refused, match="authority"):
        rule_approve(actor=cast.actor("administrator"), approval=checked)
    with pytest.raises(IntegrityError), transaction.atomic():
        RuleApproval.objects.update(state="approved", approved_by="authority", approved_by_account=0)


@pytest.mark.parametrize(
    ("field", "given"),
    [("against", {"against": " ", "quote": "x"}), ("quote", {"against": "x"}),
     ("sha256", {"against": "x", "quote": "x", "sha256": "abc"})],
)  # fmt: skip
def test_what_is_missing_is_named(cast, field, given):
    with pytest.raises(InputRefused) as refused:
        rule_check(actor=cast.actor("authority"), value=value(), **given)
    assert refused.value.field == field


def test_the_text_compared_with_is_kept_by_its_hash(cast, commit, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    file = SimpleUploadedFile("JJG443.pdf", b"%PDF-1.7 text")
    with commit():
        made = rule_check(actor=cast.actor("authority"), value=value(), against="JJG 443", quote="x", file=file)
    kept = Attachment.objects.get(subject_type="core.ruleapproval", subject_id=str(made.pk))
    assert made.against_sha256 == kept.sha256 == value().approval.sha256


def test_rejecting_and_withdrawing_need_a_reason_and_make_it_a_draft_again(cast, commit, checked):
    second = cast.actor("administrator")
    with pytest.raises(InputRefused):
        rule_reject(actor=second, approval=checked, reason=" ")
    with commit():
        rule_reject(actor=second, approval=checked, reason="第 5.2 条数值不同")
    assert value().draft
    with pytest.raises(TransitionRefused):
        rule_approve(actor=second, approval=checked)
    with commit():
        again = rule_check(actor=cast.actor("authority"), value=value(), against="x", quote="x")
        rule_approve(actor=second, approval=again)
    assert value().may_issue
    with commit():
        rule_withdraw(actor=second, approval=again, reason="规程已修改")
    assert value().draft
    assert [a.reason for a in history_of_rule(NORM) if a.reason] == ["规程已修改", "第 5.2 条数值不同"]


def test_a_content_that_changed_is_a_draft_again_and_can_not_be_confirmed(cast, commit, checked):
    source = Path(norms_file())
    changed = source.read_text(encoding="utf-8").replace("plus_minus: 0.30", "plus_minus: 0.25")
    assert changed != source.read_text(encoding="utf-8")
    with commit():
        local_rule_put(actor=cast.actor("authority"), text=changed, tables={}, reason="地方要求")
    assert value().draft
    assert [problem.code for problem in rules().lapsed] == ["approval_lapsed"]
    with pytest.raises(Refused) as refused:
        rule_approve(actor=cast.actor("administrator"), approval=checked)
    assert refused.value.code == "rule_changed"


def norms_file() -> str:
    return str(SHIPPED / f"{NORM}.yaml")


def test_an_own_rule_is_laid_over_and_taken_away(cast, commit):
    with commit():
        made = local_rule_put(actor=cast.actor("authority"), text=OWN, tables={}, reason="县通知")
    found = rules()["local/opening"].at(DAY)
    assert (found.number, found.layer, found.status) == (8, "own", "draft")
    with commit():
        local_rule_put(actor=cast.actor("authority"), text=OWN.replace("value: 8", "value: 9"), tables={}, reason="改")
    assert rules()["local/opening"].at(DAY).number == 9
    with pytest.raises(StaleWrite):
        local_rule_remove(actor=cast.actor("authority"), rule=made, reason="旧")
    with commit():
        newest = type(made).objects.get(ended_by=None)
        local_rule_remove(actor=cast.actor("authority"), rule=newest, reason="废止")
    assert "local/opening" not in rules()


def test_an_own_rule_does_not_approve_itself(cast):
    signed = OWN.replace("status: draft", "status: approved\napproved: {by: [甲, 乙], on: 2026-01-01, against: 文本}")
    with pytest.raises(InputRefused, match="approved"):
        local_rule_put(actor=cast.actor("authority"), text=signed, tables={}, reason="x")


@pytest.mark.parametrize(
    ("text", "code"),
    [(OWN.replace("value: 8", "value: eight"), "local/opening.yaml:9"), (OWN.replace("local/opening", "../x"), "id"),
     ("[" * 9_000, "nested"), (OWN.replace("unit: h", "unit: fathom"), "fathom"), ("id: [", "file:"),
     (OWN.replace("value: 8", "value: 8\n    csv: other.csv"), "csv")],
)  # fmt: skip
def test_a_faulty_file_is_refused_with_its_place(cast, text, code):
    with pytest.raises(InputRefused, match=code):
        local_rule_put(actor=cast.actor("authority"), text=text, tables={}, reason="x")
    assert "local/opening" not in rules()


def test_a_folder_left_behind_is_put_right(cast, checked, norms_folder):
    before = norms_folder.readlink()
    RuleApproval.objects.update(state="withdrawn")  # as if the process had died before it wrote
    write()
    assert norms_folder.readlink() != before
    assert value().draft
    write()
    assert not [p for p in norms_folder.with_name("norms.d").iterdir() if p.name.startswith("unfinished")]


def test_own_rules_that_no_longer_load_are_left_out_and_told(cast, commit, checked, norms_folder):
    place = norms_folder.resolve() / "approvals.yaml"
    place.write_text("approvals: 7\n", encoding="utf-8")
    norms_folder.resolve().rename(norms_folder.with_name("norms.d") / "other")
    norms_folder.unlink()
    norms_folder.symlink_to(Path("norms.d") / "other")
    assert value().draft
    assert [problem.code for problem in rule_problems()] == ["not_a_list"]
