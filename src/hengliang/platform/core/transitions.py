"""States and moves as tables: what may follow what, by which act. Pages, services, diagrams and tests read them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models

from hengliang.platform.core.errors import StaleWrite, TransitionRefused
from hengliang.platform.core.listed import listed
from hengliang.platform.core.models import Act, StateChange
from hengliang.platform.core.rights import right_of


@dataclass(frozen=True)
class State:
    """A state: its code, its words, and its tone (the colour and shape on the page)."""

    code: str
    label: Any
    tone: str = "neutral"


@dataclass(frozen=True)
class Move:
    """An act that leads from any of `sources` to `target`."""

    act: str
    sources: frozenset[str]
    target: str


@dataclass(frozen=True)
class Workflow:
    """The states of one kind of object, the first of them being the one it is made in, and the moves between them."""

    name: str
    states: tuple[State, ...]
    moves: tuple[Move, ...]

    def __post_init__(self) -> None:
        known = {state.code for state in self.states}
        named = {m.target for m in self.moves}.union(*(m.sources for m in self.moves))
        if unknown := named - known:
            raise ValueError(f"workflow {self.name}: unknown states {sorted(unknown)}")

    def state(self, code: str) -> State:
        """The state with this code."""
        return next(state for state in self.states if state.code == code)

    def target(self, act: str, source: str) -> str:
        """Where `act` leads from `source`.

        Errors: `TransitionRefused` naming the acts that are possible there.
        """
        for step in self.moves:
            if step.act == act and source in step.sources:
                return step.target
        raise TransitionRefused(
            "transition_refused",
            "“%(act)s” is not possible in the state “%(state)s”. Possible: %(possible)s.",
            act=_words(act),
            state=self.state(source).label,
            possible=listed(map(_words, self.acts_from(source))) or "—",
        )

    def step(self, act: str) -> tuple[list[str], str]:
        """From which states `act` leads, and where: for acts that move many objects as a set.

        Errors: `LookupError` for an act that the table does not have, or that leads to more than one state.
        """
        found = [m for m in self.moves if m.act == act]
        if len({m.target for m in found}) != 1:
            raise LookupError(f"workflow {self.name}: {act} has no single target")
        return sorted(frozenset().union(*(m.sources for m in found))), found[0].target

    def acts_from(self, source: str) -> tuple[str, ...]:
        """The acts that are possible in a state."""
        return tuple(m.act for m in self.moves if source in m.sources)

    def choices(self) -> list[tuple[str, Any]]:
        """Code and label of each state, as Django's `choices`."""
        return [(state.code, state.label) for state in self.states]

    def mermaid(self) -> str:
        """The diagram, as the README of the app shows it; a test holds the two together."""
        rows = [f"    {s} --> {m.target}: {m.act}" for m in self.moves for s in sorted(m.sources)]
        return "\n".join(["stateDiagram-v2", f"    [*] --> {self.states[0].code}", *rows])


def _words(act: str) -> str:
    """What an act is called; its code where nobody has named it."""
    return str(right_of(act).words or act)


def moves(*rows: tuple[str, str | Iterable[str], str]) -> tuple[Move, ...]:
    """A transition table from rows `(act, source or sources, target)`."""
    return tuple(
        Move(act, frozenset({sources} if isinstance(sources, str) else sources), target)
        for act, sources, target in rows
    )


def enter(workflow: Workflow, subject: models.Model, act: Act) -> None:
    """Record that `subject` was made, in the first state of its workflow."""
    made_each(workflow, [(subject, act)])


def made_each(workflow: Workflow, made: Sequence[tuple[models.Model, Act]]) -> None:
    """Record of each that it was made by its act, in the first state of the workflow."""
    _record([(subject, act, "", workflow.states[0].code) for subject, act in made])


def move(workflow: Workflow, subject: Any, act: Act) -> None:
    """Lead `subject` on by the act, or refuse; two that try at once: one gets `StaleWrite`."""
    move_each(workflow, [(subject, act)])


def move_each(workflow: Workflow, led: Sequence[tuple[Any, Act]]) -> None:
    """Lead objects of one kind on, each by its act; all of them or none.

    Errors: `TransitionRefused`; `StaleWrite` where somebody else has led one of them on.
    """
    ways = [(subject, act, subject.state, workflow.target(act.kind, subject.state)) for subject, act in led]
    alike: dict[tuple[str, str], list[Any]] = {}
    for subject, _act, source, target in ways:
        alike.setdefault((source, target), []).append(subject)
    for (source, target), subjects in alike.items():
        own = type(subjects[0])._default_manager.filter(pk__in=[one.pk for one in subjects], state=source)
        if own.update(state=target) != len(subjects):
            raise StaleWrite("stale_state", "Somebody else has acted on this meanwhile. Reload the page.")
    for subject, _act, _source, target in ways:
        subject.state = target
    _record(ways)


def _record(ways: Sequence[tuple[models.Model, Act, str, str]]) -> None:
    StateChange.objects.bulk_create(
        StateChange(
            act=act,
            subject_type=subject._meta.label_lower,
            subject_id=subject.pk,
            source=source,
            target=target,
            at=act.at,
        )
        for subject, act, source, target in ways
    )
