"""Folders of rules: read, checked, laid over each other, and asked by id."""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache, partial
from pathlib import Path
from typing import Any

from hengliang.norms.amend import amended
from hengliang.norms.approvals import approve
from hengliang.norms.errors import NormFault, NormProblem, UnknownNorm
from hengliang.norms.gather import SHIPPED_LAYER, Edition, Gathered, Layers, gather
from hengliang.norms.hashing import content_hash
from hengliang.norms.model import Approval, Norm, Source, Value

SHIPPED = Path(__file__).parent / "data"
OWN_LAYER = "own"


class Norms(Mapping[str, Norm]):
    """All rules by id. Reads its folders at the first question, so that importing costs nothing."""

    def __init__(self, layers: Layers) -> None:
        self._layers = tuple(layers)
        self._norms: dict[str, Norm] | None = None
        self._lapsed: tuple[NormProblem, ...] = ()

    def __getitem__(self, norm: str) -> Norm:
        try:
            return (self._norms or self._all())[norm]
        except KeyError:
            raise UnknownNorm(norm=norm) from None

    def __iter__(self) -> Iterator[str]:
        return iter(self._all())

    def __len__(self) -> int:
        return len(self._all())

    def of_kind(self, kind: str) -> list[Norm]:
        """The rules of one kind, by id."""
        return [norm for norm in self._all().values() if norm.kind == kind]

    @property
    def lapsed(self) -> tuple[NormProblem, ...]:
        """Approvals that hold no longer, because the content that was approved has changed."""
        self._all()
        return self._lapsed

    def _all(self) -> dict[str, Norm]:
        if self._norms is None:
            self._norms, self._lapsed = read_layers(self._layers)
        return self._norms


def load_norms(*overlays: Path, own: Path | None = None) -> Norms:
    """The shipped rules with the overlay folders of an authority upon them, in order.

    A file of an overlay adds a rule, or dated values to a rule of the same id and kind (replacing those of
    the same day); `approvals.yaml` in it approves values by their content. `own` is the folder that the platform
    keeps for its authority, the topmost. Where it is a link, it is followed now: later turns don't mix two folders.
    """
    layers = [(SHIPPED_LAYER, SHIPPED), *((folder.name, folder) for folder in overlays)]
    return Norms(layers if own is None else [*layers, (OWN_LAYER, own.resolve())])


norms = load_norms()
"""The shipped rules."""


def read_layers(layers: Layers) -> tuple[dict[str, Norm], tuple[NormProblem, ...]]:
    """All rules of the layers, later ones upon earlier ones, and the approvals that have lapsed.

    Raises
    ------
    NormFault : names file, line and remedy of every fault found
    """
    problems: list[NormProblem] = []
    gathered = gather(layers, problems)
    amended(gathered, problems)
    _refuse(problems)
    found = {norm: _norm(norm, gathered[norm]) for norm in sorted(gathered)}
    lapsed = approve(found, layers, problems)
    _refuse(problems)
    return found, tuple(lapsed)


def _refuse(problems: list[NormProblem]) -> None:
    if problems:
        raise NormFault(tuple(problems))


def _norm(norm: str, found: Gathered) -> Norm:
    head = found.head
    days = tuple(sorted(found.editions))
    values = tuple(_value(head, day, found.editions[day]) for day in days)
    return Norm(norm, head["kind"], head["title"], head.get("unit"), found.file, head.get("note"), values, days)


def _value(head: Mapping[str, Any], start: date, edition: Edition) -> Value:
    meta = edition.meta
    identity = (head["id"], head["kind"], head.get("unit"))
    return Value(
        norm=head["id"],
        kind=head["kind"],
        title=head["title"],
        unit=head.get("unit"),
        start=start,
        content=edition.content,
        source=Source(**meta["source"]),
        status=meta["status"],
        approval=_approval(meta.get(meta["status"])),
        fingerprint=cache(partial(content_hash, identity, start, edition.content, meta["source"])),
        layer=edition.layer,
        place=f"{edition.file}:{edition.line}",
        note=meta.get("note"),
        repealed=bool(meta.get("repealed")),
    )


def _approval(given: Mapping[str, Any] | None) -> Approval | None:
    if given is None:
        return None
    names = given["by"] if isinstance(given["by"], list) else [given["by"]]
    return Approval(tuple(names), given["on"], given["against"])
