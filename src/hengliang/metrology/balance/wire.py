"""Statistics and verdicts outside of the process: canonical bytes for evidence files, plain dictionaries for JSON.

Bytes: a magic line, the length of the header (8 bytes, little endian), the header as JSON with sorted keys, then per
week the lower triangle of the Gram matrix row by row, the moment, the sums and what guesses add, as little-endian
float64.
Equal statistics give equal bytes.
"""

import json
from dataclasses import asdict
from typing import Any

import numpy as np

from hengliang.metrology.arrays import Floats
from hengliang.metrology.balance.errors import BadStatistics
from hengliang.metrology.balance.lots import LotPlan, LotVerdict
from hengliang.metrology.balance.node import Batch, Gauge, Meter
from hengliang.metrology.balance.statistics import NodeStatistics, WeekStatistics
from hengliang.metrology.balance.verdict import BatchVerdict, NodeVerdict, Reason
from hengliang.metrology.balance.whitening import Whitening
from hengliang.metrology.sampling import Plan

MAGIC = b"hengliang balance statistics 1\n"
LENGTH = 8
FLOAT = np.dtype("<f8")


def to_bytes(statistics: NodeStatistics) -> bytes:
    """Canonical bytes; equal statistics give equal bytes."""
    weeks = [
        {
            "week": w.week, "columns": list(w.columns), "square": w.square, "trace": w.trace,
            "periods": w.periods, "inflow": w.inflow, "scatter": w.scatter,
        }
        for w in statistics.weeks
    ]  # fmt: skip
    header = {
        "node": statistics.node, "domain": statistics.domain, "period": statistics.period,
        "meters": [asdict(meter) for meter in statistics.meters], "gauge": asdict(statistics.gauge),
        "whitening": asdict(statistics.whitening), "missing": list(statistics.missing),
        "inflow_missing": statistics.inflow_missing, "weeks": weeks,
    }  # fmt: skip
    text = json.dumps(header, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode()
    arrays = [a for w in statistics.weeks for a in (_packed(w.gram), w.moment, w.counted, w.guessed)]
    body = b"".join(np.asarray(a, dtype=FLOAT).tobytes() for a in arrays)
    return MAGIC + len(text).to_bytes(LENGTH, "little") + text + body


def from_bytes(data: bytes) -> NodeStatistics:
    """The statistics in `data`, which must hold nothing else. Raises BadStatistics."""
    if not data.startswith(MAGIC):
        raise BadStatistics(why="they don't begin as such")
    begin = len(MAGIC) + LENGTH
    size = int.from_bytes(data[len(MAGIC) : begin], "little")
    try:
        header = json.loads(data[begin : begin + size])
        found = _read(header, data[begin + size :])
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise BadStatistics(why=f"{type(error).__name__} in their header or arrays") from error
    if to_bytes(found) != data:
        raise BadStatistics(why="they are not in the canonical form")
    return found


def _read(header: dict[str, Any], body: bytes) -> NodeStatistics:
    numbers = np.frombuffer(body, dtype=FLOAT)
    if not np.isfinite(numbers).all():
        raise ValueError("not finite")
    weeks, at = [], 0
    for week in header["weeks"]:
        m = len(week["columns"])
        sizes = (m * (m + 1) // 2, m, m, m)
        packed, moment, counted, guessed = np.split(numbers[at : at + sum(sizes)], np.cumsum(sizes)[:-1])
        at += sum(sizes)
        fields = {**week, "columns": tuple(week["columns"])}
        weeks.append(WeekStatistics(gram=_square(packed, m), moment=moment, counted=counted, guessed=guessed, **fields))
    if at != len(numbers):
        raise ValueError("length")
    meters = tuple(
        Meter(**{**one, "batch": Batch(**one["batch"]) if one["batch"] else None}) for one in header["meters"]
    )
    rest = {
        **header, "meters": meters, "gauge": Gauge(**header["gauge"]), "missing": tuple(header["missing"]),
        "whitening": Whitening(**header["whitening"]), "weeks": tuple(weeks),
    }  # fmt: skip
    return NodeStatistics(**rest)


def verdict_to_dict(verdict: NodeVerdict) -> dict[str, Any]:
    """A node's verdict as JSON has it; every reason with code, English text and parameters."""
    out = asdict(verdict)
    out["reason"] = _reason(verdict.reason)
    out["topology"] = [_reason(one) for one in verdict.topology]
    for meter, plain in zip(verdict.meters, out["meters"], strict=True):
        plain["reason"] = _reason(meter.reason)
    return out


def batch_to_dict(verdict: BatchVerdict) -> dict[str, Any]:
    """A batch's verdict as JSON has it, with the 95 % intervals of mean, spread and share beyond the limit."""
    intervals = {
        name: list(getattr(verdict, name)) for name in ("mean_interval", "spread_interval", "fraction_interval")
    }
    return {**asdict(verdict), **intervals, "reason": _reason(verdict.reason)}


def lot_to_dict(plan: LotPlan, verdict: LotVerdict | None = None) -> dict[str, Any]:
    """A lot's plans, their characteristics and, where a sample was drawn, its verdict, as JSON has it."""
    told = None if verdict is None else {**asdict(verdict), "reason": _reason(verdict.reason)}
    return {
        "lot": plan.lot,
        "rule": asdict(plan.rule),
        "belief": {"mean": plan.belief.mean, "worth": plan.belief.worth},
        "plain": _plan(plan.plain),
        "fused": _plan(plan.fused),
        "characteristics": [asdict(point) for point in plan.characteristics],
        "verdict": told,
    }


def _plan(plan: Plan | None) -> dict[str, Any] | None:
    return None if plan is None else {"n": plan.n, "ac": plan.stages[0].ac}


def _reason(reason: Reason) -> dict[str, Any]:
    return {"code": reason.code, "text": str(reason), "params": reason.params}


def _packed(gram: Floats) -> Floats:
    return np.asarray(gram[np.tril_indices(len(gram))])


def _square(packed: Floats, m: int) -> Floats:
    out = np.zeros((m, m))
    out[np.tril_indices(m)] = packed
    return out + np.tril(out, -1).T
