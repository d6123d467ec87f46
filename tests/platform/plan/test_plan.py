"""A document becomes a plan: read, confirmed, in force, its targets computed and frozen."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction

from hengliang.platform.core.errors import Blocked, InputRefused, NotPermitted, TransitionRefused
from hengliang.platform.core.models import LogEntry
from hengliang.platform.plan.forms.plans import PlanForm
from hengliang.platform.plan.models import Achievement, Plan, PlanTarget, SnapshotFigure
from hengliang.platform.plan.selectors.checks import checks_of
from hengliang.platform.plan.selectors.progress import progress_of
from hengliang.platform.plan.selectors.snapshots import compare, moved_since
from hengliang.platform.plan.services import (
    Demand,
    achievement_confirm,
    achievement_enter,
    achievement_refuse,
    achievement_withdraw,
    goal_rate,
    plan_adopt,
    plan_correct,
    plan_drop,
    plan_import,
    plan_task_close,
    progress_report,
    snapshot_take,
    target_add,
    target_confirm,
    target_drop,
    target_restore,
)
from hengliang.platform.standards.services import standard_certificate_enter, standard_enter
from tests.platform.cast import NOW

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4 proof"
TEXT = """衡城市计量发展规划(2024—2027年)
一、主要目标
到2027年,全市现代先进测量体系基本建成。
(一)新建和改造社会公用计量标准60项以上。到2025年,新建、改造社会公用计量标准50项以上。
(二)到2027年,培育诚信计量示范单位1000家。强制检定受检率达到98%以上。
(三)到2027年,新增省级产业计量测试中心1-2家。
二、重点任务
(四)完善量值传递溯源体系。加强社会公用计量标准建设。(市市场监管局牵头,市发展改革委、市财政局配合)
"""


@pytest.fixture(autouse=True)
def store(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def plan(cast) -> Plan:
    return plan_import(actor=cast.actor("authority"), region=cast.city, text=TEXT)


def confirmed(cast, plan: Plan) -> Plan:
    for one in plan.targets.filter(state="found").order_by("start"):
        if one.qualitative:
            demand = Demand(one.metric, one.mode, deadline=one.deadline, indicator=one.indicator)
        else:
            demand = Demand(
                one.metric, one.mode, one.firmness, one.comparator, one.goal, one.goal_upper, one.unit, one.deadline,
                one.indicator, one.within_id,
            )  # fmt: skip
        target_confirm(actor=cast.actor("authority"), target=one, demand=demand)
    return plan_adopt(actor=cast.actor("authority"), plan=plan)


def target(plan: Plan, indicator: str) -> PlanTarget:
    return plan.targets.filter(indicator=indicator, within=None).get()


def achieve(cast, name="衡城市产业计量测试中心", day=date(2025, 3, 1), **more) -> Achievement:
    told = {
        "kind": "industrial_centre", "level": "provincial", "region": cast.city, "authority": "省市场监管局",
        "document_number": "衡市监〔2025〕1号", "approved_on": day, "name": name,
    }  # fmt: skip
    return achievement_enter(actor=cast.actor("authority"), file=ContentFile(PDF, "批复.pdf"), **(told | more))


def second(cast, at=NOW):
    """Another person of the same authority."""
    from tests.platform.cast import make_account

    if "authority2" not in cast.accounts:
        from hengliang.platform.core.rights import Role

        cast.accounts["authority2"] = make_account("authority2", Role.AUTHORITY, cast.authority, cast.city)
    return cast.actor("authority2", at)


def test_what_is_found_waits_at_its_place_in_the_text(plan):
    found = list(plan.targets.order_by("start"))
    assert all(plan.text[one.start : one.end].strip() == one.text for one in found)
    figures = {one.indicator: (one.comparator, one.goal, one.goal_upper) for one in found if one.within_id is None}
    assert figures["public-standards-new"][1] == 60
    assert figures["model-units"] == (">=", Decimal(1000), None)
    assert figures["tested-rate"][1] == 98
    assert figures["provincial-centres-new"] == ("range", Decimal(1), Decimal(2))
    assert [one.mode for one in found].count("qualitative") == 1
    assert {one.state for one in found} == {"found"}
    assert (plan.starts_on.year <= 2024, plan.ends_on) == (True, date(2027, 12, 31))


def test_fifty_by_2025_lies_within_sixty_by_2027(plan):
    inner = plan.targets.get(goal=50)
    assert (inner.deadline, inner.within.goal, inner.within.deadline) == (date(2025, 12, 31), 60, date(2027, 12, 31))


TERMS = """量县推进计量高质量发展行动方案（2025—2028年）
一、目标
到2030年，强制检定受检率达到98%以上。
二、任务
（一）建标。2026年6月底前制定建标计划。（县市场监管局牵头）
（二）评估。2026年开展中期评估，2028年开展终期评估。（县市场监管局牵头）
（三）科普。开展计量宣传。（县市场监管局、县教育局、县科协）
"""


def test_the_term_is_that_of_the_title_and_tasks_have_the_days_of_their_clauses(cast):
    told = plan_import(actor=cast.actor("authority"), region=cast.county, text=TERMS)
    assert (told.starts_on, told.ends_on) == (date(2025, 1, 1), date(2028, 12, 31))
    assert [one.due_on for one in told.tasks.order_by("pk")] == [
        date(2026, 6, 30), date(2028, 12, 31), date(2028, 12, 31)
    ]  # fmt: skip
    assert [one.name for one in told.tasks.order_by("pk").last().units.all()] == ["县市场监管局", "县教育局", "县科协"]


def test_a_document_whose_deadlines_lie_before_its_first_year_is_read(cast):
    late = "衡城市计量行动方案（2026—2028年）\n一、目标\n到2025年，强制检定受检率达到98%以上。\n"
    told = plan_import(actor=cast.actor("authority"), region=cast.city, text=late)
    assert (told.starts_on, told.ends_on) == (date(2026, 1, 1), date(2028, 12, 31))


@pytest.mark.parametrize("follow", [True, False])
def test_tasks_follow_the_end_of_their_plan_when_asked(cast, follow):
    told = plan_import(actor=cast.actor("authority"), region=cast.county, text=TERMS)
    facts = {"title": told.title, "issuer": "", "issued_on": None, "starts_on": told.starts_on}
    plan_correct(actor=cast.actor("authority"), plan=told, ends_on=date(2029, 6, 30), tasks_follow=follow, **facts)
    ends = date(2029, 6, 30) if follow else date(2028, 12, 31)
    assert [one.due_on for one in told.tasks.order_by("pk")] == [date(2026, 6, 30), ends, ends]
    form = PlanForm(told)
    assert ("tasks_follow" in form.fields) is follow


def test_two_targets_of_one_indicator_with_different_objects_are_two(cast):
    text = """量县计量行动方案（2024—2028年）
