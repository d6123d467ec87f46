"""Both results side by side, rounded for reading."""

import math

from django.utils.translation import gettext as _

from hengliang.metrology.uncertainty import round_uncertainty, round_value
from hengliang.metrology.uncertainty.statement import scientific
from hengliang.platform.standards.budgets.evaluation import Evaluation

FURTHER = 2  # digits of u; the difference of two methods needs them


def sides(found: Evaluation) -> list[tuple[str, str, str]]:
    """What, by the law of propagation, by Monte Carlo; nothing where there are no draws."""
    compared = found.comparison
    if compared is None:
        return []
    drawn, unit = compared.monte_carlo, f" {found.unit}" if found.unit else ""
    place = round_uncertainty(drawn.u if math.isfinite(drawn.u) else found.linear.u, FURTHER)

    def at(value: float) -> str:
        return f"{round_value(value, place):f}{unit}"

    def spread(u: float) -> str:
        return f"{scientific(round_uncertainty(u, FURTHER))}{unit}" if math.isfinite(u) else "∞"

    linear_ends, drawn_ends = (
        f"[{at(low)}, {at(high)}]" for low, high in (compared.interval, compared.monte_carlo_interval)
    )
    percent = f"{100 * compared.p:g} %"
    return [
        (_("Estimate"), at(found.expanded.value), at(drawn.value)),
        (_("Standard uncertainty"), spread(found.linear.u), spread(drawn.u)),
        (_("Interval, %(percent)s") % {"percent": percent}, linear_ends, drawn_ends),
        (_("Difference of the ends"), f"{compared.d_low:.2g}{unit}", f"{compared.d_high:.2g}{unit}"),
        (_("Tolerance of the validation"), f"{compared.tolerance:.2g}{unit}", ""),
        (_("Trials"), "", f"{drawn.trials:,}".replace(",", " ")),
    ]
