"""A small made-up district with known truth, for the tests of the balance."""

import numpy as np

from hengliang.metrology.balance import Batch, Gauge, Meter, NodeData, from_registers

MONDAY = 1_736_697_600  # 2025-01-13 00:00 in China
HOUR = 3600


def loads(rng: np.random.Generator, n: int, periods: int) -> np.ndarray:
    """(n, T) kWh: a daily course and appliances."""
    hour = np.arange(periods) % 24
    course = 0.25 + 0.3 * np.exp(-(((hour - 19) / 2.5) ** 2))
    return course * rng.gamma(8.0, 1 / 8, (n, 1)) * 0.4 + (rng.random((n, periods)) < 0.25) * rng.gamma(
        1.5, 0.5, (n, periods)
    )


def registers(increments: np.ndarray, resolution: float = 0.01) -> np.ndarray:
    """(n, T + 1) cumulative, rounded down."""
    total = np.concatenate([np.zeros((len(increments), 1)), np.cumsum(increments, axis=1)], axis=1)
    return np.floor((total + 123.4567) / resolution) * resolution


def district(
    seed: int = 1, n: int = 20, weeks: int = 4, errors: dict[int, float] | None = None, *,
    noise: float = 5e-4, gaps: float = 0.0, master: bool = True, absent: int = 0, foreign: int = 0,
    step: tuple[int, float] | None = None, candidates: int = 0, unit: float = 1.0,
    order: np.ndarray | None = None, period: int = HOUR, gauge: Gauge | None = None, spread: float = 0.003,
    domain: str = "electricity", batches: int = 0,
) -> tuple[NodeData, np.ndarray]:  # fmt: skip
    """Data and true errors of the meters.

    errors : by place of the meter; absent : consumers behind the master without a listed meter; candidates : those
    of the absent that are known as neighbours; foreign : listed meters whose load does not pass the master
    """
    rng = np.random.default_rng(seed)
    periods = weeks * 7 * 86400 // period
    power = loads(rng, n + absent, periods)
    error = rng.normal(0.0, spread, n + absent)
    for j, value in (errors or {}).items():
        error[j] = value
    course = np.repeat(error[:, None], periods, axis=1)
    if step is not None:
        course[step[0], periods // 2 :] += step[1]
    passing = np.ones(n + absent, bool)
    passing[:foreign] = False
    flow = power[passing].sum(axis=0)
    loss = 0.05 + 0.02 * flow**2 / flow.mean()
    inflow = (flow + loss) * (1 + noise * rng.standard_normal(periods))
    read = registers(power * (1 + course))
    read[rng.random(read.shape) < gaps] = np.nan
    listed = np.arange(n + candidates) if order is None else order
    labels = [Batch(f"maker {j % batches}") if batches else None for j in listed]
    meters = tuple(
        Meter(f"m{j}", 0.01 * unit, member=bool(j < n), batch=batch)
        for j, batch in zip(listed.tolist(), labels, strict=True)
    )
    data = from_registers(
        node="N", domain=domain, start=MONDAY, period=period, meters=meters, registers=read[listed] * unit,
        inflow=np.round(np.r_[0.0, np.cumsum(inflow)] / 0.01) * 0.01 * unit if master else None,
        inflow_resolution=0.01 * unit, gauge=gauge or Gauge(0.005),
        covariates={"power_square": flow**2 / flow.mean() * unit},
    )  # fmt: skip
    return data, course.mean(axis=1)[listed[listed < n]]
