"""Control charts: Shewhart, individuals, EWMA and CUSUM, with the tests for assignable causes.

Source: GB/T 17989 (ISO 7870).
"""

from hengliang.metrology.control_chart.charts import (
    Chart,
    CusumChart,
    cusum,
    ewma,
    individuals,
    mean_and_range,
    mean_and_sd,
)
from hengliang.metrology.control_chart.errors import ControlChartError
from hengliang.metrology.control_chart.rules import Signal, signals

__all__ = [
    "Chart",
    "ControlChartError",
    "CusumChart",
    "Signal",
    "cusum",
    "ewma",
    "individuals",
    "mean_and_range",
    "mean_and_sd",
    "signals",
]
