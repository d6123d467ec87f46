"""The budget report in the layout of JJF 1059.1: its contents as text, before any page is made of it."""

import math
from dataclasses import dataclass

from hengliang.metrology.uncertainty.budget import Budget
from hengliang.metrology.uncertainty.clause_8 import Comparison
from hengliang.metrology.uncertainty.first_order import Contribution, Expanded, LinearOutput
from hengliang.metrology.uncertainty.rounding import Rule, round_significant, round_uncertainty, round_value
from hengliang.metrology.uncertainty.statement import scientific, state
from hengliang.metrology.uncertainty.words import DISTRIBUTIONS, WORDS

COLUMNS = (
    "quantity",
    "estimate",
    "unit",
    "source",
    "evaluation",
    "distribution",
    "u",
    "dof",
    "sensitivity",
    "contribution",
    "share",
)


LONG_DOF = 1000  # from here on the fraction tells nothing


@dataclass(frozen=True, slots=True)
class Report:
    """A budget report as text, one language, one output.

    head, rows : the table; numbers are rounded for reading, not for computing
    facts : label and text of what follows the table, in order
    """

    language: str
    title: str
    model_label: str
    model: str
    budget_label: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    facts: tuple[tuple[str, str], ...]
    note: str


def report(
    budget: Budget,
    *,
    language: str = "zh",
    output: str | None = None,
    p: float | None = None,
    k: float | None = None,
    digits: int | None = None,
    rule: Rule = "even",
    comparison: Comparison | None = None,
) -> Report:
    """The report of one output of a budget, in "zh" or "en".

    p, k : as `LinearOutput.expanded`; digits : of U, two by default; rule : how U is rounded
    comparison : what `Budget.compare` gave, to state Monte Carlo and the validation below the budget
    Source: JJF 1059.1-2012, 5.1 and 5.2; JJF 1059.2-2012 for the validation.
    """
    words = WORDS[language]
    result = budget.first_order()
    chosen = result.only if output is None else result[output]
    unit = budget.units.get(chosen.name, "")
    expanded = chosen.expanded(p=p, k=k)
    return Report(
        language=language,
        title=budget.title or words["title"],
        model_label=words["model"],
        model=budget.model.formula,
        budget_label=words["budget"],
        head=tuple(words[c] for c in COLUMNS),
        rows=tuple(_row(c, unit, language) for c in chosen.contributions()),
        facts=(
            *_facts(budget, chosen, expanded, unit, digits, rule, words),
            *(_validated(comparison, unit, words) if comparison else ()),
        ),
        note=words["clauses"],
    )


def _facts(
    budget: Budget,
    output: LinearOutput,
    expanded: Expanded,
    unit: str,
    digits: int | None,
    rule: Rule,
    words: dict[str, str],
) -> list[tuple[str, str]]:
    space = f" {unit}" if unit else ""
    pairs = "; ".join(f"r({a}, {b}) = {r:g}" for (a, b), r in budget.correlations.items())
    result = state(expanded, symbol=output.name, unit=unit, digits=digits, rule=rule)
    return [
        (words["correlations"], pairs or words["independent"]),
        (words["combined"], f"u_c = {scientific(round_uncertainty(output.u))}{space}"),
        (words["effective_dof"], _dof(expanded.dof)),
        (words["expanded"], f"U = {scientific(round_uncertainty(expanded.U, digits, rule))}{space}"),
        (words["result"], result),
    ]


def _validated(comparison: Comparison, unit: str, words: dict[str, str]) -> list[tuple[str, str]]:
    drawn = comparison.monte_carlo
    u = round_uncertainty(drawn.u, 2)
    low, high = (f"{round_value(end, u):f}" for end in comparison.monte_carlo_interval)
    space = f" {unit}" if unit else ""
    text = words["drawn_text"].format(
        value=f"{round_value(drawn.value, u):f}", u=scientific(u), unit=space, p=100 * comparison.p,
        low=low, high=high, trials=drawn.trials, seed=drawn.seed,
    )  # fmt: skip
    verdict = "undecided" if not drawn.stable else "valid" if comparison.valid else "not_valid"
    figures = {name: _figure(getattr(comparison, name)) for name in ("d_low", "d_high", "tolerance")}
    return [
        (words["drawn"], text),
        (words["validation"], words[verdict].format(unit=space, trials=drawn.trials, **figures)),
    ]


def _row(row: Contribution, unit: str, language: str) -> tuple[str, ...]:
    words, one = WORDS[language], row.input
    return (
        one.name,
        f"{one.value:.12g}",
        one.unit or "",
        " ".join(filter(None, (one.description, one.source))),
        words[f"evaluation_{one.evaluation}"],
        DISTRIBUTIONS[language][one.distribution.kind],
        _figure(one.u),
        _dof(one.dof),
        _figure(row.sensitivity),
        " ".join(filter(None, (_figure(abs(row.contribution)), unit))),
        f"{100 * row.share:.1f} %",
    )


def _figure(value: float) -> str:
    return "0" if value == 0 else scientific(round_significant(value, 3)).replace("-", "−")


def _dof(dof: float) -> str:
    if math.isnan(dof):
        return "—"
    if math.isinf(dof):
        return "∞"
    return f"{dof:.4g}" if dof < LONG_DOF else f"{math.floor(dof)}"
