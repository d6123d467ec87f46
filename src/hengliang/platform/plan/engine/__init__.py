"""The engine of indicators: pure selections over dated rows, counted for any day as known at any moment."""

from hengliang.platform.plan.engine.compute import (
    compute,
    excluded_of,
    indicators,
    is_computed,
    latest,
    main_selection,
    rows_behind,
    selection_of,
)
from hengliang.platform.plan.engine.figure import Figure
from hengliang.platform.plan.engine.matrix import figures_by_region, matrices, matrix
from hengliang.platform.plan.engine.one_day import figures_on
from hengliang.platform.plan.engine.remembered import REMEMBERED, ledger_mark, remembered
from hengliang.platform.plan.engine.rollup import roll_up
from hengliang.platform.plan.engine.scope import Scope, Sweep
from hengliang.platform.plan.engine.selections import SELECTIONS, register_selections

__all__ = [
    "REMEMBERED",
    "SELECTIONS",
    "Figure",
    "Scope",
    "Sweep",
    "compute",
    "excluded_of",
    "figures_by_region",
    "figures_on",
    "indicators",
    "is_computed",
    "latest",
    "ledger_mark",
    "main_selection",
    "matrices",
    "matrix",
    "register_selections",
    "remembered",
    "roll_up",
    "rows_behind",
    "selection_of",
]
