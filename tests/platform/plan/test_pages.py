"""Pages of plans: who sees what, the two panes, the public page, and that nobody can type a value in."""

import csv
import io
import json
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hengliang.platform.core.selectors import attachments_of
from hengliang.platform.plan.models import Achievement, Plan, PlanTarget, SnapshotFigure
from hengliang.platform.plan.selectors.progress import progress_of
from tests.platform.plan.planned import TEXT, plan_of
from tests.platform.site.rights_walk import address, routes

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def store(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def browser(cast):
    def log_in(name: str, language: str = "en") -> Client:
        client = Client(headers={"accept-language": language})
        client.force_login(cast.accounts[name], backend="django.contrib.auth.backends.ModelBackend")
        return client

    return log_in


@pytest.fixture
def planned(cast):
    return plan_of(cast)


def test_a_document_is_read_confirmed_and_in_force_by_the_pages_alone(cast, browser):
    client = browser("authority")
    document = SimpleUploadedFile("计划.txt", TEXT.encode())
    sent = client.post(reverse("plan:plan_import"), {"region": cast.city.pk, "file": document})
    plan = Plan.objects.get()
    confirm = reverse("plan:confirm", args=[plan.pk])
    assert (sent.status_code, sent["Location"]) == (302, confirm)
    while (waiting := plan.targets.filter(state="found").order_by("start").first()) is not None:
        page = client.get(confirm, {"at": waiting.pk})
        assert page.status_code == 200
        told = {name: value if value is not None else "" for name, value in page.context["form"].initial.items()}
        assert client.post(f"{confirm}?at={waiting.pk}", told).status_code == 422, "unseen nothing is confirmed"
        told["seen"] = waiting.stamp
        assert client.post(f"{confirm}?at={waiting.pk}", told).status_code == 302
    assert client.post(reverse("plan:plan_adopt", args=[plan.pk]), {"confirmed": "1"}).status_code == 302
    plan.refresh_from_db()
    assert plan.state == "in_force"
    assert Client().get(reverse("public_plan", args=[plan.pk])).status_code == 200


def test_the_text_carries_its_marks(cast, browser):
    client = browser("authority")
    client.post(reverse("plan:plan_import"), {"region": cast.city.pk, "text": TEXT + "<script>alert(1)</script>"})
    body = client.get(reverse("plan:confirm", args=[Plan.objects.get().pk])).content.decode()
    assert body.count('class="mark mark-target') == 2
    assert body.count('class="mark mark-goal') == 1
    assert 'class="mark-unit">市市场监管局' in body
    assert "<script>alert" not in body


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize("who", ["authority", "auditor", "administrator"])
def test_every_page_opens(cast, planned, browser, who, language):
    client = browser(who, language)
    plan = planned.plan.pk
    for path in (
        "plan:plan_list", "plan:task_list", "plan:achievement_list", "plan:targets",
    ):  # fmt: skip
        assert client.get(reverse(path)).status_code == 200
    for tab in ("overview", "records", "proofs", "history"):
        assert client.get(reverse("plan:plan", args=[plan]), {"tab": tab}).status_code == 200
    for one in PlanTarget.objects.all():
        assert client.get(reverse("plan:plan_target", args=[one.pk])).status_code == 200
    assert client.get(reverse("plan:plan_target_path", args=[planned.target.pk])).status_code == 200
    assert client.get(reverse("plan:task", args=[planned.task.pk])).status_code == 200
    assert client.get(reverse("plan:achievement", args=[planned.achievement.pk])).status_code == 200
    assert client.get(reverse("plan:snapshot", args=[planned.snapshot.pk])).status_code == 200
    moved = reverse("plan:snapshot_moved", args=[planned.snapshot.pk, planned.target.pk])
    assert client.get(moved).status_code == 200
    for name in ("model-units", "industrial-centres", "public-standards", "items-gained"):
        assert client.get(reverse("plan:target", args=[name])).status_code == 200
    assert client.get(reverse("plan:target_rows", args=["model-units", "numerator"])).status_code == 409


def test_what_can_not_be_read_is_said_beside_the_field(cast, browser):
    client = browser("authority", "zh-hans")
    for content in (b"\x00\x01\x02\x03" * 4000, b"%PDF-1.4 broken", "Только по-русски".encode() * 200):
        answer = client.post(
            reverse("plan:plan_import"), {"region": cast.city.pk, "file": SimpleUploadedFile("x.txt", content)}
        )
        assert answer.status_code == 422
        assert answer.context["form"].errors["file"]
    assert client.post(reverse("plan:plan_import"), {"region": cast.city.pk}).status_code == 422
    assert not Plan.objects.exists()


def test_a_report_a_rating_and_an_achievement_by_the_pages(cast, planned, browser):
    client = browser("authority")
    pdf = SimpleUploadedFile("证据.pdf", b"%PDF-1.4 x")
    report = {"unit": "市市场监管局", "on": "2026-03-01", "says": "已部署", "attached": pdf}
    assert client.post(reverse("plan:progress_report", args=[planned.task.pk]), report).status_code == 302
    assert planned.task.reports.count() == 1
    rating = {"on": "2026-03-01", "grade": "partly", "evidence": "通报", "dissent": "不同意", "reason": "年度"}
    assert client.post(reverse("plan:goal_rate", args=[planned.goal.pk]), rating).status_code == 302
    body = client.get(reverse("plan:plan_target", args=[planned.goal.pk])).content.decode()
    assert "不同意" in body and "%" not in body.split("Ratings")[1].split("</section>")[0].replace("percentage", "")
    told = {
        "kind": "brand", "level": "provincial", "stage": "completed", "name": "量牌衡器", "region": cast.city.pk,
        "authority": "省局", "document_number": "1号", "approved_on": "2025-01-01",
        "file": SimpleUploadedFile("批复.pdf", b"%PDF-1.4 x"),
    }  # fmt: skip
    assert client.post(reverse("plan:achievement_enter"), told).status_code == 302
    made = Achievement.objects.get(name="量牌衡器")
    assert client.post(reverse("plan:achievement_confirm", args=[made.pk]), {"confirmed": "1"}).status_code == 409


def test_the_public_page_needs_no_login_and_names_nobody(cast, planned):
    answer = Client(headers={"accept-language": "en"}).get(reverse("public_plan", args=[planned.plan.pk]))
    body = answer.content.decode()
    assert answer.status_code == 200
    for private in ("量县加油站", "authority", "verifier", cast.enterprise.credit_code):
        assert private not in body
    rows = list(csv.DictReader(io.StringIO(
        Client().get(reverse("public_plan_csv", args=[planned.plan.pk])).content.decode("utf-8-sig"))))  # fmt: skip
    told = json.loads(Client().get(reverse("public_plan_json", args=[planned.plan.pk])).content)
    assert {row["metric"]: row["status"] for row in rows} == {one["metric"]: one["status"] for one in told["targets"]}
    assert all(one["definition"] for one in told["targets"])
    assert told["last_snapshot"]["digest"] == planned.snapshot.digest


def test_a_milestone_with_a_name_of_its_own_is_named_in_public(cast, planned):
    outer = planned.target
    for metric in (outer.metric, "强制检定器具按期受检率"):
        PlanTarget.objects.create(
            act=outer.act, plan=planned.plan, within=outer, metric=metric, start=0, end=1, mode=outer.mode, goal=50,
            comparator=">=", unit="%", deadline=date(2026, 12, 31), indicator=outer.indicator, state="confirmed",
        )  # fmt: skip
    page = Client().get(reverse("public_plan", args=[planned.plan.pk])).content.decode()
    named = [line for line in page.split("<p ") if line.startswith('class="milestone"')]
    assert [("强制检定器具按期受检率" in line, outer.metric in line) for line in named] in (
        [(False, False), (True, False)], [(True, False), (False, False)]
    )  # fmt: skip


def test_a_draft_is_not_public(cast, browser):
    browser("authority").post(reverse("plan:plan_import"), {"region": cast.city.pk, "text": TEXT})
    plan = Plan.objects.get()
    for name in ("public_plan", "public_plan_csv", "public_plan_json"):
        assert Client().get(reverse(name, args=[plan.pk])).status_code == 404
    assert browser("foreign_authority").get(reverse("plan:confirm", args=[plan.pk])).status_code == 404


NAMES = (
    "value", "numerator", "denominator", "figure", "actual", "reached", "rows_hash", "digest", "expected", "forecast",
    "status", "absent", "baseline",
)  # fmt: skip
VALUES = dict.fromkeys(NAMES, "77")


@pytest.mark.parametrize("who", ["administrator", "authority", "owner"])
def test_nobody_can_type_a_value(cast, planned, browser, who):
    """Every address of plans and of the interface is sent a value under every name, as a form and as JSON."""
    client, target = browser(who), [planned.target, planned.plan.targets.get(indicator="model-units")]
    world = {
        "plan": planned.plan.pk, "plan_target": planned.target.pk, "plan_task": planned.task.pk, "part": "numerator",
        "achievement": planned.achievement.pk, "snapshot": planned.snapshot.pk, "target": "tested-rate",
        "close": "close", "scoring": planned.scoring.pk, "assessment": planned.assessment.pk,
        "consultation": planned.consultation.pk, "comment": planned.comment.pk, "resolution": planned.resolution.pk,
        "conference": planned.conference.pk, "plan_file": attachments_of(planned.achievement).get().pk,
    }  # fmt: skip
    before, kept = figures(planned, target), list(SnapshotFigure.objects.order_by("pk").values())
    for route in routes():
        if not route.name.startswith(("plan:", "/api/v1/plan/", "public_plan")):
            continue
        path = address(route, lambda name: world.get(name, name))
        as_json = {"data": json.dumps(VALUES), "content_type": "application/json"}
        with transaction.atomic():
            client.post(path, VALUES)
            for method in ("post", "put", "patch"):
                getattr(client, method)(path, **as_json)
            assert figures(planned, target) == before, path
            assert list(SnapshotFigure.objects.order_by("pk").values()) == kept, path
            transaction.set_rollback(True)


def figures(planned, targets):
    told = progress_of(planned.plan, date(2026, 3, 2), None, targets)
    return [(one.value, one.status, one.figure.numerator, one.figure.absent) for one in told]


def test_no_form_has_a_field_for_a_figure():
    from django import forms

    from hengliang.platform.plan.forms import achievements, plans, question, tasks

    named = {
        name
        for module in (achievements, plans, question, tasks)
        for form in vars(module).values()
        if isinstance(form, type) and issubclass(form, forms.Form)
        for name in form.base_fields
    }
    assert not named & (set(VALUES) - {"status"})


@pytest.mark.parametrize("name", ["plan:plan_list", "plan:task_list", "plan:achievement_list"])
def test_lists_ask_no_more_for_more_rows(cast, planned, browser, name):
    client = browser("authority")
    client.get(reverse(name))
    with CaptureQueriesContext(connection) as few:
        client.get(reverse(name))
    for _n in range(3):
        client.post(reverse("plan:plan_import"), {"region": cast.city.pk, "text": TEXT})
    with CaptureQueriesContext(connection) as many:
        client.get(reverse(name))
    assert len(few) == len(many) <= 14


def test_the_owner_sees_plans_above_only_when_concerned(cast, planned, browser):
    assert browser("owner").get(reverse("plan:plan", args=[planned.plan.pk])).status_code == 404
    assert browser("owner").get(reverse("plan:plan_list")).status_code == 200
