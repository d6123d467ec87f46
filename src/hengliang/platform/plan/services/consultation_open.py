"""A draft is put before the public for no shorter than the rule of the day asks."""

from collections.abc import Sequence
from datetime import date

from hengliang.platform.core.acts import perform
from hengliang.platform.core.errors import InputRefused
from hengliang.platform.core.models import Region
from hengliang.platform.core.rights import Actor, permit
from hengliang.platform.core.rules import rules
from hengliang.platform.core.transitions import enter
from hengliang.platform.plan.consultation_states import CONSULTATION, OPEN
from hengliang.platform.plan.models import Consultation, ConsultedClause, Plan

RULE = "plan/consultation"


def least_days(on: date) -> tuple[int, str]:
    """How long a draft must stand open by the rule of that day, and the hash of the rule."""
    rule = rules()[RULE].at(on)
    return int(rule.number), rule.content_hash


def consultation_open(
    *,
    actor: Actor,
    region: Region,
    title: str,
    opens_on: date,
    closes_on: date,
    plan: Plan | None = None,
    clauses: Sequence[tuple[str, str]] = (),
    lead: str = "",
    short_because: str = "",
) -> Consultation:
    """A draft stands open to everybody; its clauses are kept as they are put up.

    clauses : number and text of each; those of the plan where none are given

    Errors: `InputRefused` without a title or a clause, for a term that began before today, or for a short one without
    its reason.
    """
    permit(actor, "consultation_open", region_id=region.pk)
    if opens_on < actor.today:
        raise InputRefused(
            "consultation_past", "A draft stands open from today or a later day; it was not open before.",
            field="opens_on",
        )  # fmt: skip
    texts = [(number, text.strip()) for number, text in clauses if text.strip()] or _clauses_of(plan)
    least, rule_hash = least_days(opens_on)
    if not title.strip() or not texts:
        raise InputRefused("consultation_empty", "Say what is put up: a title and at least one clause.", field="title")
    if closes_on < opens_on or closes_on < actor.today:
        raise InputRefused("consultation_term", "It must close after it opens, and not in the past.", field="closes_on")
    if (closes_on - opens_on).days < least and not short_because.strip():
        raise InputRefused(
            "consultation_short", "A draft stands open for at least %(days)s days; say why this one does not.",
            days=least, field="short_because",
        )  # fmt: skip
    with perform(actor, "consultation_open", on=opens_on, region_id=region.pk) as act:
        act.subject = made = Consultation.objects.create(
            act=act, region=region, plan=plan, title=title.strip()[:300], lead=lead.strip(), opens_on=opens_on,
            closes_on=closes_on, short_because=short_because.strip(), rule_hash=rule_hash[:80], state=OPEN,
        )  # fmt: skip
        enter(CONSULTATION, made, act)
        for i, (number, text) in enumerate(texts):
            ConsultedClause.objects.create(act=act, consultation=made, ordinal=i, number=number[:100], text=text)
        act.content = {"title": made.title, "opens_on": opens_on.isoformat(), "closes_on": closes_on.isoformat(),
                       "clauses": len(texts), "short_because": made.short_because}  # fmt: skip
    return made


def _clauses_of(plan: Plan | None) -> list[tuple[str, str]]:
    if plan is None:
        return []
    told = [(c.number, f"{c.heading}\n{c.text}".strip()) for c in plan.clauses.order_by("ordinal")]
    return [(number, text) for number, text in told if text] or [("", plan.text)]
