"""Indicators as defined by rule: what is counted over what, by the names of registered selectors."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from hengliang.norms.errors import WrongKind
from hengliang.norms.load import Norms
from hengliang.norms.model import Value


@dataclass(frozen=True, slots=True)
class Selection:
    """A registered selector and the conditions that its rows must meet."""

    selector: str
    where: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Indicator:
    """A figure: numerator ÷ denominator × scale, or a count where there is no denominator."""

    id: str
    title: Mapping[str, str]
    definition: Mapping[str, str]
    numerator: Selection
    denominator: Selection | None
    unit: str
    scale: Decimal
    direction: str
    source: Value


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
        denominator=None if below is None else _selection(below),
        unit=value.unit or "1",
        scale=Decimal(content.get("scale", 1)),
        direction=content.get("direction", "up"),
        source=value,
    )


def indicator_selectors(norms: Norms) -> frozenset[str]:
    """The names of all selectors that the indicators of `norms` ask for; the platform must register each."""
    found = set()
    for norm in norms.of_kind("indicator"):
        for value in norm.values:
            if not value.repealed:
                indicator = indicator_of(value)
                found.add(indicator.numerator.selector)
                if indicator.denominator is not None:
                    found.add(indicator.denominator.selector)
    return frozenset(found)


def _selection(given: Mapping[str, Any]) -> Selection:
    where = {
        name: tuple(str(word) for word in (words if isinstance(words, list) else [words]))
        for name, words in given.get("where", {}).items()
    }
    return Selection(given["selector"], where)
