"""The verifiable draw (双随机): who is inspected and who inspects; nobody chose it, and all can re-run it.

1. `commit_draw`: lists, strata, recusals, algorithm and the rule that names a *future* public value go into
   the log as `draw.committed`.
2. The checkpoint over it is witnessed; after that the lists can't be varied any more.
3. The public value appears. `start = SHA-256(hengliang-draw-v1, id, leaf hash of the commitment, value)`.
4. Objects by tickets within their stratum, inspectors by a Fisher-Yates stream; `draw.drawn` is published.

Guarantee: given an honest witness and a public value nobody controls, no party could steer the outcome, and
`replay` finds any difference. A commitment that is never drawn stays visible (`pending`). Hole: who compiles
the lists can leave somebody out before committing; compare them with the ledger. Weighting by risk is done by
strata and not by weights, since strata can be counted by hand. Rejected: the root of a covering checkpoint in
the start value; many checkpoints cover one commitment, and whoever publishes could pick one afterwards.
Source: R. L. Rivest's samplers (see `randomness.py`); in spirit DB35/T 2223-2024 (verifiable random drawing).
"""

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from hengliang.trust import canonical
from hengliang.trust.entries import Entry
from hengliang.trust.errors import DrawRefused, MalformedDraw
from hengliang.trust.public_value import SOURCES
from hengliang.trust.randomness import by_ticket, shuffled, stream

ALGORITHM = "hengliang-draw-v1"
_IDENTIFIER = re.compile(r"[A-Za-z0-9][A-Za-z0-9._~:/-]{0,127}")
MAX_OBJECTS = 1_000_000


@dataclass(frozen=True, slots=True)
class Stratum:
    """One credit tier or trade.

    objects : identifiers of all who can be drawn
    take : how many are drawn
    """

    name: str
    objects: tuple[str, ...]
    take: int


@dataclass(frozen=True, slots=True)
class Draw:
    """What is committed before anybody can know the outcome.

    inspectors : identifiers of all who can be sent
    per_object : how many inspectors go to each object
    recusals : (inspector, object) pairs that must not meet
    rule : the future public value, see `public_value.py`, and `appears`: not before when, as
        2026-06-02T12:00:00Z; the witnesses' time must come before it
    """

    id: str
    strata: tuple[Stratum, ...]
    inspectors: tuple[str, ...]
    per_object: int
    recusals: frozenset[tuple[str, str]]
    rule: Mapping[str, Any]

    def payload(self) -> dict[str, Any]:
        """The content that `draw.committed` commits to; lists are sorted, so one draw has one form."""
        return {
            "algorithm": ALGORITHM,
            "id": self.id,
            "inspectors": sorted(self.inspectors),
            "per_object": self.per_object,
            "recusals": sorted([list(pair) for pair in self.recusals]),
            "rule": dict(self.rule),
            "strata": [{"name": one.name, "objects": sorted(one.objects), "take": one.take} for one in self.strata],
        }


@dataclass(frozen=True, slots=True)
class Outcome:
    """Who was drawn, and who goes there.

    start : (64,) hexadecimal start value
    pairs : (object, inspectors) by stratum in its ticket order
    """

    start: str
    pairs: tuple[tuple[str, tuple[str, ...]], ...]

    def payload(self) -> dict[str, Any]:
        """The content that `draw.drawn` commits to."""
        return {"start": self.start, "drawn": [[one, list(sent)] for one, sent in self.pairs]}


def read_draw(text: bytes) -> Draw:
    """The draw in a committed payload. Raises NotCanonical, MalformedDraw, DrawRefused."""
    fields = canonical.read(text, max_bytes=canonical.MAX_BYTES * 8)
    try:
        if fields["algorithm"] != ALGORITHM:
            raise MalformedDraw(reason=f"algorithm {fields['algorithm']!r} is not known here")
        draw = Draw(
            id=fields["id"],
            strata=tuple(Stratum(one["name"], tuple(one["objects"]), one["take"]) for one in fields["strata"]),
            inspectors=tuple(fields["inspectors"]),
            per_object=fields["per_object"],
            recusals=frozenset((one, other) for one, other in fields["recusals"]),
            rule=fields["rule"],
        )
        check_draw(draw)
        again = draw.payload()
    except (KeyError, TypeError, ValueError, AttributeError) as fault:
        raise MalformedDraw(reason=f"{type(fault).__name__}: {fault}") from fault
    if again != fields:
        raise MalformedDraw(reason="the lists are not sorted, or a field is unknown")
    return draw


