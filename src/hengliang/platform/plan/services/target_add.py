from dataclasses import asdict
from typing import TYPE_CHECKING

from hengliang.platform.core.acts import perform
from hengliang.platform.core.errors import InputRefused
from hengliang.platform.core.rights import Actor, permit
from hengliang.platform.core.transitions import enter
from hengliang.platform.plan.models import Clause, Comparator, Mode, Plan, PlanTarget
from hengliang.platform.plan.services.bounds import refuse_over
from hengliang.platform.plan.services.reading import clause_at, decimal_of
from hengliang.platform.plan.services.upper_bound import upper_bound
from hengliang.platform.plan.states import DROPPED, TARGET
from hengliang.platform.plan.suggestions import suggested

if TYPE_CHECKING:
    from hengliang.policy import Target


def target_add(*, actor: Actor, plan: Plan, quote: str, clause: Clause | None = None) -> PlanTarget:
    """A target that the program missed, by the words of the document; what it reads in them is put before the person.

    Errors: `InputRefused` where the words don't stand in the text, or stand in a target already.
    """
    permit(actor, "target_add", region_id=plan.region_id)
    refuse_over(plan)
    start = _place(plan, quote, clause)
    end = start + len(quote.strip())
    if plan.targets.exclude(state=DROPPED).filter(start=start, end=end).exists():
        raise InputRefused("target_there", "These words are a target already.", field="quote")
    read = _read(quote)
    with perform(actor, "target_add", subject=plan, region_id=plan.region_id) as act:
        made = PlanTarget(
            act=act, plan=plan, clause=clause or clause_at(list(plan.clauses.all()), start), text=quote.strip(),
            start=start, end=end, origin=PlanTarget.Origin.ADDED, state=TARGET.states[0].code,
            metric=quote.strip()[:300], mode=Mode.QUALITATIVE,
        )  # fmt: skip
        if read is not None:
            found = asdict(read)
            for name in ("comparator", "unit", "deadline", "mode", "firmness"):
                setattr(made, name, found[name])
            made.metric, made.goal, made.goal_upper = read.metric[:300], decimal_of(read.value), decimal_of(read.upper)
            made.indicator = suggested(read.metric, read.text, read.mode)
        elif (bound := upper_bound(quote)) is not None:
            made.metric, made.goal, made.unit = bound.metric[:300], bound.value, bound.unit
            made.comparator = Comparator.AT_MOST
            made.mode = Mode.RATIO if bound.unit in ("%", "‰") else Mode.STOCK
            made.deadline = plan.ends_on
            made.indicator = suggested(bound.metric, quote, made.mode)
        made.save()
        enter(TARGET, made, act)
        act.content = {"target": made.pk, "quote": made.text}
    return made


def _place(plan: Plan, quote: str, clause: Clause | None) -> int:
    """Where the words stand; in the clause named, if one is."""
    words = quote.strip()
    low, high = (clause.start, clause.end) if clause else (0, len(plan.text))
    start = plan.text.find(words, low, high) if words else -1
    if start < 0:
        raise InputRefused(
            "quote_not_found", "These words don’t stand in the text. Mark or copy them exactly.", field="quote"
        )
    return start


def _read(quote: str) -> "Target | None":
    from hengliang.policy import PolicyError, extract_text

    try:
        found = extract_text(quote).targets
    except PolicyError:
        return None
    return found[0] if found else None
