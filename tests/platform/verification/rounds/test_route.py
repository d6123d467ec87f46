"""The route of a round as it is walked, and who wanted the round."""

from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.utils.translation import override

from hengliang.platform.core.models import Act
from hengliang.platform.verification.models import Round
from hengliang.platform.verification.rounds.papers import slip_model
from hengliang.platform.verification.rounds.route import as_numbered, walked
from hengliang.platform.verification.rounds.standing import standing_of
from hengliang.platform.verification.rounds.words import asked_by
from hengliang.platform.verification.services import round_cancel, round_plan
from tests.platform.cast import NOW
from tests.platform.verification.rounds.field import make_market, make_round


@dataclass
class Stop:
    rank: int


@dataclass
class Line:
    stop: Stop
    stall: str
    pk: int


def test_two_stands_before_ten_on_any_keyboard():
    stalls = ["10号", "２号", "9号", "55号", "A区3", "A区12", ""]
    assert sorted(stalls, key=as_numbered) == ["", "２号", "9号", "10号", "55号", "A区3", "A区12"]


def test_stops_go_first_then_stalls_then_entries():
    lines = [Line(Stop(1), "1号", 1), Line(Stop(0), "10号", 2), Line(Stop(0), "9号", 4), Line(Stop(0), "9号", 3)]
    assert [line.pk for line in walked(lines)] == [3, 4, 2, 1]


@pytest.mark.django_db
def test_the_list_and_the_slip_are_in_the_order_of_the_route(cast):
    shown = make_round(make_market(cast, scales=11, stalls=1), announced=False)
    stalls = [one.line.stall for one in standing_of(shown).subjects]
    assert stalls == [f"量县第1摊{n}号位" for n in range(11)]
    assert [row[1] for row in slip_model(shown, standing_of(shown))["rows"]] == stalls


@pytest.mark.django_db
def test_a_round_says_who_asked_for_it_or_who_planned_it(cast):
    world = make_market(cast, scales=1, stalls=1)
    with override("zh-hans"):
        filed = make_round(world, announced=False)
        assert asked_by(filed) == [("申报单位", "量县菜市场")]
        round_cancel(actor=world.actor("manager"), shown=filed, reason="改由检定机构安排")
        planned = round_plan(
            actor=world.actor("manager"), kind=Round.Kind.MARKET, body=world.cast.body, region=world.cast.county,
            place="量县菜市场", starts_on=NOW.date(), ends_on=NOW.date() + timedelta(days=1), instruments=world.scales,
            organiser=world.market,
        )  # fmt: skip
        name = Act.objects.get(pk=planned.act_id).account_name
        assert name and asked_by(planned) == [("计划人", name), ("组织方", "量县菜市场")]
