"""What one upload or one table says: the reference value by the method chosen, beside all others."""

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from hengliang.metrology.comparison import METHODS, Degree, ReferenceValue, Result, reference_value
from hengliang.metrology.comparison.errors import ComparisonError
from hengliang.metrology.comparison.key_comparison import KeyComparison, Published
from hengliang.metrology.comparison.notes import Note
from hengliang.metrology.comparison.release import Evaluation, evaluate_release
from hengliang.metrology.comparison.round import Round, evaluate_round
from hengliang.metrology.comparison.scores import en
from hengliang.metrology.errors import MetrologyError
from hengliang.metrology.uncertainty import round_uncertainty, round_value
from hengliang.platform.comparison.methods import LABELS, RELEASE_METHODS
from hengliang.platform.core.errors import InputRefused
from hengliang.platform.core.listed import listed
from hengliang.platform.core.pages.charts import Chart, Interval, intervals

MOST_RESULTS = 40


@dataclass(frozen=True)
class Line:
    """One method: its reference value, or why it gives none."""

    label: str
    value: ReferenceValue | None
    why: str = ""

    @property
    def texts(self) -> tuple[str, str, str]:
        """Value, u and chi-squared for reading."""
        if self.value is None:
            return "", "", ""
        chi = "" if self.value.chi_squared is None else f"{self.value.chi_squared:.3g}"
        return *_rounded(self.value.value, self.value.u), chi

    @property
    def remark(self) -> str:
        """Why there is no value, or whom the method left out."""
        if self.value is None or not self.value.rejected:
            return self.why
        return _("left out: %(names)s") % {"names": listed(self.value.rejected)}


@dataclass(frozen=True)
class Row:
    """One laboratory: what it reports, its degree of equivalence, its En."""

    result: Result
    degree: Degree
    en: float

    @property
    def far(self) -> bool:
        """Whether the difference is significant."""
        return abs(self.degree.value) > self.degree.expanded_u

    @property
    def texts(self) -> tuple[str, ...]:
        """Value, u, D, U(D), D/U(D) and En for reading."""
        degree = self.degree
        ratio = f"{degree.en:.2f}" if degree.expanded_u else ""
        own, apart = _rounded(self.result.value, self.result.u), _rounded(degree.value, degree.expanded_u)
        return tuple(text.replace("-", "−") for text in (*own, *apart, ratio, f"{self.en:.2f}"))


@dataclass(frozen=True)
class Preview:
    """All that the page shows of a comparison."""

    code: str
    unit: str
    method: str
    found: Evaluation
    published: Published | None
    lines: tuple[Line, ...]
    rows: tuple[Row, ...]
    notes: tuple[str, ...]
    releases: tuple[str, ...] = ()

    @property
    def reference_text(self) -> str:
        """Value and u with their unit."""
        return self._stated(*_rounded(self.found.reference.value, self.found.reference.u))

    @property
    def published_text(self) -> str:
        """Published value and u; empty where there is none."""
        printed = self.published
        return self._stated(*_rounded(printed.value, printed.u)) if printed else ""

    def _stated(self, value: str, u: str) -> str:
        unit = f" {self.unit}" if self.unit else ""
        return f"{value}{unit}, u = {u}{unit}"

    @property
    def chart(self) -> Chart:
        """The laboratories with their intervals, the reference as a band."""
        reference = self.found.reference
        far = [row.result.laboratory for row in self.rows if row.far]
        title = _("Outside: %(names)s") % {"names": listed(far)} if far else _("All results agree with the reference")
        shown = [_interval(row) for row in self.rows]
        return intervals(
            title, shown, quantity=_("Result"), unit=self.unit, reference=(reference.value, 2 * reference.u),
            subtitle=_("Bars and band: expanded uncertainty, k = 2"),
        )  # fmt: skip


def words_of(said: MetrologyError | Note) -> str:
    """A refusal or a remark of the computation in the reader's language."""
    return _(said.template).format(**said.parameters)


def of_release(comparison: KeyComparison, release: str | None) -> Preview:
    """A BIPM key comparison as CCRI(II) evaluates it."""
    found = evaluate_release(comparison, release)
    published = found.release.published if found.release else None
    code = f"{comparison.code} {found.release.id if found.release else ''}".strip()
    method = str(RELEASE_METHODS.get(found.reference.method, found.reference.method))
    made = _preview(code, comparison.unit, method, found, published)
    return replace(made, releases=tuple(one.id for one in comparison.releases))


def of_round(round_: Round) -> Preview:
    """A round of our own form, by its method."""
    if len(round_.results) > MOST_RESULTS:
        raise InputRefused(
            "comparison_too_large", "%(count)s results: the page takes %(most)s; use the command for more.",
            field="table", count=len(round_.results), most=MOST_RESULTS,
        )  # fmt: skip
    found = evaluate_round(round_)
    label = str(LABELS.get(round_.method, round_.method))
    return _preview(round_.code, round_.unit, label, found, round_.published)


def _preview(code: str, unit: str, method: str, found: Evaluation, published: Published | None) -> Preview:
    small = len(found.results) <= MOST_RESULTS
    lines = tuple(_line(name, found.results) for name in METHODS) if small else ()
    notes = tuple(words_of(one) for one in found.notes)
    return Preview(code, unit, method, found, published, lines, tuple(_rows(found)), notes)


def _line(name: str, results: tuple[Result, ...]) -> Line:
    try:
        return Line(str(LABELS[name]), reference_value(results, name))
    except ComparisonError as error:
        return Line(str(LABELS[name]), None, words_of(error))


def _rows(found: Evaluation) -> Iterator[Row]:
    reference = found.reference
    for degree, result in zip(found.degrees, found.compared, strict=True):
        score = en(result.value, 2 * result.u, reference.value, 2 * reference.u).value
        yield Row(result, degree, score)


def _interval(row: Row) -> Interval:
    one = row.result
    return Interval(one.laboratory, one.value, one.value - 2 * one.u, one.value + 2 * one.u, "bad" if row.far else None)


def _rounded(value: float, u: float) -> tuple[str, str]:
    if not (math.isfinite(u) and u > 0):
        return f"{value:.6g}", ""
    rounded = round_uncertainty(u)
    return f"{round_value(value, rounded):f}", f"{rounded:f}"
