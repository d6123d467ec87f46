"""What a snapshot froze is read from it alone: no later change of the plan reaches a figure, a score or a report."""

import re
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from hengliang.platform.core.errors import Blocked
from hengliang.platform.core.models import RegionVersion
from hengliang.platform.core.rights import Actor
from hengliang.platform.parties.models import Account, Organisation
from hengliang.platform.parties.selectors import actor_of
from hengliang.platform.plan.engine import Figure
from hengliang.platform.plan.models import Plan, PlanTarget, Snapshot
from hengliang.platform.plan.reports import kept_report, report_bytes, report_of
from hengliang.platform.plan.selectors import scoring
from hengliang.platform.plan.selectors.frozen_scores import frozen_scores, frozen_weights
from hengliang.platform.plan.selectors.plans import last_snapshot
from hengliang.platform.plan.selectors.snapshots import compare
from hengliang.platform.plan.services import (
    assessment_accept,
    assessment_commission,
    assessment_submit,
    plan_correct,
    plan_end,
    scoring_confirm,
    snapshot_take,
    target_opine,
)
from tests.platform.cast import NOW
from tests.platform.plan.planned import plan_of
from tests.platform.slice import make_instrument

pytestmark = pytest.mark.django_db
ON = NOW.date()


@pytest.fixture(autouse=True)
def english(language, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    with override("en"):
        yield


@pytest.fixture
def planned(cast):
    """A plan whose districts are scored, with a snapshot that has both, and an assessment on it."""
    made = plan_of(cast)
    make_instrument(cast, "HL77", cast.scale, "电子计价秤")
    later = Actor.system("second", NOW + timedelta(minutes=5))
    scoring_confirm(actor=later, scoring=made.scoring)
    made.snapshot = snapshot_take(actor=later, plan=made.plan, title="期末", on=ON)
    made.assessment = assessment_commission(
        actor=later, snapshot=made.snapshot, kind="final", assessor=cast.foreign_enterprise
    )
    return made


def mangle(planned) -> None:
    """Everything live is made another, past all acts."""
    PlanTarget.objects.filter(plan=planned.plan).update(
        text="改", metric="改", comparator=">", goal=Decimal(1), goal_upper=None, unit="个", deadline=date(2099, 1, 1),
        mode="new", firmness="aspirational", indicator="pass-rate",
    )  # fmt: skip
    Plan.objects.filter(pk=planned.plan.pk).update(
        title="另一个规划", starts_on=date(2026, 1, 1), ends_on=date(2098, 12, 31)
    )
    RegionVersion.objects.update(name="另一个地区")


def test_the_comparison_takes_demand_and_term_from_the_snapshot(cast, planned) -> None:
    before = [(one.frozen.pk, one.agrees, one.again.expected) for one in compare(_fresh(planned))]
    assert all(agrees for _pk, agrees, _expected in before)
    mangle(planned)
    assert [(one.frozen.pk, one.agrees, one.again.expected) for one in compare(_fresh(planned))] == before


def _fresh(planned) -> Snapshot:
    return Snapshot.objects.get(pk=planned.snapshot.pk)


def test_the_scores_of_a_snapshot_stay(cast, planned, monkeypatch) -> None:
    """49 % of 98 % demanded gives half of the weight, whatever is demanded or computed later."""
    with monkeypatch.context() as patched:
        patched.setattr(scoring, "swept", _half(planned))
        planned.snapshot = snapshot_take(
            actor=Actor.system("third", NOW + timedelta(minutes=6)), plan=planned.plan, title="期末", on=ON
        )
    before = _scores(planned)
    assert [(score, parts) for _name, score, parts in before] == [
        (Decimal("50.00"), [("强制检定受检率", Decimal(98), Decimal(50))])
    ]
    mangle(planned)
    assert _scores(planned) == before


def _half(planned):
    def swept(plan, targets, days, known_at=None, districts=()):
        figure = Figure(None, None, 49, 100, Decimal("49.00"))
        return {planned.target.indicator: {region: dict.fromkeys(days, figure) for region in districts}}

    return swept


def _scores(planned) -> list:
    snapshot = _fresh(planned)
    weights = frozen_weights(snapshot)
    return [
        (one.name, one.score, [(part.weight.target.metric, part.demanded, part.points) for part in one.parts])
        for one in frozen_scores(snapshot, weights)
    ]


def test_the_pages_of_a_snapshot_show_what_was_demanded_then(cast, planned) -> None:
    client = Client(headers={"accept-language": "en"})
    client.force_login(cast.accounts["authority"], backend="django.contrib.auth.backends.ModelBackend")
    pages = (
        reverse("plan:snapshot", args=[planned.snapshot.pk]),
        reverse("plan:scores", args=[planned.plan.pk]) + f"?snapshot={planned.snapshot.pk}",
        reverse("plan:assessment", args=[planned.assessment.pk]),
    )
    mangle(planned)
    for address in pages:
        page = client.get(address).content.decode()
        shown = re.sub(r"<header class=\"top.*?</header>", "", page, flags=re.S)
        assert "98 %" in shown, address
        assert "> 1" not in shown and "&gt; 1" not in shown, address


def test_a_report_that_is_not_yet_accepted_says_what_was_demanded_then(cast, planned) -> None:
    before = report_of(_assessment(planned)).as_data()
    assert "≥ 98 %" in str(before)
    mangle(planned)
    assert report_of(_assessment(planned)).as_data() == before


def _assessment(planned):
    return type(planned.assessment).objects.get(pk=planned.assessment.pk)


def test_an_accepted_report_is_kept_as_bytes_with_its_hash(cast, planned) -> None:
    accepted(planned)
    with override("zh-hans"):
        before = {kind: report_bytes(_assessment(planned), kind) for kind in ("pdf", "docx")}
        kept = {kind: kept_report(_assessment(planned), kind) for kind in ("pdf", "docx")}
    assert before["pdf"].startswith(b"%PDF-") and before["docx"].startswith(b"PK")
    mangle(planned)
    Organisation.objects.update(name="另一家机构")
    client = Client()
    client.force_login(cast.accounts["authority"], backend="django.contrib.auth.backends.ModelBackend")
    for kind in ("pdf", "docx"):
        assert client.get(reverse(f"plan:assessment_{kind}", args=[planned.assessment.pk])).content == before[kind]
        address = f"/api/v1/plan/assessments/{planned.assessment.pk}/report.{kind}"
        assert client.get(address).content == before[kind], "the interface gives the same bytes"
        page = client.get(reverse("plan:assessment", args=[planned.assessment.pk])).content.decode()
        assert kept[kind].sha256 in page


def accepted(planned) -> None:
    third = actor_of(Account.objects.get(username="third_party"), NOW + timedelta(hours=1))
    shown, second = planned.assessment, Actor.system("second", NOW + timedelta(hours=2))
    for one in shown.snapshot.figures.all():
        target_opine(actor=third, assessment=shown, target=one.target, grade="partly", opinion="见附件")
    assessment_submit(actor=third, assessment=shown, conclusion="总体良好")
    assessment_accept(actor=second, assessment=shown, reason="评审通过")


def test_a_kept_report_that_is_damaged_is_not_written_anew(cast, planned, settings) -> None:
    accepted(planned)
    from hengliang.platform.core.attachments import path_of

    with override("zh-hans"):
        path = path_of(kept_report(_assessment(planned), "pdf").sha256)
    path.chmod(0o600)
    path.write_bytes(b"%PDF-1.4 another")
    client = Client()
    client.force_login(cast.accounts["authority"], backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(reverse("plan:assessment_pdf", args=[planned.assessment.pk])).status_code == 410


def test_the_term_of_a_plan_in_force_or_ended_is_settled(cast, planned) -> None:
    plan, actor = planned.plan, cast.actor("authority")
    told = {"title": plan.title, "issuer": "", "issued_on": None, "starts_on": date(2026, 1, 1),
            "ends_on": plan.ends_on}  # fmt: skip
    with pytest.raises(Blocked, match="before the plan is in force"):
        plan_correct(actor=actor, plan=plan, **told)
    plan_end(actor=actor, plan=plan, reason="期满")
    with pytest.raises(Blocked, match="before the plan is in force"):
        plan_correct(actor=actor, plan=plan, **told)


def test_the_last_snapshot_is_that_of_the_newest_day(cast, planned) -> None:
    snapshot_take(
        actor=Actor.system("late", NOW + timedelta(hours=3)), plan=planned.plan, title="补", on=ON - timedelta(days=200)
    )
    assert last_snapshot(planned.plan) == planned.snapshot
