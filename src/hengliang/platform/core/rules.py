"""The rules in force here: those shipped, the folders of the operator, and upon them what the authority decided."""

from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import structlog
from django.conf import settings

from hengliang.norms import NormFault, NormProblem, Norms, load_norms
from hengliang.norms.calendar import Calendar, Reckoned, calendar_day_add, working_day_add
from hengliang.platform.core import norms_folder

log = structlog.get_logger(__name__)


class Loaded(NamedTuple):
    """The rules, and what keeps the authority's own from being among them: nothing, as a rule."""

    rules: Norms
    problems: tuple[NormProblem, ...]


def rules() -> Norms:
    """Every rule. Loaded once a process, and anew when the authority approved, added or withdrew something."""
    return _now().rules


def rules_beneath() -> Norms:
    """The rules without what the authority laid over them: shipped, and the folders of the operator."""
    return _loaded(tuple(settings.NORM_OVERLAYS), None, "").rules


def rule_problems() -> tuple[NormProblem, ...]:
    """The faults for which the authority's own rules and approvals are left out; only an upgrade can bring them."""
    return _now().problems


def _now() -> Loaded:
    generation = norms_folder.generation()
    return _loaded(tuple(settings.NORM_OVERLAYS), norms_folder.folder() if generation else None, generation)


@lru_cache(maxsize=4)
def _loaded(overlays: tuple[Path, ...], own: Path | None, generation: str) -> Loaded:
    """Left-out approvals mean that nothing is issued: the platform runs, and says what has to be put right."""
    if own is None:
        return Loaded(load_norms(*overlays), ())
    whole = load_norms(*overlays, own=own)
    try:
        len(whole)
    except NormFault as fault:
        log.error("own_rules_left_out", problems=[str(problem) for problem in fault.problems])
        return Loaded(load_norms(*overlays), fault.problems)
    return Loaded(whole, ())


class Deadline(NamedTuple):
    """The last day of a term; provisional where the holidays of its year are not yet known."""

    day: date
    provisional: bool


def working_days_from(day: date, count: int) -> Deadline:
    """The last day of a term of `count` working days that begins the day after `day`."""
    reckoned: Reckoned = working_day_add(Calendar.of(rules()["calendar/china"]), day, count)
    return Deadline(reckoned.day, reckoned.provisional)


def term_from(norm: str, day: date) -> Deadline:
    """The last day of the term that a rule sets, in its unit: working days, or calendar days as the law counts them."""
    rule = rules()[norm]
    value = rule.at(day)
    add = working_day_add if rule.unit == "working_day" else calendar_day_add
    reckoned: Reckoned = add(Calendar.of(rules()["calendar/china"]), day, int(value.number))
    return Deadline(reckoned.day, reckoned.provisional)
