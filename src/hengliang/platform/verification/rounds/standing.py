"""How a round stands: what the devices say of each instrument, merged, and what became of it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from hengliang.platform.verification.models import FieldEntry, Round, RoundInstrument, RoundSettlement
from hengliang.platform.verification.rounds.merge import Choice, Outcome, Said, merged
from hengliang.platform.verification.rounds.route import walked

OPEN, CONFLICT, PASSED, FAILED, MEASURED, HELD = "open", "conflict", "passed", "failed", "measured", "held"
ABSENCES = frozenset({FieldEntry.Kind.ABSENT, FieldEntry.Kind.REFUSED, FieldEntry.Kind.NOT_FOUND})
STATES = (OPEN, CONFLICT, HELD, MEASURED, FAILED, PASSED, "absent", "refused", "not_found", "unknown")


@dataclass(frozen=True)
class Subject:
    """An instrument of a round, or one that no ledger knew, and what is said of it."""

    key: str
    line: RoundInstrument | None
    speaks: FieldEntry | None
    open: tuple[FieldEntry, ...] = ()
    earlier: tuple[FieldEntry, ...] = ()

    @property
    def state(self) -> str:
        """One of `STATES`."""
        if self.open:
            return CONFLICT
        return OPEN if self.speaks is None else _said(self.speaks)

    @property
    def label(self) -> str:
        """The number of its label, unless it failed: then it carries none."""
        return self.speaks.label if self.speaks is not None and self.state != FAILED else ""

    @property
    def in_the_way(self) -> FieldEntry | None:
        """The entry that something stands in the way of: of its record or, where that is made, of its label."""
        return self.speaks if not self.open and self.speaks is not None and self.speaks.held else None


def _said(entry: FieldEntry) -> str:
    if entry.record is not None:
        return {True: PASSED, False: FAILED}.get(entry.record.passed, MEASURED)  # type: ignore[arg-type]
    if entry.held:
        return HELD
    return MEASURED if entry.kind == FieldEntry.Kind.MEASURED else entry.kind


@dataclass(frozen=True)
class Standing:
    """All subjects of a round: its instruments in the order of the route, then the unknown ones."""

    subjects: tuple[Subject, ...]

    @cached_property
    def conflicts(self) -> list[Subject]:
        """Where devices differ and nobody has decided."""
        return [one for one in self.subjects if one.open]

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many subjects are in each state."""
        found = Counter(one.state for one in self.subjects)
        return {state: found[state] for state in STATES}

    def of(self, key: str) -> Subject | None:
        """The subject of this key."""
        return next((one for one in self.subjects if one.key == key), None)


def standing_of(shown: Round) -> Standing:
    """How the round stands, in four queries."""
    lines = walked(shown.lines.select_related("instrument__item", "stop", "task__owner"))
    entries = list(
        shown.entries.select_related("person", "record", "instrument", "line__instrument__item__parent").order_by("pk")
    )
    outcomes = merged(map(said_of, entries), choices_of(shown))
    by_said = {said_of(entry): entry for entry in entries}
    keys = {f"line:{line.pk}": line for line in lines}
    subjects = [_subject(key, line, outcomes.get(key), by_said) for key, line in keys.items()]
    subjects += [_subject(key, None, outcome, by_said) for key, outcome in outcomes.items() if key not in keys]
    return Standing(tuple(subjects))


def said_of(entry: FieldEntry) -> Said:
    """An entry as it is merged."""
    return Said(entry.subject, entry.device, entry.sequence, entry.digest)


def choices_of(shown: Round) -> Iterable[Choice]:
    """What was decided in the round, in its order."""
    rows = RoundSettlement.objects.filter(round=shown).select_related("chosen").order_by("pk")
    return [Choice(said_of(row.chosen), frozenset(row.among)) for row in rows]


def _subject(
    key: str, line: RoundInstrument | None, outcome: Outcome | None, entries: dict[Said, FieldEntry]
) -> Subject:
    if outcome is None:
        return Subject(key, line, None)
    speaks = entries[outcome.speaks] if outcome.speaks else None
    return Subject(
        key, line, speaks, tuple(entries[one] for one in outcome.open), tuple(entries[one] for one in outcome.earlier)
    )
