"""Indicators as defined by rule: what is counted over what, by the names of registered selectors."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from hengliang.norms.errors import WrongKind
from hengliang.norms.load import Norms
from hengliang.norms.model import Value

MODES = ("new", "stock", "cumulative", "ratio", "standing", "rating")


@dataclass(frozen=True, slots=True)
class Selection:
    """A registered selector and the conditions that its rows must meet."""

    selector: str
    where: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Answered:
    """A target of a policy document that an indicator answers, in the document's own words."""

    id: str
    policy: str
    quote: str


@dataclass(frozen=True, slots=True)
class Indicator:
    """A figure: numerator ÷ denominator × scale, or a count where there is no denominator.

    mode : `new` (first events since the plan began), `stock` (what is valid on the day), `cumulative` (all ever, those
        withdrawn left out), `ratio` (a share on the day), `standing` (a share that must hold every day), `rating` (a
        goal that people judge; it has no figure, and no numerator).
    distinct : what counts once, however many rows speak of it; empty where each row is one thing.
    waits_for : what is missing while the platform has no such ledger; None where it has one.
    partial : what the figure does not hold yet: it is a lower bound; None where it is whole.
    late_after_days : a reporter without an entry for longer than that is late; None where nobody has to report.
    subset_of, balance : the indicator that this one can't exceed; the `new` indicator that explains this stock.
    wording : words by which a target of a document is recognised.
    """

    id: str
    title: Mapping[str, str]
    definition: Mapping[str, str]
    numerator: Selection | None
    denominator: Selection | None
    unit: str
    scale: Decimal
    direction: str
    source: Value
    mode: str = "stock"
    distinct: str = ""
    waits_for: Mapping[str, str] | None = None
    partial: Mapping[str, str] | None = None
    late_after_days: int | None = None
    subset_of: str = ""
    balance: str = ""
    wording: tuple[str, ...] = ()
    targets: tuple[Answered, ...] = ()

    @property
    def name(self) -> str:
        """The short name, as addresses have it."""
        return self.id.rpartition("/")[2]


def indicator_of(value: Value) -> Indicator:
    """The indicator that a dated value defines.

    Raises
    ------
    WrongKind : the rule is no indicator
    """
    if value.kind != "indicator":
        raise WrongKind(norm=value.norm, kind=value.kind, wanted="indicator")
    content = value.content
    below = content["denominator"]
    return Indicator(
        id=value.norm,
        title=value.title,
        definition=content["definition"],
        numerator=_selection(content["numerator"]),
        denominator=_selection(below),
        unit=value.unit or "1",
        scale=Decimal(content.get("scale", 1)),
        direction=content.get("direction", "up"),
        source=value,
        mode=content.get("mode") or ("stock" if below is None else "ratio"),
        distinct=content.get("distinct", ""),
        waits_for=content.get("waits_for"),
        partial=content.get("partial"),
        late_after_days=content.get("late_after_days"),
        subset_of=content.get("subset_of", ""),
        balance=content.get("balance", ""),
        wording=tuple(content.get("wording", ())),
        targets=tuple(Answered(**one) for one in content.get("targets", ())),
    )


def indicator_selectors(norms: Norms) -> frozenset[str]:
    """The names of all selectors that the platform must register: those of indicators that wait for nothing."""
    found = set()
    for norm in norms.of_kind("indicator"):
        for value in norm.values:
            if not value.repealed:
                found |= _needed(indicator_of(value))
    return frozenset(found)


def _needed(indicator: Indicator) -> set[str]:
    if indicator.waits_for is not None:
        return set()
    return {one.selector for one in (indicator.numerator, indicator.denominator) if one is not None}


def _selection(given: Mapping[str, Any] | None) -> Selection | None:
    if given is None:
        return None
    where = {
        name: tuple(str(word) for word in (words if isinstance(words, list) else [words]))
        for name, words in given.get("where", {}).items()
    }
    return Selection(given["selector"], where)
