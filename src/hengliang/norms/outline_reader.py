"""The words of one procedure in one language, and the sheets that are written with them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from hengliang.metrology.judge import Amount, Cell, LimitTable, Procedure
from hengliang.norms.outline_words import ARGUMENT_WORDS, WORDS


@dataclass(frozen=True, slots=True)
class OutlineSheet:
    """A table: title, headings, rows; `keys` of the columns name a row, `note` says what is true of all of it."""

    title: str
    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    note: str = ""
    keys: int = 1


@dataclass(slots=True)
class Reader:
    """The words of one procedure in one language: what its names, choices and amounts are called."""

    procedure: Procedure
    language: str
    titles: dict[str, str] = field(default_factory=dict)
    choices: dict[str, dict[str, str]] = field(default_factory=dict)
    order: dict[str, list[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        cells = [*self.procedure.attributes]
        for item in self.procedure.items:
            cells += [*item.cells, *item.run_cells]
        for cell in cells:
            self.titles.setdefault(cell.id, self.text(cell.title))
            self.order.setdefault(cell.id, list(cell.choices))
            named = {choice: self.text(title) for choice, title in cell.words.items()}
            self.choices.setdefault(cell.id, {}).update(named)
        self.choices["regime"] = {regime: self.word(regime) for regime in self.procedure.regimes}
        self.order["regime"] = list(self.procedure.regimes)

    def text(self, title: Mapping[str, str]) -> str:
        """A title in the language."""
        return title.get(self.language) or title.get("en", "")

    def word(self, key: str, *filled: object) -> str:
        """One of the rules' own words."""
        zh, en = WORDS[key]
        return (zh if self.language == "zh" else en).format(*filled)

    def name(self, name: str) -> str:
        """What a quantity is called."""
        if name in self.titles:
            return self.titles[name]
        pair = ARGUMENT_WORDS.get(name) or WORDS.get(name)
        return name if pair is None else pair[0 if self.language == "zh" else 1]

    def listed(self, words: Iterable[str]) -> str:
        """Words one after the other."""
        return ("、" if self.language == "zh" else ", ").join(word for word in words if word)

    def amount(self, amount: Amount | None) -> str:
        """A number, a quantity, or a sum of products in words."""
        if amount is None:
            return ""
        return " + ".join(self._term(term.times, term.of, term.over) for term in amount).replace("+ -", "− ")

    def _term(self, times: object, of: Sequence[str], over: Sequence[str]) -> str:
        factors = [self.name(name) for name in of]
        number = f"{times:f}"
        shown = " × ".join(factors if number == "1" and factors else [number, *factors])
        return " ÷ ".join([shown, *(self.name(name) for name in over)])

    def conditions(self, when: Mapping[str, frozenset[str]]) -> str:
        """Conditions in words: which attribute has which of its values."""
        return self.listed(f"{self.name(name)} {self.values(name, allowed)}" for name, allowed in when.items())

    def values(self, name: str, allowed: Iterable[str]) -> str:
        """Choices of an attribute in words, in their order."""
        ranked = sorted(allowed, key=lambda word: (self.rank(name, [word]), word))
        return self.listed(self.choices.get(name, {}).get(word, word) for word in ranked)

    def rank(self, name: str, allowed: Iterable[str]) -> int:
        """The place of the first of these values in the order in which the rule names them."""
        order = self.order.get(name, [])
        return min((order.index(word) for word in allowed if word in order), default=len(order))


def unit_words(unit: str) -> str:
    """A unit as it is shown: a plain number has none."""
    return "" if unit == "1" else unit


def possible(reader: Reader, cell: Cell) -> str:
    """What may be entered in a cell: its choices or its range."""
    if cell.kind == "check":
        return f"{reader.word('yes')} / {reader.word('no')}"
    if cell.choices:
        return reader.values(cell.id, cell.choices)
    return between(reader, cell.low, cell.high)


def between(reader: Reader, low: Amount | None, high: Amount | None) -> str:
    """A range in words and signs."""
    if low is None or high is None:
        side = low if high is None else high
        return "" if side is None else f"{'≥' if high is None else '≤'} {reader.amount(side)}"
    return f"{reader.amount(low)} … {reader.amount(high)}"


def table_title(reader: Reader, table: LimitTable) -> str:
    """What a table of limits is called."""
    return reader.text(table.title) or reader.word("limit")
