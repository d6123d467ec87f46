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


def load_norms(*overlays: Path) -> Norms:
    """The shipped rules with the overlay folders of an authority upon them, in order.

    A file of an overlay adds a rule, or dated values to a rule of the same id and kind (replacing those of
    the same day); `approvals.yaml` in it approves values by their content.
    """
    return Norms([(SHIPPED_LAYER, SHIPPED), *((folder.name, folder) for folder in overlays)])


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


<<<<<<< HEAD
def rule_files(folder: Path) -> list[Path]:
    """The files of rules under a folder, in a fixed order."""
    return sorted(path for path in folder.rglob("*.yaml") if path.name != "approvals.yaml")


def read_units(layers: Sequence[tuple[str, Path]]) -> frozenset[str]:
    """The closed list of units, from `units.csv` of all layers."""
    symbols: set[str] = set()
    for _, folder in layers:
        path = folder / UNITS_FILE
        if path.exists():
            with path.open(encoding="utf-8", newline="") as lines:
                symbols.update(row["symbol"] for row in csv.DictReader(lines))
    return frozenset(symbols)


def _read(path: Path, folder: Path, layer: str, problems: list[NormProblem]) -> Document | None:
    name = f"{layer}/{path.relative_to(folder).as_posix()}"
    try:
        document = read_document(path, name)
    except NormFault as fault:
        problems += fault.problems
        return None
    _attach_csv(document, path.parent)
    return document


def _attach_csv(document: Document, folder: Path) -> None:
    """Put the rows of every CSV file that the document names beside the name."""
    values = document.data.get("values") if isinstance(document.data, dict) else None
    for day, value in (values or {}).items() if isinstance(values, dict) else ():
        if not isinstance(value, dict):
            continue
        tables = value.get("tables")
        tables = tables if isinstance(tables, list) else []
        for place, holder in [((), value), *((("tables", i), table) for i, table in enumerate(tables))]:
            if isinstance(holder, dict) and isinstance(holder.get("csv"), str):
                _rows(document, ("values", day, *place, "csv"), holder, folder / holder["csv"])


def _rows(document: Document, place: tuple[Any, ...], holder: dict[str, Any], path: Path) -> None:
    if path.parent.resolve() != path.resolve().parent or not path.is_file():
        document.refuse(place, "no_csv", f"there is no file {path.name} beside this one", "Add it or correct the name")
        return
    with path.open(encoding="utf-8", newline="") as lines:
        document.tables[place[:-1]] = list(csv.DictReader(lines, strict=True))


def _gather(gathered: dict[str, _Gathered], document: Document, layer: str, problems: list[NormProblem]) -> None:
    head = document.data
    found = gathered.setdefault(head["id"], _Gathered(head, document.file))
    if (found.head["kind"], found.head.get("unit")) != (head["kind"], head.get("unit")):
        message = f"{head['id']} is of another kind or unit than in {found.file}"
        problems.append(NormProblem(document.file, 1, "kind_differs", message, "Use the same kind and unit"))
        return
    for day, value in head["values"].items():
        content = {key: inner for key, inner in value.items() if key not in META}
        document.put_tables(("values", day), content)
        found.editions[day] = (content, {**_status_of(head), **value}, layer)


def _status_of(head: Mapping[str, Any]) -> dict[str, Any]:
    return {key: head[key] for key in ("status", "checked", "approved") if key in head}


def _norm(norm: str, found: _Gathered) -> Norm:
    head = found.head
    days = tuple(sorted(found.editions))
    values = tuple(_value(head, day, *found.editions[day]) for day in days)
    return Norm(norm, head["kind"], head["title"], head.get("unit"), found.file, head.get("note"), values, days)


def _value(head: Mapping[str, Any], start: date, content: dict[str, Any], meta: dict[str, Any], layer: str) -> Value:
    source = Source(**{"via": None, "archive": None, **meta["source"]})
    status = meta["status"]
=======
def _norm(norm: str, found: Gathered) -> Norm:
    head = found.head
    days = tuple(sorted(found.editions))
    values = tuple(_value(head, day, found.editions[day]) for day in days)
    return Norm(
        norm, head["kind"], head["title"], head.get("unit"), found.file, head.get("note"), values, days
    )


def _value(head: Mapping[str, Any], start: date, edition: Edition) -> Value:
    meta = edition.meta
    identity = (head["id"], head["kind"], head.get("unit"))
>>>>>>> norms
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
