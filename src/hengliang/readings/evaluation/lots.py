"""Lots of an evaluation: each batch with the sample that would clear it, and what its sample says."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

from hengliang.metrology.balance import LotRule, belief_of, judge_lot, lot_to_dict, plan_lot
from hengliang.metrology.sampling import VariablesPlan, judge_combined
from hengliang.metrology.sampling.variables import constant
from hengliang.readings.errors import EvaluationRefused
from hengliang.readings.evaluation.run import Evaluation
from hengliang.readings.intake.sample_file import Tested

Name: TypeAlias = tuple[str, str, str]
FEWEST_FOR_VARIABLES = 5  # ISO 3951-1 has forms of its own for fewer


def lots_of(
    evaluation: Evaluation, rule: LotRule, sample: Sequence[Tested] = (), sizes: Mapping[Name, int] | None = None
) -> list[dict[str, Any]]:
    """Every batch as a lot, as JSON: plans with their characteristics, and the verdict where meters were tested.

    sizes : of lots that hold more meters than the evaluation has seen, by maker, model and year

    Raises EvaluationRefused for a tested meter that no batch has, or a lot smaller than what was seen of it.
    """
    members = _members(evaluation)
    homes = {meter: name for name, meters in members.items() for meter in meters}
    strange = [one.meter for one in sample if one.meter not in homes]
    if strange:
        raise EvaluationRefused(
            reason=f"meter {strange[0]} of the sample is not in the store, or its maker, model and year are not known"
        )
    tested: dict[Name, list[Tested]] = defaultdict(list)
    for one in sample:
        tested[homes[one.meter]].append(one)
    graded = {_name(found["batch"]): found for found in evaluation.batches}
    limit = evaluation.settings.limit
    return [
        _lot(name, _size(name, members, sizes or {}), graded.get(name), rule, tested[name], limit)
        for name in sorted(members)
    ]


def _lot(
    name: Name, size: int, batch: Mapping[str, Any] | None, rule: LotRule, tested: Sequence[Tested], limit: float
) -> dict[str, Any]:
    belief = None
    if batch is not None:
        belief = belief_of(batch["fraction_beyond"], batch["u_fraction"], batch["determinable"])
    plan = plan_lot(size, rule, belief)
    verdict = judge_lot(plan, len(tested), sum(_beyond(one, limit) for one in tested)) if tested else None
    found = lot_to_dict(plan, verdict)
    return {
        "batch": dict(zip(("maker", "model", "year"), name, strict=True)),
        **found,
        "sample": {"n": len(tested), "beyond": sum(_beyond(one, limit) for one in tested)} if tested else None,
        "variables": _variables([one.error for one in tested if one.error is not None], len(tested), rule, limit),
    }


def _variables(errors: Sequence[float], n: int, rule: LotRule, limit: float) -> dict[str, Any] | None:
    """The same sample by variables (ISO 3951-1, s method, both limits together); its lot is taken for normal."""
    if len(errors) < max(n, FEWEST_FOR_VARIABLES):
        return None
    plan = VariablesPlan(n, constant(n, rule.quality, rule.risk, "s"), "s")
    found = judge_combined(plan, errors, lower=-limit, upper=limit)
    return {"n": n, "k": plan.k, "state": found.verdict, "share": found.p_lower + found.p_upper, "most": found.p_star}


def _beyond(one: Tested, limit: float) -> bool:
    return abs(one.error) > limit if one.beyond is None and one.error is not None else bool(one.beyond)


def _members(evaluation: Evaluation) -> dict[Name, set[str]]:
    members: dict[Name, set[str]] = defaultdict(set)
    for node in evaluation.nodes:
        for link in node.get("links", ()):
            name = _name(link)
            if link["role"] == "outflow" and any(name):
                members[name].add(str(link["meter"]))
    return members


def _size(name: Name, members: Mapping[Name, set[str]], sizes: Mapping[Name, int]) -> int:
    seen = len(members[name])
    if sizes.get(name, seen) < seen:
        raise EvaluationRefused(reason=f"the lot {' '.join(name).strip()} has {seen} meters here, not {sizes[name]}")
    return sizes.get(name, seen)


def _name(plate: Mapping[str, Any]) -> Name:
    maker, model, year = (str(plate.get(name, "")) for name in ("maker", "model", "year"))
    return maker, model, year
