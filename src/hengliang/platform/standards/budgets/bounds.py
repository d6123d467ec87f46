"""How much work one evaluation may be, so that no formula that somebody typed keeps the server busy."""

from hengliang.metrology.uncertainty import Model
from hengliang.metrology.uncertainty.expression import reachable
from hengliang.platform.core.errors import InputRefused

MOST_INPUTS = 50
MOST_CORRELATIONS = 200
LONGEST_FORMULA = 2_000  # characters
MOST_OPERATIONS = 500
MOST_TRIALS = 1_000_000
MOST_STEPS = 60_000_000  # operations and draws times trials: below a second and a half on one core


def require_small(model: Model) -> None:
    """Raises InputRefused for a model with several results, or one beyond what a page computes while one waits."""
    if len(model.outputs) > 1:
        raise InputRefused(
            "budget_one_result", "The model gives %(names)s: let one line give the result and use the others in it.",
            field="model", names=", ".join(model.outputs),
        )  # fmt: skip
    operations = len(reachable(model.expressions))
    if operations > MOST_OPERATIONS:
        raise InputRefused(
            "budget_too_large", "The model has %(count)s operations; the workbench takes %(most)s.",
            field="model", count=operations, most=MOST_OPERATIONS,
        )  # fmt: skip


def trials_for(model: Model) -> int:
    """The most trials of Monte Carlo for a model: the same for the same model, however busy the server is."""
    steps = len(reachable(model.expressions)) + 4 * len(model.inputs)  # a draw costs about four operations
    return min(MOST_TRIALS, MOST_STEPS // steps)
