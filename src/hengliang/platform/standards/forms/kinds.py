"""The distributions of the workbench: which cells each one needs, and the distribution that they describe."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _

from hengliang.metrology.errors import MetrologyError
from hengliang.metrology.uncertainty import (
    ArcSine,
    Constant,
    CurvilinearTrapezoidal,
    Distribution,
    Exponential,
    Normal,
    Rectangular,
    StudentT,
    Trapezoidal,
    Triangular,
    TwoPoint,
)
from hengliang.platform.standards.budgets.refusals import words_of

KINDS = (
    ("normal", _("normal (u, or U and k)")),
    ("t", _("t (u and degrees of freedom)")),
    ("rectangular", _("rectangular (half-width)")),
    ("triangular", _("triangular (half-width)")),
    ("trapezoidal", _("trapezoidal (half-width, β)")),
    ("curvilinear_trapezoidal", _("rectangular, inexact limits (half-width, d)")),
    ("arcsine", _("arc sine (half-width)")),
    ("two_point", _("two-point (half-width)")),
    ("exponential", _("exponential (value)")),
    ("constant", _("constant (value)")),
)


@dataclass(frozen=True)
class Typed:
    """The numbers of one row; None where the cell is empty."""

    name: str
    value: float | None
    spread: float | None
    factor: float | None
    dof: float | None

    @property
    def degrees(self) -> float:
        """Degrees of freedom; infinite where none were typed."""
        if self.dof is None:
            return math.inf
        if not self.dof > 0:
            raise forms.ValidationError({"dof": _gettext("Degrees of freedom are positive; leave empty for ∞.")})
        return self.dof

    def need(self, cell: str) -> float:
        """The number of a cell that this distribution can't do without."""
        found: float | None = getattr(self, cell)
        if found is None:
            raise forms.ValidationError({cell: _gettext("This distribution needs the number.")})
        return found

    @property
    def standard(self) -> float:
        """u, or U divided by k."""
        spread, k = self.need("spread"), 1.0 if self.factor is None else self.factor
        if spread < 0:
            raise forms.ValidationError({"spread": _gettext("An uncertainty is not negative.")})
        if not k > 0:
            raise forms.ValidationError({"factor": _gettext("k is positive.")})
        return spread / k

    @property
    def limits(self) -> tuple[float, float]:
        """The value less and plus the half-width."""
        middle, half = self.need("value"), self.need("spread")
        if not half > 0:
            raise forms.ValidationError({"spread": _gettext("The half-width is positive.")})
        return middle - half, middle + half


_MAKERS: dict[str, Callable[[Typed], Distribution]] = {
    "normal": lambda row: Normal(row.need("value"), row.standard),
    "t": lambda row: StudentT(row.need("value"), row.standard, row.need("dof")),
    "rectangular": lambda row: Rectangular(*row.limits),
    "triangular": lambda row: Triangular(*row.limits),
    "trapezoidal": lambda row: Trapezoidal(*row.limits, row.need("factor")),
    "curvilinear_trapezoidal": lambda row: CurvilinearTrapezoidal(*row.limits, row.need("factor")),
    "arcsine": lambda row: ArcSine(*row.limits),
    "two_point": lambda row: TwoPoint(*row.limits),
    "exponential": lambda row: Exponential(row.need("value")),
    "constant": lambda row: Constant(row.need("value")),
}


def distribution_of(kind: str, row: Typed) -> Distribution:
    """The distribution that a row describes. Raises ValidationError at the cell at fault."""
    if kind not in _MAKERS:
        raise forms.ValidationError({"distribution": _gettext("Choose a distribution from the list.")})
    try:
        return _MAKERS[kind](row)
    except MetrologyError as error:
        raise forms.ValidationError({"spread": words_of(error)}) from None


def cells_of(stored: Distribution) -> dict[str, Any]:
    """The cells that describe a stored distribution: the other way round. Raises KeyError for a kind not offered."""
    if stored.kind not in _MAKERS:
        raise KeyError(stored.kind)
    own = stored.to_dict()
    cells: dict[str, Any] = {"distribution": stored.kind, "value": _short(stored.mean)}
    if "lower" in own:
        cells |= {"spread": _short((own["upper"] - own["lower"]) / 2), "factor": own.get("beta", own.get("d"))}
    elif stored.kind in ("normal", "t"):
        cells |= {"spread": stored.u, "dof": own.get("dof")}
    return cells


def _short(number: float) -> float:
    # The middle and half of two limits carry the rounding of their sum; 12 digits are what was typed.
    return float(f"{number:.12g}")
