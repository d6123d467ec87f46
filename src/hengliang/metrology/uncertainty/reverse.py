"""The reverse question: how small must an input's uncertainty be so that the output meets a target."""

import math

from hengliang.metrology.uncertainty.errors import InputError, NotReachable
from hengliang.metrology.uncertainty.first_order import LinearOutput


def required_u(output: LinearOutput, name: str, target: float) -> float:
    """The largest standard uncertainty of input `name` with u_c <= `target`; infinite if it has no effect.

    The other inputs and all correlation coefficients stay. First order; u_c² is a quadratic in the wanted u:
    c²u² + 2 c u s + rest = target², with s the sum of the other contributions weighted by their correlation.

    name : of the input
    target : wanted combined standard uncertainty [unit of the output]
    Raises NotReachable when the other inputs alone exceed the target.
    """
    if not 0 < target < math.inf:
        raise InputError(name="target", reason=f"a standard uncertainty is positive and finite, got {target}")
    names = [i.name for i in output.inputs]
    if name not in names:
        raise InputError(name=name, reason="the model has no such input")
    position = names.index(name)
    c = output.sensitivities[position]
    rest, mixed = output.without(position)
    under_root = mixed**2 - (rest - target**2)
    if c == 0 and rest <= target**2:
        return math.inf
    root = math.sqrt(under_root) - mixed if under_root >= 0 else -1.0
    if root < 0 or c == 0:
        raise NotReachable(name=name, rest=math.sqrt(rest), target=target)
    return root / abs(c)


def reduction(output: LinearOutput) -> dict[str, float]:
    """By how much u_c would shrink, as a fraction, if one input were known exactly; the largest first.

    Answers which input is worth improving.
    """
    if output.u == 0:
        return {}
    shrunk = {i.name: 1 - math.sqrt(output.without(n)[0]) / output.u for n, i in enumerate(output.inputs)}
    return dict(sorted(shrunk.items(), key=lambda item: -item[1]))
