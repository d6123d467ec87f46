"""Snapshots: what is frozen, whether it still follows from the records, and what has moved since."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from hengliang.platform.core.models import Act
from hengliang.platform.core.selectors import history_of
from hengliang.platform.plan.engine import Figure, Scope, is_computed, main_selection, rows_behind
from hengliang.platform.plan.models import Snapshot, SnapshotFigure
from hengliang.platform.plan.selectors.frozen import demand_of, demanded, plan_then, text_of
from hengliang.platform.plan.selectors.progress import Progress, progress_of
from hengliang.platform.plan.suggestions import every_indicator

_MOST = 20
_DIGITS = Decimal("0.0001")


def frozen(told: Progress, snapshot: Snapshot) -> SnapshotFigure:
    """The row of one target, not yet written."""
    figure, indicator = told.figure, told.indicator
    return SnapshotFigure(
        snapshot=snapshot, target_id=told.target.pk, demand=demand_of(told.target), indicator=told.target.indicator,
        rule_hash=indicator.source.content_hash if indicator else "",
        numerator=figure.numerator if figure else None, denominator=figure.denominator if figure else None,
        value=figure.value.quantize(_DIGITS) if figure and figure.value is not None else None,
        absent=figure.absent if figure else "", rows_hash=rows_hash(figure) if figure else "",
        status=told.rating.grade if told.rating else told.status,
    )  # fmt: skip


def rows_hash(figure: Figure) -> str:
    """A hash over the rows counted, in the order of their keys; empty where nothing was computed."""
    if figure.absent or not is_computed(figure.indicator):
        return ""
    rows = rows_behind(figure.indicator, figure.scope, "numerator").order_by("pk").values_list("pk", flat=True)
    return hashlib.sha256(",".join(map(str, rows)).encode()).hexdigest()


def digest_of(figures: Iterable[SnapshotFigure], frame: Mapping[str, Any] | None = None) -> str:
    """The hash over all figures of a snapshot and its frame; it stands in the log."""
    rows: list[Any] = [
        [one.target_id, one.demand, one.indicator, one.rule_hash, one.numerator, one.denominator, text_of(one.value),
         one.absent, one.rows_hash, one.status]
        for one in sorted(figures, key=lambda row: row.target_id)
    ]  # fmt: skip
    told = [rows, frame] if frame else rows
    return hashlib.sha256(json.dumps(told, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


@dataclass(frozen=True)
class Compared:
    """A frozen figure beside what the same question gives today, and beside the figure of today."""

    frozen: SnapshotFigure
    again: Progress | None
    now: Progress | None
    agrees: bool
    rule_changed: bool

    @property
    def moved(self) -> bool:
        """Whether today's knowledge of the same day gives another figure."""
        return self.now is not None and differs(self.frozen, self.now.figure)


def _plain(figure: Figure | None) -> tuple[int | None, int | None]:
    return (figure.numerator, figure.denominator) if figure else (None, None)


def differs(row: SnapshotFigure, figure: Figure | None) -> bool:
    """Whether today's knowledge of the same day gives another figure."""
    return figure is not None and _plain(figure) != (row.numerator, row.denominator)


def compare(snapshot: Snapshot) -> list[Compared]:
    """Each figure recomputed for its own day as known then (must agree), and as known now (may have moved)."""
    rows, plan = demanded(snapshot), plan_then(snapshot)
    targets = [target for _row, target in rows]
    again = {one.target.pk: one for one in progress_of(plan, snapshot.on, snapshot.known_at, targets)}
    # Every change leaves an act: where there is none since, what is known now is what was known then.
    written = Act.objects.filter(at__gt=snapshot.known_at).exists()
    now = {one.target.pk: one for one in progress_of(plan, snapshot.on, None, targets)} if written else again
    return [_compared(one, again.get(one.target_id), now.get(one.target_id), snapshot) for one, _target in rows]


def _compared(row: SnapshotFigure, again: Progress | None, now: Progress | None, snapshot: Snapshot) -> Compared:
    same = again is not None and digest_of([frozen(again, snapshot)]) == digest_of([_redemanded(row, again)])
    changed = bool(again and again.indicator and again.indicator.source.content_hash != row.rule_hash)
    return Compared(row, again, now, same, changed)


def _redemanded(row: SnapshotFigure, again: Progress) -> SnapshotFigure:
    """The frozen row with the demand written as it would be today, so that only what was computed is compared."""
    return SnapshotFigure(
        snapshot=row.snapshot, target_id=row.target_id, demand=demand_of(again.target), indicator=row.indicator,
        rule_hash=row.rule_hash, numerator=row.numerator, denominator=row.denominator, value=row.value,
        absent=row.absent, rows_hash=row.rows_hash, status=row.status,
    )  # fmt: skip


@dataclass(frozen=True)
class Moved:
    """A thing that is counted now and was not then, or the other way round, and the act that made the difference."""

    name: str
    code: str
    entered: bool
    act: Act | None


def moved_since(row: SnapshotFigure, on: Scope) -> list[Moved]:
    """Why a figure is another today: up to twenty things, with the newest act on each since the snapshot."""
    indicator = every_indicator().get(row.indicator)
    if indicator is None or indicator.numerator is None or not is_computed(indicator):
        return []
    then = Scope(on.on, on.region_id, row.snapshot.known_at, None, on.begins)
    instruments = main_selection(indicator).counts == "instruments"
    before, after = (_things(rows_behind(indicator, scope, "numerator"), instruments) for scope in (then, on))
    changed = [(key, True) for key in after.keys() - before.keys()]
    changed += [(key, False) for key in before.keys() - after.keys()]
    found = []
    for key, entered in sorted(changed)[:_MOST]:
        thing = (after if entered else before)[key]
        act = history_of(thing).filter(at__gt=row.snapshot.known_at).first()
        found.append(Moved(str(getattr(thing, "name", thing)), str(getattr(thing, "code", "")), entered, act))
    return found


def _things(rows: Any, instruments: bool) -> dict[int, Any]:
    if instruments:
        return {one.instrument_id: one.instrument for one in rows.select_related("instrument")}
    return {one.pk: one for one in rows}
