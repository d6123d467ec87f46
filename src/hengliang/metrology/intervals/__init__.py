"""Calibration intervals: from findings, from drift, from the reliability of a family.

Source: JJF 1139-2005; ILAC-G24:2022 / OIML D 10:2022; NCSLI RP-1:2010; NASA-HDBK-8739.19-5.
"""

from hengliang.metrology.intervals.attributes import (
    IntervalTest,
    Proposal,
    black_box,
    in_use_time,
    incremental_response,
    interval_test,
    simple_response,
    staircase,
)
from hengliang.metrology.intervals.errors import IntervalError
from hengliang.metrology.intervals.reliability import ReliabilityFit, fit_reliability
from hengliang.metrology.intervals.variables import DriftModel, drift_model

__all__ = [
    "DriftModel",
    "IntervalError",
    "IntervalTest",
    "Proposal",
    "ReliabilityFit",
    "black_box",
    "drift_model",
    "fit_reliability",
    "in_use_time",
    "incremental_response",
    "interval_test",
    "simple_response",
    "staircase",
]
