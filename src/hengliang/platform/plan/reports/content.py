"""What the report of an assessment says, in the language of the reader. Figures are those frozen in its snapshot."""

from collections import Counter
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hengliang.platform.core.listed import listed
from hengliang.platform.core.pages.looks import look_of
from hengliang.platform.plan.looks import look_key
from hengliang.platform.plan.models import GoalRating, PlanAssessment
from hengliang.platform.plan.selectors.assessments import Assessed, assessed
from hengliang.platform.plan.selectors.frozen import plan_then
from hengliang.platform.plan.selectors.frozen_scores import frozen_scores, frozen_weights
from hengliang.platform.plan.selectors.scoring import DistrictScore
from hengliang.platform.plan.words import demand_words


@dataclass(frozen=True)
class Grid:
    """A table: its title, its heads, its rows; `wide` where the last column holds prose."""

    title: str
    heads: tuple[str, ...]
    rows: list[tuple[str, ...]]
    wide: bool = False


@dataclass(frozen=True)
class Report:
    """Title, facts, tables and parts of text, in the order of the paper."""

    title: str
    language: str
    facts: list[tuple[str, str]]
    grids: list[Grid]
    parts: list[tuple[str, list[str]]]

    def as_data(self) -> dict[str, Any]:
        """As plain data for a template."""
        return asdict(self)


def report_of(shown: PlanAssessment) -> Report:
    """The content of the report; the figures carry the hash of their snapshot."""
    snapshot, rows, plan = shown.snapshot, assessed(shown), plan_then(shown.snapshot)
    facts = [
        (_("Assessing organisation"), shown.assessor.name),
        (_("State"), str(look_of(f"plan_assessment.{shown.state}").words)),
        (_("Snapshot"), f"{snapshot.title}, {snapshot.on:%Y-%m-%d}"),
        (_("Term of the plan"), f"{plan.starts_on:%Y-%m-%d} – {plan.ends_on:%Y-%m-%d}"),
        (_("In all"), _tally(rows)),
        ("SHA-256", snapshot.digest),
    ]
    scores = frozen_scores(snapshot, frozen_weights(snapshot))
    grids = [_targets(rows), *([_districts(scores)] if scores else [])]
    practices = [f"{one.title} ({one.unit})\n{one.text}" for one in shown.practices.all()]
    parts = [
        (_("Typical practices"), practices),
        (_("Conclusion of the assessment"), [shown.conclusion]),
        (_("Advice"), [shown.advice]),
    ]
    language = "en" if (get_language() or "").startswith("en") else "zh"
    return Report(f"{plan.title} {shown.get_kind_display()}", language, facts, grids, parts)


def _targets(rows: list[Assessed]) -> Grid:
    heads = (_("Target"), _("Demand"), _("Deadline"), _("Value"), _("State"), _("Rated by the assessor"), _("Opinion"))
    return Grid(_("Targets"), heads, [_cells(one) for one in rows], wide=True)


def _cells(one: Assessed) -> tuple[str, ...]:
    figure, target, opinion = one.figure, one.target, one.opinion
    value = "–" if figure.value is None else f"{_plain(figure.value)} {target.unit}".strip()
    told = (str(look_of(look_key("", opinion.grade)).words), opinion.opinion) if opinion else ("–", "–")
    return (target.metric, demand_words(target), target.deadline.isoformat() if target.deadline else "–", value,
            _state(one), *told)  # fmt: skip


def _state(one: Assessed) -> str:
    status = one.figure.status
    rated = one.target.qualitative and status in GoalRating.Grade.values
    return str(look_of(look_key(status, status if rated else "")).words)


def _tally(rows: list[Assessed]) -> str:
    """How many targets stand how, in the order of the plan."""
    counted = Counter(_state(one) for one in rows)
    return listed(f"{state} {count}" for state, count in counted.items())


def _districts(scores: list[DistrictScore]) -> Grid:
    metrics = [f"{one.weight.target.metric} / {_plain(one.weight.weight)}" for one in scores[0].parts]
    heads = (_("District"), _("Score"), _("Weights counted"), *metrics)
    rows = [
        (one.name, "–" if one.score is None else _plain(one.score), f"{_plain(one.of)} / 100",
         *("–" if part.points is None else _plain(part.points) for part in one.parts))
        for one in scores
    ]  # fmt: skip
    return Grid(_("Scores of the districts"), heads, rows)


def _plain(value: Decimal) -> str:
    return f"{value.normalize():f}"
