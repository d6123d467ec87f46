"""Numbers for the combinations of node, meter, role, unit … that occur, so that rows are handled as arrays."""

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple, TypeAlias

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from hengliang.readings.intake.headers import meaning, plain, unit_of, units
from hengliang.readings.intake.profile import Profile
from hengliang.readings.model import CONDITIONS, Condition, Kind, Role

Ids = NDArray[np.int64]
_Said: TypeAlias = tuple[Role | None, str, Kind | None, str, int, float]
_KIND = {"register": Kind.REGISTER, "energy": Kind.INTERVAL, "level": Kind.LEVEL}
PRESSURE_UNIT, TEMPERATURE_UNIT = "MPa", "°C"


class Key(NamedTuple):
    """One combination, understood.

    role : None where a topology file must say it
    kind : None where the numbers must tell it
    exponent : power of ten of the last digit kept, in base units
    """

    node: str
    meter: str
    role: Role | None
    channel: str
    kind: Kind | None
    unit: str
    exponent: int
    factor: float


class Refusal(Exception):
    """A combination that can't be understood: the column and the code of the reason."""

    def __init__(self, column: str, value: str, code: str) -> None:
        super().__init__(column, value, code)
        self.column, self.value, self.code = column, value, code


class Keys:
    """All combinations of one import."""

    def __init__(self) -> None:
        self.keys: list[Key] = []
        self._ids: dict[Key, int] = {}

    def id_of(self, key: Key) -> int:
        """The number of a combination."""
        found = self._ids.get(key)
        if found is None:
            found = self._ids[key] = len(self.keys)
            self.keys.append(key)
        return found


class FileKeys:
    """The combinations of one file: text tuples to numbers, each understood once."""

    def __init__(self, keys: Keys, profile: Profile, stem: str, names: Sequence[str], decimals: int) -> None:
        self._keys, self._profile, self._names, self._decimals = keys, profile, tuple(names), decimals
        self._node = profile.node.replace("{file}", stem)
        self._others = [at for at, name in enumerate(self._names) if name not in ("node", "meter")]
        # Per value column.
        self._known: dict[str, dict[tuple[str, ...], int]] = defaultdict(dict)
        # Of a million meters all but the names is said in a few ways.
        self._said: dict[tuple[str, ...], _Said] = {}
        # The k-th refusal has the number -1 - k.
        self.refused: list[Refusal] = []

    def used(self) -> set[int]:
        """The numbers of all combinations that the file has named so far."""
        return {number for known in self._known.values() for number in known.values() if number >= 0}

    def ids(self, codes: Ids, texts: Sequence[tuple[str, ...]], value: str) -> Ids:
        """(n,) numbers of the rows' combinations for one value column; negative where not understood.

        codes, texts : of `encode`
        """
        known = self._known[value]
        for one in texts:
            if one not in known:
                known[one] = self._enter(one, value)
        return np.fromiter(map(known.__getitem__, texts), np.int64, len(texts))[codes]

    def numbers_of(self, texts: tuple[str, ...]) -> set[int]:
        """The numbers of a combination, for all value columns."""
        found = (known.get(texts, -1) for known in self._known.values())
        return {number for number in found if number >= 0}

    def of_meter(self, meter: str, value: str) -> int:
        """The number of a meter that is named in the headers."""
        texts = tuple(meter if name == "meter" else "" for name in self._names)
        return int(self.ids(np.zeros(1, np.int64), [texts], value)[0])

    def _enter(self, texts: tuple[str, ...], value: str) -> int:
        try:
            return self._keys.id_of(self._understand(texts, value))
        except Refusal as refusal:
            self.refused.append(refusal)
            return -len(self.refused)

    def _understand(self, texts: tuple[str, ...], value: str) -> Key:
        if value in CONDITIONS:
            return self._condition(self._cells(texts), Condition(value))
        meter = self._named("meter", texts)
        if not meter:
            raise Refusal("meter", meter, "meter")
        place = (value, *(texts[at] for at in self._others))
        said = self._said.get(place)
        if said is None:
            said = self._said[place] = self._all_but_names(self._cells(texts), value)
        return Key(self._named("node", texts) or self._node, meter, *said)

    def _cells(self, texts: tuple[str, ...]) -> dict[str, str]:
        return dict(zip(self._names, texts, strict=True))

    def _named(self, name: str, texts: tuple[str, ...]) -> str:
        return texts[self._names.index(name)].strip() if name in self._names else ""

    def _all_but_names(self, cells: dict[str, str], value: str) -> _Said:
        unit, exponent = self._unit(cells)
        factor = _positive("multiplier", cells.get("multiplier", "")) or 1.0
        if unit == "count":
            constant = _positive("constant", cells.get("constant", "")) or self._profile.counts_per_unit
            if not constant:
                raise Refusal("constant", "", "constant")
            unit, factor = "kWh", factor / constant
        role, channel, kind = self._role(cells, value), _channel(cells, value), self._kind(value)
        return (role, channel, kind, unit, exponent - self._decimals, factor)

    def _condition(self, cells: dict[str, str], value: Condition) -> Key:
        """A pressure or temperature: of the meter of the row, or of a node's sensor that has no name of its own."""
        node = cells.get("node", "").strip() or self._node
        meter = cells.get("meter", "").strip() or (f"{node}:{Role.CONDITION}" if node else "")
        if not meter:
            raise Refusal("node", "", "node")
        written = cells.get("role", "").strip() or self._profile.role
        role = meaning("role").get(plain(written), "") if written else Role.CONDITION
        if not role:
            raise Refusal("role", written, "role")
        base = PRESSURE_UNIT if value is Condition.PRESSURE else TEMPERATURE_UNIT
        unit, exponent = self._of_condition(cells, value, base)
        return Key(node, meter, Role(role), str(value), Kind.LEVEL, unit, exponent - self._decimals, 1.0)

    def _of_condition(self, cells: dict[str, str], value: Condition, base: str) -> tuple[str, int]:
        """What the header says in brackets, else the column of units where it can mean this, else the base unit."""
        beside = units().get(plain(cells.get("unit", "").strip()))
        said = unit_of(self._profile.columns[value]) or (base if beside is None or beside[0] != base else "")
        unit, exponent = units()[plain(said)] if said else beside or (base, 0)
        if unit != base:
            raise Refusal("unit", said, "unit")
        return unit, exponent

    def _unit(self, cells: dict[str, str]) -> tuple[str, int]:
        written = cells.get("unit", "").strip() or self._profile.unit
        found = units().get(plain(written))
        if found is None:
            raise Refusal("unit", written, "unit")
        return found

    def _role(self, cells: dict[str, str], value: str) -> Role | None:
        written = cells.get("role", "").strip() or self._profile.role
        if not written:
            return Role.STOCK if value == "level" else None
        found = meaning("role").get(plain(written))
        if found is None:
            raise Refusal("role", written, "role")
        return Role(found)

    def _kind(self, value: str) -> Kind | None:
        said = self._profile.kind
        if said != "auto":
            return Kind(said)
        return _KIND.get(value.removesuffix("_export"))


