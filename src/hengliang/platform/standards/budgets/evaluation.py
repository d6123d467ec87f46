"""A budget evaluated both ways: law of propagation and Monte Carlo, with the validation of the one by the other."""

from dataclasses import dataclass

from hengliang.metrology.errors import MetrologyError
from hengliang.metrology.uncertainty import Budget, Comparison, Expanded, LinearOutput, Report, report, state
from hengliang.metrology.uncertainty.errors import CorrelationNotDrawable, DrawsNotFinite
from hengliang.metrology.uncertainty.rounding import Rule
from hengliang.platform.standards.budgets.bounds import require_small, trials_for

VALIDATION_PERCENT = 95
VALIDATION_DIGITS = 1
SEED = 1


@dataclass(frozen=True, kw_only=True)
class Terms:
    """How the result is to be stated: by a coverage factor or a coverage probability, and how it is rounded."""

    k: float | None = None
    p: float | None = None
    digits: int = 2
    rule: Rule = "even"


@dataclass(frozen=True)
class Evaluation:
    """Both results of a budget. `comparison` is None where Monte Carlo can't speak, and `withheld` says why."""

    budget: Budget
    terms: Terms
    linear: LinearOutput
    expanded: Expanded
    comparison: Comparison | None
    withheld: MetrologyError | None

    @property
    def unit(self) -> str:
        """The unit of the result; empty where none was given."""
        return self.budget.units.get(self.linear.name, "")

    @property
    def stated(self) -> str:
        """The result in one line, rounded."""
        return state(
            self.expanded, symbol=self.linear.name, unit=self.unit, digits=self.terms.digits, rule=self.terms.rule
        )

    def report(self, language: str) -> Report:
        """The report in the layout of JJF 1059.1, in "zh" or "en"."""
        terms = self.terms
        return report(
            self.budget, language=language, p=terms.p, k=terms.k, digits=terms.digits, rule=terms.rule,
            comparison=self.comparison,
        )  # fmt: skip


def evaluate(budget: Budget, terms: Terms) -> Evaluation:
    """Evaluate a budget both ways.

    Errors: `InputRefused` for what is too large, MetrologyError for what has no first-order result.
    """
    require_small(budget.working_model)
    linear = budget.first_order().only
    expanded = linear.expanded(p=terms.p, k=terms.k)
    try:
        found, withheld = _compared(budget, terms), None
    except (CorrelationNotDrawable, DrawsNotFinite) as error:
        found, withheld = None, error
    return Evaluation(budget, terms, linear, expanded, found, withheld)


def _compared(budget: Budget, terms: Terms) -> Comparison:
    most = trials_for(budget.working_model)
    return budget.compare(digits=VALIDATION_DIGITS, p=terms.p or VALIDATION_PERCENT / 100, seed=SEED, most_trials=most)
