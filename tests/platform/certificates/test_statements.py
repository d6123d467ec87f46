"""A calibration with a statement of conformity: only by a rule that was agreed, named on the certificate."""

from datetime import date

import pytest

from hengliang.dcc.read import read_certificate
from hengliang.metrology.conformity import Interval
from hengliang.platform.certificates.layout import page_model
from hengliang.platform.certificates.services import certificate_issue, certificate_render
from hengliang.platform.core.errors import InputRefused, NotPermitted, Refused
from hengliang.platform.verification.decisions import decide, decision_rules
from hengliang.platform.verification.papers.original import original_sheet
from hengliang.platform.verification.services import application_accept, application_submit, decision_agree
from tests.platform import slice as walk

pytestmark = pytest.mark.django_db
SCALE = "procedure/price-scale"
DAY = date(2026, 3, 2)
LIMITS = Interval(-1.0, 1.0)


def plain(text: str) -> str:
    """Without the spaces before units, and with one sign for minus."""
    return "".join(text.split()).replace("\N{MINUS SIGN}", "-")


@pytest.fixture
def standard(cast, settings):
    settings.TRAINING = True
    return walk.equip(cast, cast.scale)


@pytest.fixture
def application(cast, standard):
    one = walk.make_instrument(cast, "HK0001", cast.scale, "电子计价秤")
    made = application_submit(
        actor=cast.actor("owner"), applicant=cast.enterprise, body=cast.body, instruments=[one], job="calibration"
    )
    application_accept(actor=cast.actor("manager"), application=made)
    return made


def agree(cast, application, rule="guarded", agreement="委托单第3条"):
    return decision_agree(actor=cast.actor("manager"), application=application, rule=rule, agreement=agreement)


def measured(u):
    data = walk.example(SCALE, "pass", "2017-05-30")
    rows = [row | ({"_u": u} if u else {}) for row in data["items"]["error"]]
    return {**data, "items": {"error": rows}}


def calibrated(cast, application, standard, u="0.4"):
    return walk.approve(cast, walk.measure(cast, application.tasks.get(), standard, measured(u)))


@pytest.mark.parametrize(
    ("rule", "value", "said"),
    # U = 0.4 (k = 2), limits ±1. Drawn in by U: ±0.6; drawn out: ±1.4. For 95 % on one side u = 0.2 asks for
    # 1.645 × 0.2 = 0.329 to the limit: 0.671 inside, 1.329 outside.
    [
        ("simple", 1.0, "pass"), ("simple", 1.01, "fail"),
        ("guarded", 0.59, "pass"), ("guarded", 0.61, "fail"),
        ("non_binary", 0.59, "pass"), ("non_binary", 0.61, "indeterminate"), ("non_binary", -1.39, "indeterminate"),
        ("non_binary", 1.41, "fail"),
        ("probability", 0.67, "pass"), ("probability", 0.68, "indeterminate"), ("probability", 1.33, "fail"),
    ],
)  # fmt: skip
def test_each_rule_at_its_edge(rule, value, said):
    assert decide(decision_rules(DAY)[rule], value, 0.4, LIMITS) == said


def test_an_uncertainty_wider_than_the_limits_decides_nothing():
    assert decide(decision_rules(DAY)["guarded"], 0.0, 1.2, LIMITS) == "indeterminate"


def test_without_an_agreement_nothing_is_stated(cast, application, standard):
    record = calibrated(cast, application, standard)
    assert {point["verdict"] for item in record.judgement["items"] for point in item["points"]} == {None}
    page = page_model(certificate_issue(actor=cast.actor("approver"), record=record).content)
    assert len(page["results_head"]) == 3 and "判定规则" not in str(page)
    paper = original_sheet(record).tables[-1]
    assert (paper.title, len(paper.head)) == ("测量结果", 3)


def test_with_one_each_value_has_its_limit_and_statement(cast, application, standard, client):
    agree(cast, application, "non_binary")
    record = calibrated(cast, application, standard)
    assert record.passed is None and record.judgement["decision"]["code"] == "non_binary"
    made = certificate_issue(actor=cast.actor("approver"), record=record)
    page = page_model(made.content)
    assert page["results_head"][3:] == ["允许范围", "符合性"]
    assert {row[4] for row in page["results"]} <= {"符合", "不符合", "不可判定"}
    assert any("ILAC-G8:09/2019 4.2.3" in note for note in page["notes"])
    assert "结论" not in dict(page["lines"]) and made.valid_until is None
    read = read_certificate(made.xml.encode())
    assert any("4.2.3" in str(statement) for statement in read.statements)
    assert any(quantity.limits for quantity in read.measurements[0].results[0].data)
    assert certificate_render(actor=cast.actor("approver"), certificate=made).pdf.startswith(b"%PDF")
    paper = original_sheet(record).tables[-1]
    assert paper.title.startswith("测量结果（判定规则：非二元判定")
    assert [list(map(plain, row)) for row in paper.rows] == [list(map(plain, row)) for row in page["results"]], (
        "the record says what the certificate says"
    )
    client.force_login(cast.accounts["reviewer"], backend="django.contrib.auth.backends.ModelBackend")
    shown = client.get(f"/verification/records/{record.pk}/").content.decode()
    assert "判定结果" not in shown and "不合格" not in shown
    assert "非二元判定" in shown and "扩展不确定度" in shown


def test_a_statement_needs_the_uncertainty_of_each_value(cast, application, standard):
    agree(cast, application)
    with pytest.raises(InputRefused) as refused:
        walk.measure(cast, application.tasks.get(), standard, measured(""))
    assert refused.value.params["item"] == "示值误差", "named as the page names it, not by its id"
    with pytest.raises(InputRefused) as no_number:
        walk.measure(cast, application.tasks.get(), standard, measured("-1"))
    assert no_number.value.params["item"] == "示值误差"


def test_a_rule_is_agreed_once_before_anything_is_measured_and_with_its_paper(cast, application, standard):
    with pytest.raises(InputRefused) as refused:
        agree(cast, application, agreement=" ")
    assert refused.value.code == "no_agreement"
    with pytest.raises(InputRefused):
        agree(cast, application, rule="goodwill")
    with pytest.raises(NotPermitted):
        decision_agree(actor=cast.actor("foreign_verifier"), application=application, rule="simple", agreement="x")
    agree(cast, application)
    with pytest.raises(Refused) as again:
        agree(cast, application)
    assert again.value.code == "decision_stands"


def test_nothing_is_agreed_afterwards_nor_for_a_verification(cast, application, standard):
    calibrated(cast, application, standard)
    with pytest.raises(Refused) as refused:
        agree(cast, application)
    assert refused.value.code == "measured_already"
    task = walk.apply_for(cast, walk.make_instrument(cast, "HK0002", cast.scale, "电子计价秤"))[0]
    with pytest.raises(InputRefused) as by_law:
        agree(cast, task.application)
    assert by_law.value.code == "decision_by_law"
