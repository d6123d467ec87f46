"""Charts: built in Python as Vega-Lite, drawn in the page, printed from the same specification."""

from .chart import Chart
from .compared import bars, due_wave, intervals
from .marks import Bar, Due, Interval, Limit, Point
from .over_time import control, lines
from .palette import DARK, LIGHT, Palette

__all__ = [
    "DARK",
    "LIGHT",
    "Bar",
    "Chart",
    "Due",
    "Interval",
    "Limit",
    "Palette",
    "Point",
    "bars",
    "control",
    "due_wave",
    "intervals",
    "lines",
]
