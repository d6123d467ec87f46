"""Curves through readings: linear, weighted, generalised, in both variables, nonlinear; analysis of variance.

Source: ISO/TS 28037:2010 (straight lines), ISO/TS 28038:2018 (polynomials), GUM H.3 and H.5.
"""

from hengliang.metrology.regression.both_variables import BothVariablesFit, fit_both_variables
from hengliang.metrology.regression.errors import RegressionError
from hengliang.metrology.regression.linear import LinearFit, fit_linear
from hengliang.metrology.regression.nonlinear import fit_nonlinear
from hengliang.metrology.regression.polynomial import Curve, calibration_curve, choose_degree, fit_polynomial
from hengliang.metrology.regression.univariate import OneWayAnova, Summary, one_way_anova, summarise

__all__ = [
    "BothVariablesFit",
    "Curve",
    "LinearFit",
    "OneWayAnova",
    "RegressionError",
    "Summary",
    "calibration_curve",
    "choose_degree",
    "fit_both_variables",
    "fit_linear",
    "fit_nonlinear",
    "fit_polynomial",
    "one_way_anova",
    "summarise",
]
