"""Changes to the targets of a plan in force: those that wait, and those that were made, in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from hengliang.platform.plan.models import Plan, PlanTarget, Snapshot, TargetAmendment
from hengliang.platform.plan.selectors.frozen import demand_of, demanded, target_then
from hengliang.platform.plan.states import CONFIRMED
from hengliang.platform.plan.suggestions import every_indicator
from hengliang.platform.plan.words import demand_words, title_of


@dataclass(frozen=True)
class Changed:
    """What became of a target, in words; `reason` and `at` as the amendment has them."""

    metric: str
    says: str
    reason: str
    at: datetime | None
    amendment: TargetAmendment | None = None


def demand_held(target: PlanTarget) -> dict[str, Any]:
    """The demand of a target as plain data; empty for one that is not confirmed, and so demands nothing."""
    return held(target) if target.state == CONFIRMED else {}


def held(target: PlanTarget) -> dict[str, Any]:
    """All that a demand consists of."""
    return demand_of(target) | {"indicator": target.indicator, "within": target.within_id}


def target_after(amendment: TargetAmendment) -> PlanTarget:
    """The target as a change wants it; never saved."""
    return _then(amendment.target_id, amendment.after)


def _then(key: int, demand: Mapping[str, Any]) -> PlanTarget:
    then = target_then(key, demand, demand["indicator"])
    then.within_id = demand["within"]
    return then


def waiting_of(plan: Plan) -> list[Changed]:
    """The changes that wait for a second person."""
    return [changed(one) for one in _of(plan).filter(state="proposed")]


def changes_since(plan: Plan, snapshot: Snapshot | None) -> list[Changed]:
    """What was changed since a snapshot, or since the plan is in force; also what a snapshot shows to be another demand
    than today's though nobody entered why."""
    rows = _of(plan).filter(state="confirmed")
    if snapshot is None:
        return [changed(one) for one in rows]
    found = [changed(one) for one in rows.filter(confirmed_at__gt=snapshot.known_at)]
    told = {one.amendment.target_id for one in found if one.amendment}
    today = {one.pk: one for one in plan.targets.all()}
    for row, then in demanded(snapshot):
        now = today[row.target_id]
        before = held(then) | {"within": now.within_id}
        after = demand_held(now)
        if row.target_id not in told and before != after:
            found.append(Changed(then.metric, said(then, now if after else None), "", None))
    return found


def _of(plan: Plan) -> Any:
    return TargetAmendment.objects.filter(target__plan=plan).order_by("pk")


def changed(one: TargetAmendment) -> Changed:
    """One change in words."""
    before = _then(one.target_id, one.before) if one.before else None
    after = _then(one.target_id, one.after) if one.after else None
    return Changed(str(one), said(before, after), one.reason, one.confirmed_at, one)


def said(before: PlanTarget | None, after: PlanTarget | None) -> str:
    """“Goal from ≥ 98 % to ≥ 50 %; deadline from … to …”, “dropped”, “added: ≥ 50 %”."""
    if after is None:
        return _("the target is dropped")
    if before is None:
        return _("the target is added: %(demand)s") % {"demand": demand_words(after)}
    parts = [
        _("%(what)s changed from %(before)s to %(after)s") % {"what": what, "before": old, "after": new}
        for (what, old), (_what, new) in zip(_shown(before), _shown(after), strict=True)
        if old != new
    ]
    return _("; ").join(parts)


def _shown(target: PlanTarget) -> list[tuple[str, str]]:
    indicator = every_indicator().get(target.indicator)
    return [
        (_("goal"), demand_words(target)),
        (_("deadline"), target.deadline.isoformat() if target.deadline else "–"),
        (_("name"), target.metric),
        (_("way of counting"), str(target.get_mode_display())),
        (_("indicator"), title_of(indicator) if indicator else "–"),
        (_("firmness"), str(target.get_firmness_display())),
        (_("milestone within"), _metric_of(target.within_id)),
    ]


def _metric_of(key: int | None) -> str:
    return PlanTarget.objects.get(pk=key).metric if key else "–"
