"""Whether a lot was tested in order: body, person, bench and designation, on each day on which it was tested."""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _

from hengliang.metrology.sampling import SamplingError
from hengliang.norms.sampling_tables import iso_2859_1
from hengliang.platform.core.errors import InputRefused
from hengliang.platform.core.listed import listed
from hengliang.platform.core.rules import rules
from hengliang.platform.parties.models import Person
from hengliang.platform.standards.designations import designated
from hengliang.platform.standards.errors import NotInOrder
from hengliang.platform.standards.selectors import Needs, obstacles
from hengliang.platform.verification.jobs import counts_as_first, is_makers, job_kind
from hengliang.platform.verification.models import Lot, VerificationRegime
from hengliang.platform.verification.rules import Rule, rule_for

ACCEPTED, REJECTED, EACH = "accept", "reject", "each"


def not_in_order(lot: Lot, person: Person, days: Iterable[date]) -> list[str]:
    """All that was not in order on one of the days, in words; each thing once."""
    found: dict[str, None] = {}
    standards = list(lot.standards.all())
    for day in sorted(days):
        seen = obstacles(
            body=lot.body, person=person, item=lot.item, standards=standards, on=day, needs=needs_of_lot(lot, day)
        )
        found |= dict.fromkeys(map(str, seen))
        if told := _not_designated(lot, day):
            found[told] = None
    return list(found)


def needs_of_lot(lot: Lot, on: date) -> Needs:
    """What a lot needs to be in order on a day."""
    kind = job_kind(lot.job, on)
    factory = lot.regime == VerificationRegime.INITIAL and counts_as_first(lot.item, on)
    return Needs(kind.papers, kind.levels, lot.region_id, factory)


def _not_designated(lot: Lot, day: date) -> str:
    """Where bodies are designated, only they; besides, a manufacturer's laboratory before first use."""
    if job_kind(lot.job, day).performer != "designated":
        return ""
    bodies = [row.body for row in designated(lot.item, lot.region_id, day)]
    if not bodies or lot.body in bodies:
        return ""
    initial = lot.regime == VerificationRegime.INITIAL
    if initial and counts_as_first(lot.item, day) and is_makers(lot.body_id, lot.item, day):
        return ""
    return _("“%(item)s” is designated to another body there on %(on)s: %(bodies)s.") % {
        "item": lot.item.name, "on": day, "bodies": listed(body.name for body in bodies)
    }  # fmt: skip


def require_lot_in_order(lot: Lot, person: Person, days: Iterable[date]) -> None:
    """Raise `NotInOrder`, naming everything, unless the lot was tested in order on each of its days."""
    if found := not_in_order(lot, person, days):
        raise NotInOrder(
            "lot_not_in_order",
            "The lot was not tested in order: %(obstacles)s Its file stays; renew it, or leave those days out.",
            obstacles=" ".join(found[:8]),
        )


def rule_of_days(lot: Lot, days: Iterable[date]) -> Rule:
    """The one rule of all days of test.

    Errors: `NoRule`; `InputRefused` where the edition changes between them.
    """
    found: dict[str, tuple[date, Rule]] = {}
    for day in sorted(days):
        rule = rule_for(lot.item, day)
        found.setdefault(rule.content_hash, (day, rule))
    if len(found) > 1:
        (first, _rule), (second, _other) = list(found.values())[:2]
        raise InputRefused(
            "two_editions",
            "The rule changes on the way: one edition holds on %(first)s, another on %(second)s. Split the file there.",
            field="file", first=first, second=second,
        )  # fmt: skip
    return next(iter(found.values()))[1]


def plan_of_sample(sample: dict[str, str], on: date) -> tuple[int, int]:
    """How many meters a sampled lot wants tested, and how many of them may fail.

    Errors: `InputRefused` for a lot or quality that the tables do not have.
    """
    scheme, _values = iso_2859_1(rules(), on)
    try:
        stage = scheme.plan(int(sample["lot"]), float(sample["aql"]), level=sample["level"]).stages[0]
    except (SamplingError, ValueError) as fault:
        raise InputRefused("no_plan", "No sampling plan: %(why)s", field="sample", why=str(fault)) from fault
    return stage.n, stage.ac or 0


def decision_of(lot: Lot) -> str:
    """What becomes of the lot: each meter by its own result, or the sampled lot accepted or rejected as a whole.

    Errors: `InputRefused` if fewer meters were tested than the plan wants.
    """
    if not lot.sample:
        return EACH
    n, ac = plan_of_sample(lot.sample, lot.last_on or lot.act.on)
    if lot.judged < n:
        raise InputRefused(
            "sample_too_small", "The plan wants %(n)s meters tested; the file has %(found)s.", n=n, found=lot.judged
        )
    return ACCEPTED if lot.failed + lot.indeterminate <= ac else REJECTED
