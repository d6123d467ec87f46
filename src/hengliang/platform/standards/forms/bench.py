"""The workbench as a whole: its form and the rows of its inputs, from a budget, from what was posted, or empty."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from hengliang.metrology.errors import MetrologyError
from hengliang.metrology.uncertainty import Budget, Input, Model
from hengliang.platform.core.errors import InputRefused
from hengliang.platform.standards.budgets.bounds import MOST_INPUTS, require_small
from hengliang.platform.standards.budgets.evaluation import Evaluation, Terms, evaluate
from hengliang.platform.standards.budgets.refusals import field_of, words_of
from hengliang.platform.standards.forms.kinds import cells_of
from hengliang.platform.standards.forms.workbench import InputForm, InputRows, WorkbenchForm

PREFIX = "rows"
FEWEST_ROWS, SPARE_ROWS = 4, 2


@dataclass
class Bench:
    """What stands on the workbench."""

    form: WorkbenchForm
    rows: Any

    @classmethod
    def empty(cls, form: Mapping[str, Any] | None = None, rows: Iterable[Mapping[str, Any]] = ()) -> "Bench":
        """Nothing typed yet, or what is to stand there to begin with."""
        filled = list(rows)[:MOST_INPUTS]
        made = InputRows(initial=filled, prefix=PREFIX)
        made.extra = max(SPARE_ROWS, FEWEST_ROWS - len(filled))
        return cls(WorkbenchForm(initial=dict(form or {})), made)

    @classmethod
    def of_budget(cls, budget: Budget, terms: Terms) -> "Bench":
        """A budget to go on from. Raises InputRefused for one that the workbench can't show."""
        try:
            rows = [_row(one) for one in budget.inputs]
        except KeyError as unknown:
            raise InputRefused(
                "budget_kind_not_offered", "The workbench has no distribution “%(kind)s”.", field="file",
                kind=str(unknown.args[0]),
            ) from None  # fmt: skip
        stated = f"p={terms.p:g}" if terms.p is not None else f"k={terms.k or 2:g}"
        form = {
            "title": budget.title,
            "model": budget.model.formula,
            "unit": next(iter(budget.units.values()), ""),
            "coverage": stated,
            "digits": str(terms.digits),
            "rule": terms.rule,
            "correlations": "\n".join(f"{a}, {b}, {r:g}" for (a, b), r in budget.correlations.items()),
        }
        return cls.empty(form, rows)

    @classmethod
    def posted(cls, data: QueryDict) -> "Bench":
        """What was typed, to be evaluated."""
        coverage = data.get("coverage", "")[:12]
        return cls(WorkbenchForm(data, initial={"coverage": coverage or "k=2"}), InputRows(data, prefix=PREFIX))

    @classmethod
    def reshaped(cls, data: QueryDict, *, take_inputs: bool) -> "Bench":
        """What was typed with more empty rows, or with a row for each input of the model; nothing is judged."""
        form = {name: data.get(name, "") for name in WorkbenchForm.base_fields}
        rows = list(_typed_rows(data))
        if take_inputs:
            named = {row["name"] for row in rows}
            rows += [{"name": name} for name in _inputs_of(form["model"]) if name not in named]
            bench = cls.empty(form, rows)
        else:
            bench = cls.empty(form, rows)
            bench.rows.extra = min(5, MOST_INPUTS - len(rows))
        return bench

    def evaluate(self) -> Evaluation | None:
        """Both results; None when something is wrong, which then stands at its field."""
        if not all([self.form.is_valid(), self.rows.is_valid()]):
            return None
        try:
            model = Model(self.form.cleaned_data["model"])
            require_small(model)
            return evaluate(self._budget(model), self.form.terms())
        except InputRefused as refused:
            self.form.add_error(refused.field or None, str(refused))
        except MetrologyError as error:
            field = field_of(error)
            self.form.add_error(field if field in self.form.fields else None, words_of(error))
        return None

    def _budget(self, model: Model) -> Budget:
        data = self.form.cleaned_data
        inputs = [row.record for row in self.rows if row.record is not None]
        return Budget(model, inputs, correlations=data["correlations"], unit=data["unit"] or None, title=data["title"])

    @property
    def heads(self) -> list[Any]:
        """The headings of the table of inputs."""
        return [field.label for field in InputForm.base_fields.values()]

    @property
    def faults(self) -> list[tuple[str, str, str]]:
        """What is wrong in the rows: the id of the cell, where it is, what is wrong."""
        found = []
        for number, row in enumerate(self.rows, start=1) if self.rows.is_bound else ():
            for name, errors in row.errors.items():
                label = row.fields[name].label if name in row.fields else ""
                where = _("Row %(number)s, %(column)s") % {"number": number, "column": label}
                found += [(f"id_{row.prefix}-{name}", where, says) for says in errors]
        whole = self.rows.non_form_errors() if self.rows.is_bound else ()
        return found + [("", _("Inputs"), says) for says in whole]


def _row(one: Input) -> dict[str, Any]:
    cells = cells_of(one.distribution)
    dof = one.dof if one.dof < float("inf") else cells.get("dof")
    words = " ".join(filter(None, (one.description, one.source)))
    cells |= {"name": one.name, "dof": dof, "unit": one.unit or "", "evaluation": one.evaluation, "source": words}
    return {name: _plain(value) for name, value in cells.items()}


def _plain(value: Any) -> Any:
    """Whole numbers without their empty decimals."""
    return f"{value:.0f}" if isinstance(value, float) and value.is_integer() and abs(value) < 10**15 else value


def _typed_rows(data: QueryDict) -> Iterable[dict[str, str]]:
    for number in range(MOST_INPUTS):
        row = {name: data.get(f"{PREFIX}-{number}-{name}", "") for name in InputForm.base_fields}
        if any(row[name].strip() for name in ("name", "value", "spread", "source")):
            yield row


def _inputs_of(formula: str) -> tuple[str, ...]:
    try:
        return Model(formula).inputs
    except MetrologyError:
        return ()
