"""Districts scored by weights: two people put them in force, figures are computed, what has none is left out."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from hengliang.platform.core.errors import Blocked, InputRefused, NotPermitted
from hengliang.platform.core.rights import Actor
from hengliang.platform.plan.engine.figure import Figure
from hengliang.platform.plan.models import PlanTarget, Scoring
from hengliang.platform.plan.selectors import scoring as scored
from hengliang.platform.plan.services import Weighed, scoring_confirm, scoring_enter, scoring_refuse
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
    made = plan_of(cast)
    scoring_refuse(actor=Actor.system("test", NOW), scoring=made.scoring, reason="neu")
    return made


def entered(cast, planned, *weights: Weighed) -> Scoring:
    told = weights or (Weighed(planned.target, Decimal(100)),)
    return scoring_enter(actor=cast.actor("authority"), plan=planned.plan, weights=told)


def test_whoever_entered_the_weights_does_not_confirm_them(cast, planned) -> None:
    made = entered(cast, planned)
    with pytest.raises(Blocked, match="second person"):
        scoring_confirm(actor=cast.actor("authority"), scoring=made)
    assert scored.scoring_of(planned.plan) is None
    scoring_confirm(actor=Actor.system("second", NOW), scoring=made)
    assert scored.scoring_of(planned.plan) == made


@pytest.mark.parametrize("who", ["foreign_authority", "manager", "owner", "auditor"])
def test_only_the_authority_of_the_region_weighs(cast, planned, who) -> None:
    with pytest.raises(NotPermitted):
        scoring_enter(actor=cast.actor(who), plan=planned.plan, weights=[Weighed(planned.target, Decimal(100))])


def test_weights_make_a_hundred_over_targets_with_a_figure(cast, planned) -> None:
    for weight in (Decimal(99), Decimal("100.01"), Decimal(0)):
        with pytest.raises(InputRefused, match="100"):
            entered(cast, planned, Weighed(planned.target, weight))
    with pytest.raises(InputRefused, match="one weight"):
        entered(cast, planned, Weighed(planned.target, Decimal(50)), Weighed(planned.target, Decimal(50)))
    with pytest.raises(InputRefused, match="no figure"):
        entered(cast, planned, Weighed(planned.goal, Decimal(100)))
    counted = PlanTarget.objects.get(plan=planned.plan, indicator="model-units")
    with pytest.raises(InputRefused):  # no ledger of model units yet
        entered(cast, planned, Weighed(counted, Decimal(100), Decimal(10)))


def test_newer_weights_replace_older_ones_and_the_past_keeps_its_own(cast, planned) -> None:
    first, later = entered(cast, planned), Actor.system("later", NOW + timedelta(hours=2))
    scoring_confirm(actor=Actor.system("second", NOW), scoring=first)
    second = entered(cast, planned)
    scoring_confirm(actor=later, scoring=second)
    first.refresh_from_db()
    assert (first.state, scored.scoring_of(planned.plan)) == ("replaced", second)
    assert scored.scoring_of(planned.plan, NOW + timedelta(hours=1)) == first
    assert scored.scoring_of(planned.plan, NOW - timedelta(hours=1)) is None


def test_a_district_scores_its_share_of_the_demand_and_no_figure_is_no_zero(cast, planned, monkeypatch) -> None:
    """98 % demanded: 49 % reached gives half of the weight; a value above the demand gives all of it and no more."""
    made = entered(cast, planned)
    for value, points in (("49.00", "50.00"), ("99.50", "100.00")):
        monkeypatch.setattr(scored, "swept", _sweep(planned, Decimal(value)))
        (county,) = [one for one in scored.scores_of(made, ON) if one.region_id == cast.county.pk]
        assert (county.score, county.of, county.points) == (Decimal(points), Decimal("100.00"), Decimal(points))
    monkeypatch.setattr(scored, "swept", _sweep(planned, None))
    (county,) = [one for one in scored.scores_of(made, ON) if one.region_id == cast.county.pk]
    assert (county.score, county.of) == (None, Decimal(0))


def _sweep(planned, value):
    def swept(plan, targets, days, known_at=None, districts=()):
        figure = Figure(None, None, 49, 100, value)
        return {planned.target.indicator: {region: dict.fromkeys(days, figure) for region in districts}}

    return swept


def test_scores_come_from_the_ledger(cast, planned) -> None:
    """A district with one instrument due and not tested has reached nothing; one without any has no figure."""
    make_instrument(cast, "HL77", cast.scale, "电子计价秤")
    found = {one.region_id: one for one in scored.scores_of(entered(cast, planned), ON)}
    assert cast.county.pk in found
    assert all(one.score is None or 0 <= one.score <= 100 for one in found.values())


def test_the_pages_enter_and_show_and_never_ask_for_a_value(cast, planned) -> None:
    client = Client(headers={"accept-language": "en"})
    client.force_login(cast.accounts["authority"], backend="django.contrib.auth.backends.ModelBackend")
    enter = reverse("plan:scoring_enter", args=[planned.plan.pk])
    fields = client.get(enter).context["form"].fields
    assert {name.partition("_")[0] for name in fields} <= {"weight", "each", "remark"}
    assert client.post(enter, {f"weight_{planned.target.pk}": "90"}).status_code == 422
    assert client.post(enter, {f"weight_{planned.target.pk}": "100"}).status_code == 302
    made = Scoring.objects.get(state="entered")
    page = client.get(reverse("plan:scores", args=[planned.plan.pk])).content.decode()
    assert "a second person confirms it" in page
    refused = client.post(reverse("plan:scoring_confirm", args=[made.pk]), {"confirmed": "1"})
    assert refused.status_code in (403, 409, 422)
    scoring_confirm(actor=Actor.system("second", NOW), scoring=made)
    for query in ("", f"?snapshot={planned.snapshot.pk}"):
        assert client.get(reverse("plan:scores", args=[planned.plan.pk]) + query).status_code == 200
