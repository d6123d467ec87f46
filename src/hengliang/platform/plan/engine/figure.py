"""A figure: an indicator's answer to one question, with all that one needs to believe it."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any

from hengliang.norms.indicators import Indicator
from hengliang.platform.plan.engine.scope import Scope

NO_SOURCE, NOT_APPLICABLE = "no_source", "not_applicable"
_DIGITS = Decimal("0.01")


@dataclass(frozen=True)
class Figure:
    """One indicator for one question. `value` is None, and `absent` says why, where there is nothing to divide by.

    `listed_from` is the first day of the list that it is counted over, where the day asked for lies before it.
    """

    indicator: Indicator
    scope: Scope
    numerator: int | None
    denominator: int | None
    value: Decimal | None
    absent: str = ""
    demo_denominator: bool = False
    edition: str = ""
    listed_from: str = ""

    @property
    def provenance(self) -> dict[str, Any]:
        """Which rule it was computed by, in which edition, from which document."""
        return self.indicator.source.provenance()

    @property
    def on(self) -> date:
        """The day of which it speaks."""
        return self.scope.on

    @property
    def known_at(self) -> datetime | None:
        """The moment of knowledge; None for now."""
        return self.scope.known_at

    @property
    def missing(self) -> int | None:
        """How many of the denominator are not in the numerator."""
        if self.denominator is None or self.numerator is None:
            return None
        return self.denominator - self.numerator


def value_of(indicator: Indicator, top: int, below: int | None) -> Decimal:
    """The count, or the share on the indicator's scale."""
    if below is None:
        return Decimal(top)
    return (Decimal(top) / Decimal(below) * indicator.scale).quantize(_DIGITS, ROUND_HALF_EVEN)
