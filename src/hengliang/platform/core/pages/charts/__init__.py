"""Charts: built in Python as Vega-Lite, drawn in the page, printed from the same specification."""

from .builders import Bar, Due, Interval, Limit, Point, bars, control, due_wave, intervals, lines
from .chart import Chart
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