def _channel(cells: dict[str, str], value: str) -> str:
    written = cells.get("direction", "").strip()
    direction = meaning("direction").get(plain(written)) if written else "import"
    if direction is None:
        raise Refusal("direction", written, "direction")
    if value.endswith("_export"):
        direction = "export"
    tariff = cells.get("tariff", "").strip()
    tariff = meaning("tariff").get(plain(tariff), tariff) if tariff else ""
    return f"{direction}:{tariff}" if tariff else direction


def _positive(column: str, text: str) -> float | None:
    if not text.strip():
        return None
    try:
        number = float(text)
    except ValueError:
        number = 0.0
    if not 0 < number < 1e9:
        raise Refusal(column, text, "multiplier")
    return number


def encode(columns: Sequence[pa.Array], rows: int) -> tuple[Ids, list[tuple[str, ...]]]:
    """Numbers of the rows' text tuples within a batch, and the tuples.

    columns : (k,) text columns of `rows` rows
    Gives (n,) numbers and the tuples they stand for; a missing text counts as "".
    """
    if not columns:
        return np.zeros(rows, np.int64), [()]
    parts = [encoded(column) for column in columns]
    various = [part for part in parts if len(part.dictionary) > 1]
    if len(various) <= 1:
        codes = various[0].indices.to_numpy().astype(np.int64) if various else np.zeros(rows, np.int64)
        return codes, _tuples(parts, np.arange(len(various[0].dictionary) if various else min(rows, 1)))
    combined = np.zeros(rows, np.int64)
    for part in various:
        combined = combined * len(part.dictionary) + part.indices.to_numpy()
    whole = pa.array(combined).dictionary_encode()
    return whole.indices.to_numpy().astype(np.int64), _tuples(parts, whole.dictionary.to_numpy())


def encoded(column: pa.Array) -> pa.DictionaryArray:
    """A text column with each text once; a missing one is a text as well."""
    if pa.types.is_dictionary(column.type):
        if not column.null_count:
            return column
        column = column.cast(pa.string())
    return column.dictionary_encode(null_encoding="encode")


def _tuples(parts: Sequence[pa.DictionaryArray], combined: Ids) -> list[tuple[str, ...]]:
    cells: list[list[str]] = []
    rest = combined.copy()
    for part in reversed(parts):
        words = [str(word or "") for word in part.dictionary.to_pylist()]
        if len(words) > 1:
            rest, places = np.divmod(rest, len(words))
            cells.append([words[place] for place in places])
        else:
            cells.append([words[0] if words else ""] * len(combined))
    return list(zip(*reversed(cells), strict=True))
