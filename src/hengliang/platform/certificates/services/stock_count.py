"""Marks are counted; what differs from the books is a finding, and each finding is explained."""

from datetime import date

from hengliang.platform.certificates.marks.kinds import mark_kind
from hengliang.platform.certificates.marks.numbers import Range, runs, without
from hengliang.platform.certificates.marks.stock import Left, in_hand, in_store
from hengliang.platform.certificates.models import MarkSeries, Stocktaking, StocktakingFinding
from hengliang.platform.certificates.services.stock_moves import leave, require_day, require_own
from hengliang.platform.certificates.states import STOCKTAKING
from hengliang.platform.core.acts import perform
from hengliang.platform.core.errors import InputRefused, Refused
from hengliang.platform.core.models import Act
from hengliang.platform.core.rights import Actor, permit
from hengliang.platform.core.transitions import enter, move
from hengliang.platform.parties.models import Organisation, Person

What, Outcome = StocktakingFinding.What, StocktakingFinding.Outcome
Counted = dict[tuple[str, int], list[Range]]


def stock_count(
    *, actor: Actor, body: Organisation, kind: str, counted: str, person: Person | None = None, on: date | None = None
) -> Stocktaking:
    """Hold what was counted, with a person or in the store, against what should be there.

    counted : runs and single numbers, one a line: `A000100 ~ A000180`
    Errors: `InputRefused` for lines that can't be read.
    """
    permit(actor, "stock_count", organisations=[body.pk], region_id=body.region_id)
    on = on or actor.today
    require_day(actor, on)
    mark_kind(kind, on)
    if person is not None:
        require_own(body, person)
    there = runs(counted)
    books = in_hand(body=body, person=person, on=on, kind=kind) if person else in_store(body=body, kind=kind)
    expected = {(one.series.prefix, one.series.width): one for one in books}
    with perform(actor, "stock_count", on=on, organisation_id=body.pk, region_id=body.region_id) as act:
        act.subject = made = Stocktaking.objects.create(
            act=act, body=body, kind=kind, person=person, on=on, state=STOCKTAKING.states[0].code,
            expected=[text for one in books for text in one.printed()], counted=_words(there),
        )  # fmt: skip
        enter(STOCKTAKING, made, act)
        if _findings(act, made, expected, there):
            move(STOCKTAKING, made, act)
        act.content = {"kind": kind, "expected": made.expected, "counted": made.counted}
    return made


def _words(there: Counted) -> list[str]:
    return [
        f"{prefix}{low:0{width}d}" if low == high else f"{prefix}{low:0{width}d}–{prefix}{high:0{width}d}"
        for (prefix, width), ranges in there.items()
        for low, high in ranges
    ]


def _findings(
    act: Act, made: Stocktaking, expected: dict[tuple[str, int], Left], there: Counted
) -> list[StocktakingFinding]:
    found = []
    for written in dict.fromkeys([*expected, *there]):
        books = expected[written].ranges if written in expected else []
        differences = {What.MISSING: without(books, there.get(written, ())),
                       What.SURPLUS: without(there.get(written, ()), books)}  # fmt: skip
        series = _series(made, written)
        found += [
            StocktakingFinding.objects.create(
                act=act, stocktaking=made, series=series, what=what, prefix=written[0], width=written[1], first=low,
                last=high,
            )
            for what, ranges in differences.items()
            for low, high in ranges
        ]  # fmt: skip
    return found


def _series(made: Stocktaking, written: tuple[str, int]) -> MarkSeries | None:
    rows = MarkSeries.objects.filter(body=made.body_id, kind=made.kind, prefix=written[0], width=written[1])
    return rows.first()


def stock_settle(*, actor: Actor, finding: StocktakingFinding, outcome: str, explanation: str) -> None:
    """Explain a difference: lost or spoiled numbers are written off, found ones stay where the books have them.

    Errors: `Refused` for a finding settled before; `InputRefused` for an outcome that does not fit.
    """
    count = finding.stocktaking
    permit(actor, "stock_settle", organisations=[count.body_id], region_id=count.body.region_id)
    if outcome not in Outcome.values or (finding.what == What.SURPLUS and outcome != Outcome.PRESENT):
        raise InputRefused("stock_outcome", "This outcome does not fit the finding.", field="outcome")
    with perform(
        actor, "stock_settle", subject=count, reason=explanation, organisation_id=count.body_id,
        region_id=count.body.region_id,
    ) as act:  # fmt: skip
        locked = StocktakingFinding.objects.select_for_update(of=("self",)).get(pk=finding.pk)
        if locked.settled_by_id is not None:
            raise Refused("finding_settled", "This finding is settled already.")
        if outcome != Outcome.PRESENT:
            _write_off(actor, locked, outcome, explanation)
        locked.outcome, locked.explanation, locked.settled_by = outcome, explanation.strip()[:500], act
        locked.save(update_fields=["outcome", "explanation", "settled_by"])
        if not count.findings.filter(settled_by=None).exists():
            move(STOCKTAKING, count, act)
        act.content = {"outcome": outcome, "first": finding.first, "last": finding.last, "prefix": finding.prefix}


def _write_off(actor: Actor, finding: StocktakingFinding, outcome: str, explanation: str) -> None:
    count = finding.stocktaking
    if finding.series is None:
        raise InputRefused("stock_outcome", "This outcome does not fit the finding.", field="outcome")
    series = MarkSeries.objects.select_for_update().get(pk=finding.series.pk)
    with perform(
        actor, "mark_lose" if outcome == Outcome.LOST else "mark_spoil", reason=explanation,
        organisation_id=count.body_id, region_id=count.body.region_id,
    ) as act:  # fmt: skip
        act.subject = leave(act, series, (finding.first, finding.last), person=count.person)
        act.content = {"kind": count.kind, "first": finding.first, "last": finding.last}
