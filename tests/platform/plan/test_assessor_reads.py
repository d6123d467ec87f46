"""A third party reads what it assesses: plan, tasks, reports with evidence, snapshot, rows; until it is over."""

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse

from hengliang.platform.core.rights import Actor
from hengliang.platform.core.selectors import attachments_of
from hengliang.platform.plan.models import Plan, ProgressReport
from hengliang.platform.plan.selectors.figure_reach import figure_reach
from hengliang.platform.plan.services import (
    assessment_withdraw,
    progress_report,
)
from tests.platform.cast import NOW
from tests.platform.plan.planned import plan_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def store(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def planned(cast):
    made = plan_of(cast)
    progress_report(
        actor=cast.actor("authority"), task=made.task, unit="市财政局", on=NOW.date(), says="已列入预算",
        files=[ContentFile(b"%PDF-1.4 x", name="预算.pdf")],
    )  # fmt: skip
    from hengliang.platform.parties.models import Account

    cast.accounts["third_party"] = Account.objects.get(username="third_party")
    return made


def browser(cast, name: str) -> Client:
    client = Client(headers={"accept-language": "zh-hans"})
    client.force_login(cast.accounts[name], backend="django.contrib.auth.backends.ModelBackend")
    return client


def readable(planned) -> list[str]:
    target, region = planned.target, f"?region={planned.plan.region_id}"
    evidence = attachments_of(ProgressReport.objects.get())[0]
    return [
        reverse("plan:plan", args=[planned.plan.pk]), reverse("plan:plan", args=[planned.plan.pk]) + "?tab=records",
        reverse("plan:confirm", args=[planned.plan.pk]), reverse("plan:plan_target", args=[target.pk]),
        reverse("plan:task", args=[planned.task.pk]), reverse("plan:snapshot", args=[planned.snapshot.pk]),
        reverse("plan:scores", args=[planned.plan.pk]), reverse("core:attachment", args=[evidence.pk]),
        reverse("plan:target", args=[target.indicator]) + region,
        reverse("plan:target_rows", args=[target.indicator, "missing"]) + region,
        f"/api/v1/plan/figures/{target.indicator}",
    ]  # fmt: skip


def test_who_assesses_reads_it_all_and_nobody_else_of_that_place(cast, planned) -> None:
    third, owner = browser(cast, "third_party"), browser(cast, "foreign_owner")
    for path in readable(planned):
        assert third.get(path).status_code == 200, path
        assert owner.get(path).status_code in (403, 404), path
    page = third.get(reverse("plan:assessment", args=[planned.assessment.pk])).content.decode()
    assert reverse("plan:plan", args=[planned.plan.pk]) in page
    assert reverse("plan:snapshot", args=[planned.snapshot.pk]) in page


def test_it_reads_no_other_figure_and_no_other_region(cast, planned) -> None:
    third = browser(cast, "third_party")
    assert third.get(reverse("plan:target", args=["overdue-rate"])).status_code == 403
    assert third.get("/api/v1/plan/figures/overdue-rate").status_code == 404
    elsewhere = reverse("plan:target", args=[planned.target.indicator]) + f"?region={cast.foreign_city.pk}"
    assert third.get(elsewhere).status_code == 404
    listed = third.get("/api/v1/plan/figures").json()
    assert {one["name"] for one in listed} <= {one.indicator for one in planned.plan.targets.all()}


def test_it_changes_nothing(cast, planned) -> None:
    third = browser(cast, "third_party")
    for path in (
        reverse("plan:plan_edit", args=[planned.plan.pk]), reverse("plan:task_edit", args=[planned.task.pk]),
        reverse("plan:task_add", args=[planned.plan.pk]), reverse("plan:snapshot_take", args=[planned.plan.pk]),
        reverse("plan:progress_report", args=[planned.task.pk]), reverse("plan:goal_drop", args=[planned.target.pk]),
    ):  # fmt: skip
        assert third.post(path, {"reason": "x", "confirmed": "1"}).status_code in (403, 404), path


def test_it_ends_with_the_assessment(cast, planned) -> None:
    third = cast.actor("third_party")
    assert Plan.objects.visible_to(third).get() == planned.plan
    assessment_withdraw(actor=Actor.system("test", NOW), assessment=planned.assessment, reason="改由他人评估")
    assert not Plan.objects.visible_to(third).exists()
    assert figure_reach(third) is None
    client = browser(cast, "third_party")
    for path in readable(planned):
        assert client.get(path).status_code in (403, 404), path


def test_a_report_in_the_name_of_a_unit_says_who_wrote_it(cast, planned) -> None:
    page = browser(cast, "authority").get(reverse("plan:task", args=[planned.task.pk])).content.decode()
    assert "<b>市财政局</b>" in page
    assert f"填报人：authority ({cast.authority.name})" in page
