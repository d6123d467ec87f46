"""The engine of indicators: pure selections over dated rows, counted for any day as known at any moment."""

from hengliang.platform.plan.engine.compute import (
    Figure,
    compute,
    excluded_of,
    figures_by_region,
    indicators,
    latest,
    rows_behind,
    selection_of,
)
from hengliang.platform.plan.engine.scope import Scope
from hengliang.platform.plan.engine.selections import SELECTIONS

__all__ = [
    "SELECTIONS",
    "Figure",
    "Scope",
    "compute",
    "excluded_of",
    "figures_by_region",
    "indicators",
    "latest",
    "rows_behind",
    "selection_of",
]
