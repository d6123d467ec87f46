"""What the state of a plan allows, and between which days and figures its demands lie; the acts ask here."""

from datetime import date
from decimal import Decimal

from hengliang.platform.core.errors import Blocked, InputRefused
from hengliang.platform.plan.models import Comparator, Mode, Plan
from hengliang.platform.plan.states import DRAFT, DROPPED, ENDED, IN_FORCE

FIRST_DAY = date(2000, 1, 1)
MOST_YEARS = 30
_MOST = Decimal(10) ** 12
_SHARES = {"%": Decimal(100), "‰": Decimal(1000)}


def refuse_unless_draft(plan: Plan) -> None:
    """Let only a draft be corrected.

    Errors: `Blocked`.
    """
    if plan.state != DRAFT:
        raise Blocked("plan_settled", "Title and term can be corrected only before the plan is in force.")


def refuse_over(plan: Plan) -> None:
    """Let nothing be changed in a plan that has ended or was dropped.

    Errors: `Blocked`.
    """
    if plan.state in (ENDED, DROPPED):
        raise Blocked("plan_over", "The plan has ended or was dropped; it changes no more.")


def refuse_in_force(plan: Plan) -> None:
    """Let one person alone change the demands of nothing but a draft.

    Errors: `Blocked`.
    """
    refuse_over(plan)
    if plan.state == IN_FORCE:
        raise Blocked(
            "plan_in_force",
            "The plan is in force. Propose the change with its reason; a second person confirms it.",
        )


def last_day(starts_on: date) -> date:
    """The last day that a plan of this first day may speak of."""
    return date(starts_on.year + MOST_YEARS, 12, 31)


def refuse_day(day: date, today: date, field: str) -> None:
    """Refuse a day that must be a slip: before there were plans here, or years ahead.

    Errors: `InputRefused`.
    """
    if not FIRST_DAY <= day <= last_day(today):
        raise InputRefused("day_slip", "This day lies too far off; look at it again.", field=field)


def refuse_term(starts_on: date, ends_on: date) -> None:
    """Refuse a term that no ledger could answer for.

    Errors: `InputRefused` beside the day that is meant.
    """
    if starts_on < FIRST_DAY:
        raise InputRefused("term_begins", "A plan begins on %(first)s or later.", field="starts_on",
                           first=FIRST_DAY.isoformat())  # fmt: skip
    if ends_on <= starts_on:
        raise InputRefused("term", "The plan must end after it begins; say both days.", field="ends_on")
    if ends_on > last_day(starts_on):
        raise InputRefused("term_ends", "A plan ends within %(years)s years.", field="ends_on", years=MOST_YEARS)


def refuse_deadline(plan: Plan, deadline: date | None) -> None:
    """Refuse a deadline before the plan's first day, or so far ahead that it must be a slip.

    Errors: `InputRefused`.
    """
    if deadline is not None and not plan.starts_on <= deadline <= last_day(plan.starts_on):
        raise InputRefused(
            "deadline", "The deadline lies between the plan’s first day, %(first)s, and %(last)s.", field="deadline",
            first=plan.starts_on.isoformat(), last=last_day(plan.starts_on).isoformat(),
        )  # fmt: skip


def refuse_goal(goal: Decimal, comparator: str, mode: str, unit: str, field: str) -> None:
    """Refuse a goal that is reached at once or never: nothing or less, more than the whole, beyond all counting.

    Errors: `InputRefused`.
    """
    at_most = comparator == Comparator.AT_MOST
    if goal < 0 or (goal == 0 and not at_most):
        raise InputRefused("goal_low", "A goal lies above 0; only an upper bound may be 0.", field=field)
    whole = _SHARES.get(unit, _MOST) if mode in (Mode.RATIO, Mode.STANDING) else _MOST
    if goal > whole:
        raise InputRefused("goal_high", "The goal lies above %(most)s; look at it again.", field=field,
                           most=f"{whole:f} {unit if whole < _MOST else ''}".strip())  # fmt: skip
