"""What was measured beside the meters, pressure and temperature, as the terms by which a node loses quantity.

Of the master, the tank or a sensor of its own; what a consumer's meter measures is its own matter, not the node's.
"""

import warnings
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from hengliang.readings.model import CONDITIONS, MISSING, Condition, Link, Role
from hengliang.readings.store.window import NodeWindow

Floats = NDArray[np.float64]
Conditions = Mapping[Condition, Floats]
# Gas is converted to 20 °C (GB/T 32201, JJG 577); expansion is linear in what the gas is warmer than that.
BASE_TEMPERATURE = 20.0  # °C
BASE_KELVIN = 293.15


def conditions_of(windows: Sequence[NodeWindow], links: Sequence[Link], bounds: NDArray[np.int64]) -> Conditions:
    """(T + 1,) each condition at the boundaries of the periods, the mean of its sensors, NaN where none was read."""
    sensors = {link.meter for link in links} - {link.meter for link in links if link.role is Role.OUTFLOW}
    found: dict[Condition, list[Floats]] = {}
    for window in windows:
        places = (bounds - window.begin) // window.interval
        inside = (places >= 0) & (places < window.values.shape[1])
        for row, one in enumerate(window.series):
            if one.meter in sensors and one.channel in CONDITIONS:
                numbers = np.full(len(places), np.nan)
                read = window.values[row][places[inside]]
                numbers[inside] = np.where(read == MISSING, np.nan, read * 10.0**one.exponent)
                found.setdefault(Condition(one.channel), []).append(numbers)
    return {name: _mean(np.array(rows)) for name, rows in found.items()}


def covariates(domain: str, at: Conditions, inflow: Floats | None, stock: Floats | None) -> dict[str, Floats]:
    """The covariates of a domain that follow from its conditions, (T,) each, NaN where these were not read.

    inflow : (T,) what the masters counted; stock : (T + 1,) what lies in the tank
    """
    match domain:
        case "water" if Condition.PRESSURE in at:
            return {"leakage_pressure": _over_period(at[Condition.PRESSURE])}
        case "gas":
            return _of_gas(at, inflow)
        case "fuel_tank" if Condition.TEMPERATURE in at and stock is not None:
            return {"expansion": _over_period(stock) * np.diff(at[Condition.TEMPERATURE])}
        case "heat":
            return _of_heat(at)
    return {}


def _of_gas(at: Conditions, inflow: Floats | None) -> dict[str, Floats]:
    found = {}
    if Condition.PRESSURE in at:
        found["pressure_change"] = np.diff(at[Condition.PRESSURE])
    if Condition.TEMPERATURE in at and inflow is not None:
        above = _over_period(at[Condition.TEMPERATURE]) - BASE_TEMPERATURE
        found["volume_temperature"] = inflow * above / BASE_KELVIN
    return found


def _of_heat(at: Conditions) -> dict[str, Floats]:
    """The pipes are as warm as the mean of supply and return; where the ground is not known, it is taken as even."""
    pipes = [at[one] for one in (Condition.SUPPLY, Condition.RETURN, Condition.TEMPERATURE) if one in at]
    if not pipes:
        return {}
    warm = np.mean(pipes[:2], axis=0)
    return {"temperature_over_ground": _over_period(warm - at.get(Condition.GROUND, np.zeros_like(warm)))}


def _over_period(at: Floats) -> Floats:
    """(T,) mean of begin and end, or the one that was read."""
    return _mean(np.stack([at[:-1], at[1:]]))


def _mean(rows: Floats) -> Floats:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # of a column in which nothing was read the mean is NaN
        return np.asarray(np.nanmean(rows, axis=0))