def check_draw(draw: Draw) -> None:
    """Return when the draw can be made whatever the public value will be. Raises DrawRefused."""
    objects = [one for stratum in draw.strata for one in stratum.objects]
    for identifiers, what in ((objects, "object"), (draw.inspectors, "inspector")):
        if len(set(identifiers)) != len(identifiers) or len(identifiers) > MAX_OBJECTS:
            raise DrawRefused(draw=draw.id, reason=f"an {what} is listed twice, or too many")
    for name in (draw.id, *objects, *draw.inspectors, *(one.name for one in draw.strata)):
        if not _IDENTIFIER.fullmatch(name):
            raise DrawRefused(draw=draw.id, reason=f"{name!r} is no identifier; give no names of people")
    if any(type(one.take) is not int or not 0 <= one.take <= len(one.objects) for one in draw.strata):
        raise DrawRefused(draw=draw.id, reason="a stratum has fewer objects than are to be drawn")
    if type(draw.per_object) is not int or not 0 <= draw.per_object <= len(draw.inspectors):
        raise DrawRefused(draw=draw.id, reason="there are fewer inspectors than each object needs")
    if draw.rule.get("source") not in SOURCES:
        raise DrawRefused(draw=draw.id, reason=f"the rule names none of {', '.join(SOURCES)}")
    appears(draw)
    _check_recusals(draw)


def appears(draw: Draw) -> datetime:
    """When the public value exists at the earliest, UTC. Raises DrawRefused."""
    text = draw.rule.get("appears")
    try:
        return datetime.strptime(str(text), "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    except ValueError:
        raise DrawRefused(draw=draw.id, reason=f"the rule's `appears` is {text!r}, not a UTC time") from None


def start_value(draw_id: str, leaf: bytes, value: str) -> str:
    """(64,) hexadecimal start of the draw; a citizen can make it with `sha256sum` over four lines of text.

    leaf : (32,) bytes, leaf hash of the `draw.committed` entry
    value : canonical text of the public value
    """
    text = f"{ALGORITHM}\n{draw_id}\n{leaf.hex()}\n{value}\n"
    return hashlib.sha256(text.encode()).hexdigest()


def make_draw(draw: Draw, start: str) -> Outcome:
    """The outcome of `draw` for a start value: the same for everybody."""
    drawn = [one for stratum in draw.strata for one in by_ticket(stratum.objects, start)[: stratum.take]]
    return Outcome(start, tuple(zip(drawn, _dealt(draw, drawn, start), strict=True)))


def pending(log: Iterable[Entry]) -> dict[str, str]:
    """Draws of a log that were committed: `drawn`, `abandoned`, `repeated` or still `committed`, by object.

    A commitment that nobody drew must be explained: this is what stops drawing until it pleases.
    """
    states: dict[str, str] = {}
    for entry in log:
        if entry.type == "draw.committed":
            states[entry.object] = "repeated" if entry.object in states else "committed"
        elif entry.type in ("draw.drawn", "draw.abandoned") and states.get(entry.object) == "committed":
            states[entry.object] = entry.type.removeprefix("draw.")
    return states


def _dealt(draw: Draw, drawn: Sequence[str], start: str) -> list[tuple[str, ...]]:
    # Inspectors are dealt from a shuffled pack, so that the load is even; who is recused keeps the place in
    # the pack, and a fresh pack is put behind when too few are left.
    numbers = stream(start)
    sorted_inspectors = sorted(draw.inspectors)
    pack: list[str] = []
    dealt: list[tuple[str, ...]] = []
    for place in drawn:
        sent: list[str] = []
        while len(sent) < draw.per_object:
            fit = next((one for one in pack if one not in sent and (one, place) not in draw.recusals), None)
            if fit is None:
                pack += shuffled(sorted_inspectors, numbers)
                continue
            pack.remove(fit)
            sent.append(fit)
        dealt.append(tuple(sent))
    return dealt


def _check_recusals(draw: Draw) -> None:
    inspectors = set(draw.inspectors)
    barred: dict[str, int] = {}
    for inspector, place in draw.recusals:
        if inspector in inspectors:
            barred[place] = barred.get(place, 0) + 1
    for stratum in draw.strata:
        for place in stratum.objects:
            if len(inspectors) - barred.get(place, 0) < draw.per_object:
                raise DrawRefused(draw=draw.id, reason=f"too few inspectors are free to go to {place}")
