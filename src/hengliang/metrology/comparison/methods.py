"""The methods for a reference value by name, as files and pages ask for them."""

from collections.abc import Callable, Sequence
from functools import partial

from hengliang.metrology.comparison.classical import (
    arithmetic_mean,
    birge,
    cox_a,
    median,
    pilot_value,
    weighted_mean,
)
from hengliang.metrology.comparison.errors import UnknownLaboratory, UnknownMethod
from hengliang.metrology.comparison.monte_carlo import cox_b_value
from hengliang.metrology.comparison.random_effects import (
    dersimonian_laird,
    mandel_paule,
    power_moderated_mean,
)
from hengliang.metrology.comparison.results import ReferenceValue, Result
from hengliang.metrology.comparison.robust import robust_value
from hengliang.metrology.comparison.subset import largest_consistent_subset

METHODS: dict[str, Callable[[Sequence[Result]], ReferenceValue]] = {
    "mean": arithmetic_mean,
    "median": median,
    "weighted_mean": weighted_mean,
    "cox_a": cox_a,
    "cox_b": cox_b_value,
    "birge": birge,
    "largest_consistent_subset": largest_consistent_subset,
    "dersimonian_laird": dersimonian_laird,
    "mandel_paule": mandel_paule,
    "power_moderated_mean": power_moderated_mean,
    "algorithm_a": partial(robust_value, method="Algorithm A"),
    "q_hampel": partial(robust_value, method="Q/Hampel"),
}


def reference_value(results: Sequence[Result], method: str, *, pilot: str | None = None) -> ReferenceValue:
    """The reference value by the method named; `pilot` names the laboratory for the method `pilot`.

    Raises UnknownMethod, and whatever the method raises.

    >>> reference_value([Result("A", 1.0, 0.1), Result("B", 3.0, 0.1)], "mean").value
    2.0
    """
    if method == "pilot":
        if not pilot:
            raise UnknownLaboratory(
                laboratory="The pilot, which is not named,", known=", ".join(r.laboratory for r in results)
            )
        return pilot_value(results, pilot)
    if method not in METHODS:
        raise UnknownMethod(method=method, known=", ".join(["pilot", *METHODS]))
    return METHODS[method](results)
