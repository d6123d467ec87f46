"""Results that go on as inputs of other budgets, with the causes of their uncertainty.

Two certificates that rest on one reference standard give correlated results; a later budget that uses both
knows it, since each archived result says how much of its uncertainty comes from which named cause.
The format is `hengliang-archive`, version 1.
Source: JCGM 100:2008, F.1.2.3; the idea of stored influences is that of GTC's archives.
"""

import json
import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from hengliang.metrology.uncertainty.correlation import factor, groups
from hengliang.metrology.uncertainty.distributions import Normal
from hengliang.metrology.uncertainty.errors import StoredFormError
from hengliang.metrology.uncertainty.first_order import LinearOutput
from hengliang.metrology.uncertainty.inputs import Input, Share
from hengliang.metrology.uncertainty.storage import read_json, require_format

FORMAT, VERSION = "hengliang-archive", 1


def result_as_input(
    output: LinearOutput, name: str, *, origin: str, unit: str | None = None, source: str = ""
) -> Input:
    """A first-order result as an input of another budget, correlated with whatever shares its causes.

    origin : stable id of this evaluation, such as the certificate number; causes without a key of their own
        become `origin/name`, so that two results of one evaluation share them
    Inputs correlated by stated coefficients are split into independent parts; their degrees of freedom
    become those of the least known one.
    """
    shares = {key: Share(u, dof) for key, (u, dof) in _causes(output, origin).items() if u}
    dof = output.dof if math.isfinite(output.u) and output.u else math.inf
    return Input(name, Normal(output.value, output.u), dof, unit, "B", source or origin, shares=shares)


def archive_to_json(results: Sequence[Input]) -> str:
    """Archived results as JSON text: every cause once, and each result's signed shares of them."""
    causes = {key: share.dof for one in results for key, share in one.causes.items()}
    document = {
        "format": FORMAT,
        "version": VERSION,
        "causes": {key: None if math.isinf(dof) else dof for key, dof in sorted(causes.items())},
        "results": [_stored(one) for one in results],
    }
    return json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False)


def archive_from_json(text: str) -> tuple[Input, ...]:
    """The results of an archive, ready to be inputs. Raises StoredFormError."""
    document = read_json(text, "archive")
    require_format(document, FORMAT, VERSION)
    try:
        dofs = {key: math.inf if dof is None else float(dof) for key, dof in document["causes"].items()}
        return tuple(_read(stored, dofs) for stored in document["results"])
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise StoredFormError(what="archive", reason=f"{type(error).__name__}: {error}") from None


def _stored(one: Input) -> dict[str, Any]:
    return {
        "name": one.name,
        "value": one.value,
        "u": one.u,
        "dof": None if math.isinf(one.dof) else one.dof,
        "unit": one.unit,
        "source": one.source,
        "shares": {key: share.u for key, share in one.causes.items()},
    }


def _read(stored: Mapping[str, Any], dofs: Mapping[str, float]) -> Input:
    shares = {key: Share(float(u), dofs[key]) for key, u in stored["shares"].items()}
    dof = math.inf if stored["dof"] is None else float(stored["dof"])
    normal = Normal(float(stored["value"]), float(stored["u"]))
    return Input(stored["name"], normal, dof, stored["unit"], "B", stored["source"], shares=shares)


def _causes(output: LinearOutput, origin: str) -> dict[str, tuple[float, float]]:
    r = output.correlation
    if r is None or any(i.causes for i in output.inputs):
        return output.causes(origin)
    found: dict[str, tuple[float, float]] = {}
    parts = np.array([c * i.u for c, i in zip(output.sensitivities, output.inputs, strict=True)])
    for group in groups(r):
        names = "+".join(output.inputs[i].name for i in group)
        dof = min(output.inputs[i].dof for i in group)
        for number, part in enumerate(parts[group] @ factor(r[np.ix_(group, group)]), start=1):
            key = f"{origin}/{names}/{number}" if len(group) > 1 else f"{origin}/{names}"
            found[key] = (float(part), dof)
    return found
