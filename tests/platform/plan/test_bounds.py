"""Days and figures that can't be are refused where they are entered, and an early day asks no page down."""

from datetime import date, timedelta
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from hengliang.platform.core.errors import InputRefused, StaleWrite
from hengliang.platform.plan.models import Comparator, Plan, PlanTarget
from hengliang.platform.plan.selectors.progress import Progress, meets, progress_of
from hengliang.platform.plan.selectors.progress import _with_status as with_status
from hengliang.platform.plan.services import (
    assessment_commission,
    consultation_open,
    member_join,
    plan_adopt,
    plan_correct,
    plan_import,
    plan_task_add,
    snapshot_take,
    target_add,
    target_confirm,
)
from hengliang.platform.plan.services.demand import demand_on
from hengliang.platform.plan.services.upper_bound import upper_bound
from tests.platform.cast import NOW
from tests.platform.plan.planned import demand_of, plan_of

pytestmark = pytest.mark.django_db
OLD = "量县计量发展规划（2020—2025年）\n一、主要目标\n到2025年，强制检定项目覆盖率达到60%以上。受检率达到98%以上。\n"
TEXT = """衡城市计量发展规划(2024—2027年)
一、主要目标
到2025年,新建社会公用计量标准10项以上。到2026年,新建社会公用计量标准20项以上。到2027年,新建社会公用计量标准30项以上。
到2027年,强制检定受检率达到98%以上。证书撤销率控制在2%以内。
"""


