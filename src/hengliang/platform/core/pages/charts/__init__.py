"""Charts: built in Python as Vega-Lite, drawn in the page, printed from the same specification."""

from .chart import Chart
from .compared import bars, due_wave, intervals
from .distribution import distribution
from .marks import Bar, Bin, Due, Interval, Limit, Point
from .over_time import control, lines
from .palette import DARK, LIGHT, Palette

__all__ = [
    "DARK",
    "LIGHT",
    "Bar",
    "Bin",
    "Chart",
    "Due",
    "Interval",
    "Limit",
    "Palette",
    "Point",
    "bars",
    "control",
    "distribution",
    "due_wave",
    "intervals",
    "lines",
]