一、目标
到2026年，强制检定项目覆盖率达到55%以上。到2028年，推动电子计价秤强制检定全覆盖。
到2026年，培育集贸市场诚信计量示范单位20家。到2028年，培育加油站诚信计量示范单位50家。
到2025年，新建社会公用计量标准50项。到2027年，新建和改造社会公用计量标准60项。
"""
    told = plan_import(actor=cast.actor("authority"), region=cast.city, text=text)
    assert {one.metric: one.within.metric for one in told.targets.exclude(within=None)} == {
        "社会公用计量标准": "社会公用计量标准"
    }
    assert told.targets.get(metric="强制检定项目覆盖率").indicator == "item-coverage"
    assert told.targets.get(metric__startswith="电子计价秤").indicator == ""


def test_the_first_unit_leads_and_known_ones_are_matched(cast, plan):
    units = list(plan.tasks.get().units.values_list("name", "role", "organisation_id"))
    assert units[0] == ("市市场监管局", "lead", cast.authority.pk)
    assert [(name, role, org) for name, role, org in units[1:]] == [
        ("市发展改革委", "joint", None), ("市财政局", "joint", None)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty_document"),
        (b"\x00\x01\x02\x03" * 4000, "unsupported_format"),
        (b"\x89PNG\r\n\x1a\n0000", "unsupported_format"),
        (b"%PDF-1.4 broken", "damaged_document"),
        (("The quick brown fox jumps over the lazy dog. " * 50).encode(), "wrong_language"),
    ],
)
def test_what_can_not_be_read_says_why(cast, content, code):
    with pytest.raises(InputRefused) as refused:
        plan_import(actor=cast.actor("authority"), region=cast.city, file=ContentFile(content, "x.txt"))
    assert refused.value.params["reason"] == code
    assert str(refused.value)
    assert not Plan.objects.exists()


def test_fifty_megabytes_are_refused_before_they_are_read(cast):
    class Huge(ContentFile):
        def read(self, *args):  # pragma: no cover - must not be called
            raise AssertionError("read")

    huge = Huge(b"x", "x.txt")
    huge.size = 50 * 2**20
    with pytest.raises(InputRefused, match="50"):
        plan_import(actor=cast.actor("authority"), region=cast.city, file=huge)


def test_a_plan_comes_into_force_once_nothing_waits(cast, plan):
    actor = cast.actor("authority")
    with pytest.raises(Blocked):
        plan_adopt(actor=actor, plan=plan)
    confirmed(cast, plan)
    plan.refresh_from_db()
    assert plan.state == "in_force"
    with pytest.raises(TransitionRefused):
        plan_drop(actor=actor, plan=plan, reason="不是规划")


def test_corrections_stand_in_the_log_and_drops_have_reasons(cast, plan):
    actor, one = cast.actor("authority"), plan.targets.filter(indicator="tested-rate").get()
    demand = Demand("受检率", "standing", comparator=">=", goal=Decimal(97), unit="%", indicator="tested-rate")
    target_confirm(actor=actor, target=one, demand=demand)
    content = LogEntry.objects.filter(act__kind="target_confirm").latest("act_id").payload
    assert content["changes"]["goal"] == ["98.0000", "97"]
    with pytest.raises(InputRefused):
        target_drop(actor=actor, target=one, reason=" ")
    target_drop(actor=actor, target=one, reason="重复")
    target_restore(actor=actor, target=one)
    assert one.state == "found"


def test_a_missed_target_is_added_by_the_words_of_the_text(cast, plan):
    actor = cast.actor("authority")
    target_drop(actor=actor, target=plan.targets.get(indicator="model-units"), reason="试一下")
    made = target_add(actor=actor, plan=plan, quote="到2027年,培育诚信计量示范单位1000家")
    assert (made.goal, made.deadline, made.indicator) == (1000, date(2027, 12, 31), "model-units")
    assert plan.text[made.start : made.end] == made.text
    for words in ("这句话不在文中999家", ""):
        with pytest.raises(InputRefused):
            target_add(actor=actor, plan=plan, quote=words)
    with pytest.raises(InputRefused):
        target_add(actor=actor, plan=plan, quote=made.text)


def test_what_does_not_hang_together_is_refused(cast, plan):
    actor, one = cast.actor("authority"), plan.targets.filter(indicator="tested-rate").get()
    for wrong in (
        Demand("x", "new"),
        Demand("x", "new", comparator="range", goal=Decimal(1)),
        Demand("x", "new", comparator="range", goal=Decimal(2), goal_upper=Decimal(1)),
        Demand("x", "new", comparator=">=", goal=Decimal(2), indicator="no-such"),
        Demand("x", "new", comparator=">=", goal=Decimal(2), within_id=one.pk),
    ):
        with pytest.raises(InputRefused):
            target_confirm(actor=actor, target=one, demand=wrong)


def test_others_may_not(cast, plan):
    for name in ("owner", "verifier", "auditor", "administrator", "foreign_authority"):
        with pytest.raises(NotPermitted):
            plan_adopt(actor=cast.actor(name), plan=plan)
        with pytest.raises(NotPermitted):
            plan_import(actor=cast.actor(name), region=cast.city, text=TEXT)


def test_no_ledger_is_no_source_and_the_range_is_met_at_its_lower_end(cast, plan):
    confirmed(cast, plan)
    told = {one.target.indicator: one for one in progress_of(plan, NOW.date()) if one.target.within_id is None}
    assert told["model-units"].status == "no_source"
    assert told["provincial-centres-new"].status == "no_source"
    assert told["tested-rate"].status == "no_source"
    assert told["goal-rating"].status == "unrated"
    made = achieve(cast)
    assert {o.target.indicator: o.status for o in progress_of(plan, NOW.date())}["provincial-centres-new"] == "behind"
    achievement_confirm(actor=second(cast), achievement=made)
    assert {o.target.indicator: o.status for o in progress_of(plan, NOW.date())}["provincial-centres-new"] == "reached"


@pytest.mark.parametrize(
    "told",
    [
        {"document_number": "衡市监[2025]1号"}, {"document_number": "衡市监〔２０２５〕 １ 号"}, {"level": "national"},
        {"name": "另一个中心"}, {"kind": "culture_base"}, {"authority": "示例省市场监督管理局"},
    ],
)  # fmt: skip
def test_one_document_is_not_counted_twice(cast, told):
    achieve(cast)
    with pytest.raises(InputRefused) as refused:
        achieve(cast, **told)
    assert refused.value.code in ("document_there", "achievement_there")


def test_another_of_the_same_document_says_why_and_is_shown_to_who_confirms(cast, client):
    from django.urls import reverse

    first = achieve(cast)
    another = achieve(cast, "第二中心", apart="同一批复批准两个中心", document_number="衡市监[2025]01号")
    with pytest.raises(InputRefused):
        achieve(cast, "第二 中心", apart="再来一次")
    second(cast)
    client.force_login(cast.accounts["authority2"], backend="django.contrib.auth.backends.ModelBackend")
    page = client.get(reverse("plan:achievement_confirm", args=[another.pk])).content.decode()
    assert first.document_number in page
    assert "同一批复批准两个中心" in page
    assert "同一批复批准两个中心" in client.get(reverse("plan:achievement", args=[another.pk])).content.decode()
    achieve(cast, "衡城市产业计量测试中心（一期）", document_number="衡市监〔2025〕9号")
    page = client.get(reverse("plan:achievement_confirm", args=[first.pk])).content.decode()
    assert "衡市监〔2025〕9号" in page


@pytest.mark.parametrize("day", [date(1, 1, 1), date(1999, 12, 31)])
def test_a_document_from_before_there_were_kinds_is_refused(cast, day):
    with pytest.raises(InputRefused) as refused:
        achieve(cast, day=day)
    assert refused.value.code == "approved_early"


def test_no_snapshot_speaks_of_a_day_before_the_plan(cast, plan):
    plan = confirmed(cast, plan)
    for day in (date(1, 1, 1), date(1900, 1, 1), plan.starts_on - timedelta(days=1)):
        with pytest.raises(InputRefused) as refused:
            snapshot_take(actor=cast.actor("authority"), plan=plan, title="早", on=day)
        assert refused.value.code == "snapshot_before"


def test_a_second_person_confirms_and_only_then_it_counts(cast, plan):
    confirmed(cast, plan)
    made = achieve(cast)
    for act in (achievement_confirm, lambda **k: achievement_refuse(reason="不符", **k)):
        with pytest.raises(Blocked):
            act(actor=cast.actor("authority"), achievement=made)
    with pytest.raises(InputRefused):
        achieve(cast)
    achievement_confirm(actor=second(cast), achievement=made)
    later = NOW + timedelta(days=3)
    withdrawn = achievement_withdraw(
        actor=cast.actor("authority", later), achievement=made, on=date(2026, 3, 4), reason="撤销"
    )
    assert withdrawn.state == "withdrawn"
    one = [target(plan, "provincial-centres-new")]
    assert progress_of(plan, date(2026, 3, 3), None, one)[0].value == 1
    assert progress_of(plan, date(2026, 3, 4), None, one)[0].value == 0


def test_a_snapshot_stays_as_it_was_known_and_the_difference_is_explained(cast, plan):
    confirmed(cast, plan)
    made = achieve(cast)
    achievement_confirm(actor=second(cast), achievement=made)
    snapshot = snapshot_take(
        actor=cast.actor("authority", NOW + timedelta(hours=1)), plan=plan, title="中期", on=NOW.date()
    )
    assert all(one.agrees and not one.moved for one in compare(snapshot))
    late = NOW + timedelta(days=10)
    back = achieve(cast, "量县产业计量测试中心", date(2026, 1, 5), document_number="〔2026〕5号")
    achievement_confirm(actor=second(cast, late), achievement=back)
    achievement_withdraw(actor=cast.actor("authority", late), achievement=made, on=date(2025, 3, 1), reason="文件有误")
    found = {one.frozen.indicator: one for one in compare(snapshot)}
    one = found["provincial-centres-new"]
    assert all(each.agrees for each in found.values())
    assert (one.frozen.value, one.now.value, one.moved) == (1, 1, False)
    achieve(cast, "第三中心", date(2026, 1, 6), document_number="〔2026〕6号")
    third = Achievement.objects.get(name="第三中心")
    achievement_confirm(actor=second(cast, late), achievement=third)
    one = {each.frozen.indicator: each for each in compare(snapshot)}["provincial-centres-new"]
    assert (one.frozen.value, one.now.value, one.moved, one.agrees) == (1, 2, True, True)
    moved = moved_since(one.frozen, one.now.figure.scope)
    assert {(m.name, m.entered, m.act.kind) for m in moved} == {
        ("衡城市产业计量测试中心", False, "achievement_withdraw"),
        ("量县产业计量测试中心", True, "achievement_confirm"),
        ("第三中心", True, "achievement_confirm"),
    }


def test_the_database_itself_keeps_snapshots_as_they_are(cast, plan):
    confirmed(cast, plan)
    snapshot = snapshot_take(actor=cast.actor("authority"), plan=plan, title="中期", on=NOW.date())
    payload = LogEntry.objects.get(act=snapshot.act).payload
    assert payload["digest"] == snapshot.digest
    for change in (
        lambda: SnapshotFigure.objects.filter(snapshot=snapshot).update(value=99),
        lambda: SnapshotFigure.objects.filter(snapshot=snapshot).delete(),
        lambda: type(snapshot).objects.filter(pk=snapshot.pk).update(digest="0"),
    ):
        with pytest.raises(Exception, match=r"(?i)cannot|frozen"), transaction.atomic():
            change()


def test_a_deadline_that_has_passed_has_its_final_value(cast, plan):
    confirmed(cast, plan)
    build(cast, 3, date(2024, 6, 1))
    build(cast, 2, date(2026, 1, 10))
    inner = plan.targets.get(goal=50)
    told = {one.target.pk: one for one in progress_of(plan, NOW.date())}
    assert (told[inner.pk].final, told[inner.pk].value, told[inner.pk].figure.on) == (True, 3, date(2025, 12, 31))
    assert told[inner.pk].status == "unknown", "a lower bound can't say that it was missed"
    outer = told[inner.within_id]
    assert (outer.final, outer.value, outer.partial) == (False, 5, True)
    assert outer.forecast > outer.value > 0
    assert outer.expected == pytest.approx(Decimal(60) * 791 / 1461, rel=Decimal("0.02"))


def build(cast, count: int, day: date) -> None:
    from hengliang.platform.standards.models import MeasurementStandard, StandardCertificate

    manager = cast.actor("manager", datetime(day.year, day.month, day.day, 4, tzinfo=UTC))
    for n in range(count):
        made = standard_enter(
            actor=manager, organisation=cast.body, name=f"装置{n}", level=MeasurementStandard.Level.PUBLIC,
            items=[cast.scale],
        )  # fmt: skip
        standard_certificate_enter(
            actor=manager, standard=made, kind=StandardCertificate.Kind.PUBLIC, issuer="省院", number=f"{day}-{n}",
            valid_from=day, valid_until=day + timedelta(days=1460),
        )  # fmt: skip


def test_stock_is_baseline_plus_new_less_gone(cast, plan):
    build(cast, 2, date(2021, 1, 1))
    build(cast, 3, date(2025, 6, 1))
    check = next(one for one in checks_of(plan, NOW.date()) if one.kind == "balance")
    assert (check.holds, check.baseline, check.new, check.gone, check.stock) == (True, 2, 3, 2, 3)
    subsets = [one for one in checks_of(plan, NOW.date()) if one.kind == "subset"]
    assert subsets and all(one.holds is None for one in subsets), "no source: can't be checked"


def test_a_goal_is_rated_in_words_with_evidence_and_dissent(cast, plan):
    confirmed(cast, plan)
    goal = target(plan, "goal-rating")
    actor = cast.actor("authority")
    made = goal_rate(
        actor=actor, target=goal, on=NOW.date(), grade="largely", evidence="省局通报", dissent="县局认为未达",
        reason="中期评估",
    )  # fmt: skip
    told = next(one for one in progress_of(plan, NOW.date()) if one.target.pk == goal.pk)
    assert (told.status, told.rating, told.value) == ("rated", made, None)
    with pytest.raises(Blocked):
        goal_rate(actor=actor, target=target(plan, "tested-rate"), on=NOW.date(), grade="reached", evidence="x",
                  reason="x")  # fmt: skip


def test_units_report_with_evidence_and_the_task_is_closed(cast, plan):
    task = plan.tasks.get()
    actor = cast.actor("authority")
    with pytest.raises(Blocked):
        progress_report(actor=actor, task=task, unit="市市场监管局", on=NOW.date(), says="已部署")
    confirmed(cast, plan)
    task.plan.refresh_from_db()
    report = progress_report(
        actor=actor, task=task, unit="市市场监管局", on=NOW.date(), says="已部署", files=[ContentFile(PDF, "通知.pdf")]
    )
    assert report.task.reports.count() == 1
    with pytest.raises(InputRefused):
        progress_report(actor=actor, task=task, unit="市教育局", on=NOW.date(), says="已部署")
    plan_task_close(actor=actor, task=task, reason="完成")
    with pytest.raises(Blocked):
        progress_report(actor=actor, task=task, unit="市市场监管局", on=NOW.date(), says="再报")


def test_an_achievement_names_its_document_once(cast):
    made = achieve(cast)
    with pytest.raises(IntegrityError), transaction.atomic():
        Achievement.objects.create(
            act=made.act, kind=made.kind, level=made.level, stage=made.stage, name=made.name, region=made.region,
            document_number=made.document_number, approved_on=made.approved_on, authority="x", state="entered",
        )  # fmt: skip
    for wrong in ({"kind": "castle"}, {"stage": "half"}, {"approved_on": date(2027, 1, 1)}):
        with pytest.raises(InputRefused):
            achieve(cast, "别的", **wrong)
