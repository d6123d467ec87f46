"""The original record, judged by the rule of that day, handed to the reviewer."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from hengliang.platform.core.errors import PlatformError
from hengliang.platform.core.rights import Actor
from hengliang.platform.standards.models import BudgetVersion, MeasurementStandard
from hengliang.platform.verification.models import Record, Task
from hengliang.platform.verification.services.records_submit import Measured, records_submit


def record_submit(
    *,
    actor: Actor,
    task: Task,
    data: dict[str, Any],
    verified_on: date,
    standards: Sequence[MeasurementStandard],
    place: str = "",
    budget: BudgetVersion | None = None,
    user_settled: bool = False,
) -> Record:
    """The original record, judged by the rule of that day, handed to the reviewer.

    U of a row stands in it as `_u`. `user_settled`: the manager decided already, where the user changed. A kind of job
    that concludes nothing gives values with their uncertainty.
    Errors: `NoRule`, `NotInOrder` (nothing is lost: the draft stays), `DraftRefused` with every cell, `InputRefused`.
    """
    (made,) = records_submit(
        actor=actor, measured=[Measured(task, data, user_settled)], verified_on=verified_on, standards=standards,
        place=place, budget=budget,
    )  # fmt: skip
    if isinstance(made, PlatformError):
        raise made
    return made
