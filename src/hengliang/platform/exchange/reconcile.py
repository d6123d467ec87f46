"""Differences from a compared file: the same difference stays one, another takes its place, what is gone is cleared."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from django.db.models import Q, QuerySet

from hengliang.platform.core.models import Act, StateChange
from hengliang.platform.core.progress import Told, silent
from hengliang.platform.core.rights import Actor
from hengliang.platform.exchange.models import Discrepancy, DispatchRow, InboundBatch, InboundRow, OutsideId
from hengliang.platform.exchange.only_here import missing_in
from hengliang.platform.exchange.states import CLEARED, KEPT, OPEN, UNSETTLED
from hengliang.platform.registry.models import Instrument, InstrumentState
from hengliang.trust.canonical import write

Kind, Outcome = Discrepancy.Kind, InboundRow.Outcome
PART = 2_000
_KINDS = {
    "differs": Kind.DIFFERENT,
    "changed_on_both": Kind.CONFLICT,
    "id_moved": Kind.MOVED,
    "known_otherwise": Kind.MOVED,
    "to_confirm": Kind.ONLY_THERE,
    "filing_refused": Kind.ONLY_THERE,
}


@dataclass(frozen=True)
class Seen:
    """A difference as this file shows it."""

    kind: str
    region_id: int
    name: str
    instrument_id: int | None = None
    proposed_id: int | None = None
    outside_id: str = ""
    number: int | None = None
    fields: list[dict[str, Any]] = field(default_factory=list)
    cells: dict[str, str] = field(default_factory=dict)
    reason: dict[str, Any] = field(default_factory=dict)

    @property
    def fingerprint(self) -> str:
        """The hash of what is different; row numbers and file do not count."""
        said = [{name: one.get(name) or "" for name in ("field", "ours", "theirs")} for one in self.fields]
        told = [self.kind, self.instrument_id or 0, self.proposed_id or 0, self.outside_id, said]
        return hashlib.sha256(write(told)).hexdigest()


def reconcile(batch: InboundBatch, act: Act, actor: Actor, told: Told = silent) -> int:
    """Bring the list of differences in step with an accepted file; gives how many are new.

    A difference in which ours was kept is not raised again before it was sent and the other side had a day to follow.
    Differences are led through in parts, so that a file in which everything differs needs no more memory than another.
    """
    raised, stays = 0, set[int]()
    seen = _seen(batch, actor)
    while part := list(islice(seen, PART)):
        raised += _lead(batch, act, part, stays)
        told("settling", raised + len(stays))
    found = _no_longer(batch, act).values_list("pk", flat=True)
    gone = iter([pk for pk in found.iterator(chunk_size=PART) if pk not in stays])
    while keys := list(islice(gone, PART)):
        _clear(Discrepancy.objects.filter(pk__in=keys), act)
    return raised


def _lead(batch: InboundBatch, act: Act, part: list[Seen], stays: set[int]) -> int:
    """Of some differences: what stands already stays, what stood in its place goes, what is new is raised."""
    standing = _Standing(batch, act, part)
    fresh, same = [], []
    for one in part:
        old = standing.take(one)
        if old is not None and standing.same(old, one, batch):
            same.append(old.pk)
        else:
            fresh.append((one, old.since if old is not None else batch.stated_on))
    Discrepancy.objects.filter(pk__in=same).update(seen_on=batch.stated_on)
    stays.update(same)
    _clear([row for row in standing.all if row.pk not in stays], act)
    _raise(batch, act, fresh)
    return len(fresh)


class _Standing:
    """The differences that stand in the way of some that were seen, by instrument and by their number."""

    def __init__(self, batch: InboundBatch, act: Act, part: list[Seen]) -> None:
        instruments = [one.instrument_id for one in part if one.instrument_id]
        numbers = [one.outside_id for one in part if one.outside_id]
        rows = _unsettled(batch, act).filter(Q(instrument__in=instruments) | Q(outside_id__in=numbers))
        self.all = list(rows.order_by("pk"))
        self.rows = {row.pk: row for row in self.all}
        self.by_instrument = {row.instrument_id: row for row in self.all if row.instrument_id}
        self.by_number = {row.outside_id: row for row in self.all if row.outside_id}
        self.sent = dict(
            DispatchRow.objects.filter(discrepancy__in=self.rows, again_by=None)
            .values_list("discrepancy_id", "dispatch__act__on")
        )  # fmt: skip

    def take(self, one: Seen) -> Discrepancy | None:
        old = self.by_instrument.get(one.instrument_id or 0) or self.by_number.get(one.outside_id)
        return self.rows.pop(old.pk, None) if old is not None else None

    def same(self, old: Discrepancy, one: Seen, batch: InboundBatch) -> bool:
        sent_on = self.sent.get(old.pk) if old.state == KEPT else None
        followed_not = sent_on is not None and sent_on < batch.stated_on
        return old.fingerprint == one.fingerprint and not followed_not


def _unsettled(batch: InboundBatch, act: Act) -> "QuerySet[Discrepancy]":
    """What stood before this file."""
    return batch.system.discrepancies.filter(state__in=[*UNSETTLED, KEPT]).exclude(act=act)


def _no_longer(batch: InboundBatch, act: Act) -> "QuerySet[Discrepancy]":
    """Those whose object the file has, and has without a difference; of a complete file all that it lacks too.

    A row that was refused says nothing: what stood under its number stays.
    """
    refused = InboundRow.objects.filter(batch=batch, outcome=Outcome.REFUSED).exclude(outside_id="")
    rows = _unsettled(batch, act).exclude(outside_id__in=refused.values("outside_id"))
    if batch.complete:
        return rows
    lines = InboundRow.objects.filter(batch=batch).exclude(outcome=Outcome.REFUSED)
    of_file = Q(instrument__in=lines.filter(instrument__isnull=False).values("instrument"))
    return rows.filter(of_file | Q(outside_id__in=lines.exclude(outside_id="").values("outside_id")))


def _seen(batch: InboundBatch, actor: Actor) -> Iterator[Seen]:
    rows = InboundRow.objects.filter(batch=batch).filter(Q(code__in=_KINDS)).order_by("number")
    regions = dict(
        InstrumentState.objects.current().filter(instrument__in=rows.values("instrument"))
        .values_list("instrument_id", "region_id")
    )  # fmt: skip
    for row in rows.iterator(chunk_size=PART):
        yield Seen(
            kind=_KINDS[row.code], region_id=regions.get(row.instrument_id or 0, batch.system.region_id),
            name=_named(row.cells), instrument_id=row.instrument_id, proposed_id=row.proposed_id,
            outside_id=row.outside_id, number=row.number, fields=row.differences, cells=row.cells,
            reason={"code": row.code, "params": row.params},
        )  # fmt: skip
    if batch.complete:
        yield from _only_here(batch, actor)


def _only_here(batch: InboundBatch, actor: Actor) -> Iterator[Seen]:
    missing = missing_in(batch, actor).select_related("instrument")
    links = OutsideId.objects.known().filter(system=batch.system, kind="instrument", valid_to=None)
    numbers = dict(links.filter(instrument__in=missing.values("instrument")).values_list("instrument_id", "value"))
    for entry in missing.iterator(chunk_size=PART):
        one: Instrument = entry.instrument
        yield Seen(
            kind=Kind.ONLY_HERE, region_id=entry.region_id, instrument_id=one.pk,
            name=f"{one.name} {one.model} {one.serial_number}".strip()[:200],
            outside_id=numbers.get(one.pk, ""),
        )  # fmt: skip


def _named(cells: dict[str, str]) -> str:
    words = (cells.get("name") or cells.get("item", ""), cells.get("model", ""), cells.get("serial_number", ""))
    return " ".join(word for word in words if word)[:200]


def _clear(gone: Iterable[Discrepancy], act: Act) -> None:
    rows = list(gone)
    changes = [_change(act, row.pk, row.state, CLEARED) for row in rows]
    Discrepancy.objects.filter(pk__in=[row.pk for row in rows]).update(state=CLEARED)
    StateChange.objects.bulk_create(changes, batch_size=2000)


def _raise(batch: InboundBatch, act: Act, fresh: list[tuple[Seen, Any]]) -> None:
    made = Discrepancy.objects.bulk_create(
        [
            Discrepancy(
                act=act, system=batch.system, batch=batch, number=one.number, kind=one.kind, region_id=one.region_id,
                instrument_id=one.instrument_id, proposed_id=one.proposed_id, outside_id=one.outside_id,
                name=one.name, fields=one.fields, cells=one.cells, reason=one.reason, fingerprint=one.fingerprint,
                since=since, seen_on=batch.stated_on, state=OPEN,
            )
            for one, since in fresh
        ],
        batch_size=1000,
    )  # fmt: skip
    StateChange.objects.bulk_create([_change(act, row.pk, "", OPEN) for row in made], batch_size=2000)


def _change(act: Act, pk: int, source: str, target: str) -> StateChange:
    label = Discrepancy._meta.label_lower
    return StateChange(act=act, subject_type=label, subject_id=pk, source=source, target=target, at=act.at)