@pytest.fixture(autouse=True)
def english(language, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    with override("en"):
        yield


@pytest.fixture
def plan(cast) -> Plan:
    return plan_import(actor=cast.actor("authority"), region=cast.city, text=TEXT)


def confirm(cast, target: PlanTarget, **changed) -> PlanTarget:
    target.refresh_from_db()
    return target_confirm(actor=cast.actor("authority"), target=target, demand=demand_of(target, **changed))


def test_a_plan_older_than_the_catalogue_is_shown_and_says_what_was_not_known_then(cast) -> None:
    actor = cast.actor("authority")
    plan = plan_import(actor=actor, region=cast.city, text=OLD)
    for one in plan.targets.all():
        target_confirm(actor=actor, target=one, demand=demand_of(one))
    assert plan.targets.filter(indicator="item-coverage").exists()
    plan_adopt(actor=actor, plan=plan)
    snapshot = snapshot_take(actor=actor, plan=plan, title="期末", on=NOW.date())
    told = {one.target.indicator: one for one in progress_of(plan, date(2019, 12, 31))}
    assert told["item-coverage"].figure.absent == "no_source"
    assert told["item-coverage"].figure.listed_from > "2019-12-31"
    client = Client()
    client.force_login(cast.accounts["authority"], backend="django.contrib.auth.backends.ModelBackend")
    for name, key in (("plan:plan", plan.pk), ("public_plan", plan.pk), ("public_plan_csv", plan.pk),
                      ("public_plan_json", plan.pk), ("plan:snapshot", snapshot.pk)):  # fmt: skip
        assert client.get(reverse(name, args=[key])).status_code == 200, name


@pytest.mark.parametrize("day", [date(1, 1, 1), date(2016, 12, 31), date(2060, 1, 1), date(9999, 12, 31)])
def test_a_deadline_lies_within_the_reach_of_its_plan(cast, plan, day) -> None:
    with pytest.raises(InputRefused, match="deadline lies between"):
        confirm(cast, plan.targets.get(unit="%"), deadline=day)


@pytest.mark.parametrize(
    ("starts_on", "ends_on"),
    [(date(1, 1, 1), date(2027, 1, 1)), (date(1990, 1, 1), date(2027, 1, 1)), (date(2024, 1, 1), date(2099, 1, 1)),
     (date(2024, 1, 1), date(2024, 1, 1))],
)  # fmt: skip
def test_the_term_of_a_plan_is_one_that_a_ledger_can_answer_for(cast, plan, starts_on, ends_on) -> None:
    told = {"title": "x", "issuer": "", "issued_on": None, "starts_on": starts_on, "ends_on": ends_on}
    with pytest.raises(InputRefused):
        plan_correct(actor=cast.actor("authority"), plan=plan, **told)
    with pytest.raises(InputRefused):
        plan_import(actor=cast.actor("authority"), region=cast.city, text=TEXT, starts_on=starts_on, ends_on=ends_on)


@pytest.mark.parametrize(
    ("goal", "comparator"), [("-5", ">="), ("0", ">="), ("500", ">="), ("10000000000000", ">="), ("-1", "<="),
                             ("101", "<=")]
)  # fmt: skip
def test_a_goal_is_neither_reached_at_once_nor_beyond_the_whole(cast, plan, goal, comparator) -> None:
    with pytest.raises(InputRefused, match="goal"):
        confirm(cast, plan.targets.get(unit="%"), goal=Decimal(goal), comparator=comparator)


def test_an_upper_bound_may_be_nothing_and_a_count_more_than_a_hundred(cast, plan) -> None:
    assert confirm(cast, plan.targets.get(unit="%"), goal=Decimal(0), comparator="<=").goal == 0
    assert confirm(cast, plan.targets.get(goal=30), goal=Decimal(500)).goal == 500


def test_a_form_without_what_was_seen_overwrites_nothing(cast, plan) -> None:
    one = plan.targets.get(unit="%")
    with pytest.raises(StaleWrite):
        target_confirm(actor=cast.actor("authority"), target=one, demand=demand_on(one), seen="")


def three(plan: Plan) -> list[PlanTarget]:
    return list(plan.targets.filter(unit="项").order_by("goal"))


def test_milestones_that_were_read_lie_one_level_deep(cast, plan) -> None:
    first, second, last = three(plan)
    assert (first.within_id, second.within_id, last.within_id) == (last.pk, last.pk, None)


def test_milestones_form_no_ring(cast, plan) -> None:
    first, second, last = three(plan)
    with pytest.raises(InputRefused, match="no milestones of its own"):
        confirm(cast, last, within_id=first.pk)
    with pytest.raises(InputRefused, match="no milestones of its own"):
        confirm(cast, first, within_id=second.pk)


@pytest.mark.parametrize(
    ("changed", "says"),
    [({"deadline": date(2027, 12, 31)}, "earlier deadline"), ({"deadline": None}, "earlier deadline"),
     ({"goal": Decimal(31)}, "more than its target"), ({"unit": "家", "indicator": ""}, "unit or the indicator")],
)  # fmt: skip
def test_a_milestone_is_an_earlier_smaller_figure_of_the_same_thing(cast, plan, changed, says) -> None:
    first, _second, _last = three(plan)
    with pytest.raises(InputRefused, match=says):
        confirm(cast, first, **changed)
    assert confirm(cast, first).within_id is not None


def test_a_target_is_not_moved_before_its_milestones(cast, plan) -> None:
    with pytest.raises(InputRefused, match="would not lie before"):
        confirm(cast, three(plan)[2], deadline=date(2025, 6, 30))


@pytest.mark.parametrize(
    ("words", "read"),
    [("证书撤销率控制在2%以内", ("证书撤销率", "2", "%")), ("投诉处理超期率不超过1%", ("投诉处理超期率", "1", "%")),
     ("万人投诉率降至3件以下", ("万人投诉率", "3", "件")), ("平均用时低于2.5天。", ("平均用时", "2.5", "天"))],
)  # fmt: skip
def test_an_upper_bound_is_read_in_its_words(words, read) -> None:
    assert upper_bound(words) == (read[0], Decimal(read[1]), read[2])
    assert upper_bound("受检率达到98%以上") is None
    assert upper_bound("撤销率控制在2%左右") is None


def test_an_upper_bound_listed_as_not_understood_is_added_with_one_click(cast, plan) -> None:
    client = Client(headers={"accept-language": "en"})
    client.force_login(cast.accounts["authority"], backend="django.contrib.auth.backends.ModelBackend")
    (listed,) = [one for one in plan.found["unparsed"] if one["reason"] == "upper bound"]
    assert "Add as an upper bound" in client.get(reverse("plan:confirm", args=[plan.pk])).content.decode()
    assert client.post(reverse("plan:goal_add", args=[plan.pk]), {"quote": listed["text"]}).status_code == 302
    made = plan.targets.get(origin="added")
    assert (made.metric, made.comparator, made.goal, made.unit, made.mode) == ("证书撤销率", "<=", 2, "%", "ratio")
    assert confirm(cast, made).state == "confirmed"


@pytest.mark.parametrize(
    ("value", "late", "partial", "status"),
    [("1.5", (), False, "reached"), ("2", (), False, "reached"), ("3", (), False, "behind"),
     ("3", ("甲",), False, "behind"), ("1", ("甲",), False, "unknown"), ("1", (), True, "unknown"),
     ("3", (), True, "behind")],
)  # fmt: skip
def test_how_an_upper_bound_stands(value, late, partial, status) -> None:
    """A count that lacks rows can only grow: above the bound it stays there, below it nothing is known."""
    target = PlanTarget(goal=Decimal(2), comparator=Comparator.AT_MOST, mode="stock")
    figure = SimpleNamespace(value=Decimal(value), denominator=None, absent="")
    told = Progress(target, "unknown", NOW.date(), None, figure, Decimal(9), Decimal("2.5"), late=late, partial=partial)
    assert with_status(told).status == status
    assert meets(Decimal(value), target) is (Decimal(value) <= 2)


def test_a_term_for_comments_does_not_begin_in_the_past(cast) -> None:
    told = {"actor": cast.actor("authority"), "region": cast.city, "title": "稿", "clauses": [("一", "甲")]}
    with pytest.raises(InputRefused, match="not open before"):
        consultation_open(**told, opens_on=NOW.date() - timedelta(days=60), closes_on=NOW.date())
    with pytest.raises(InputRefused, match="not open before"):
        consultation_open(**told, opens_on=date(1, 1, 1), closes_on=NOW.date())


def test_other_days_that_must_be_slips(cast) -> None:
    made = plan_of(cast)
    for day in (date(1, 1, 1), date(9999, 12, 31)):
        with pytest.raises(InputRefused, match="too far off"):
            member_join(actor=cast.actor("authority"), conference=made.conference, name="市商务局", on=day)
    for due_on in (date(2020, 1, 1), date(9999, 12, 31)):
        with pytest.raises(InputRefused, match="handed in today or later"):
            assessment_commission(
                actor=cast.actor("authority"), snapshot=made.snapshot, kind="final",
                assessor=cast.foreign_enterprise, due_on=due_on,
            )  # fmt: skip


def test_a_unit_named_twice_stands_once_and_leads(cast, plan) -> None:
    made = plan_task_add(
        actor=cast.actor("authority"), plan=plan, title="任务", units=["市财政局", "市商务局", "市财政局"]
    )
    assert list(made.units.values_list("name", "role")) == [("市财政局", "lead"), ("市商务局", "joint")]


def test_a_target_added_by_words_may_be_an_upper_bound_elsewhere(cast, plan) -> None:
    made = target_add(actor=cast.actor("authority"), plan=plan, quote="证书撤销率控制在2%以内")
    assert made.deadline == plan.ends_on
