"""Take a measurement standard out of service from a day on; nothing new is verified with it."""

from datetime import date

from hengliang.platform.core.acts import perform
from hengliang.platform.core.models import revise
from hengliang.platform.core.rights import Actor, permit
from hengliang.platform.standards.models import (
    MeasurementStandard,
    StandardStatus,
)


def standard_suspend(*, actor: Actor, standard: MeasurementStandard, on: date, reason: str) -> StandardStatus:
    """Take a measurement standard out of service from a day on; nothing new is verified with it."""
    return _set_service(actor, standard, "standard_suspend", on, reason, in_service=False)


def standard_resume(*, actor: Actor, standard: MeasurementStandard, on: date, reason: str) -> StandardStatus:
    """Bring a measurement standard back into service from a day on."""
    return _set_service(actor, standard, "standard_resume", on, reason, in_service=True)


def _set_service(
    actor: Actor, standard: MeasurementStandard, kind: str, on: date, reason: str, *, in_service: bool
) -> StandardStatus:
    permit(actor, kind, organisations=[standard.organisation_id], region_id=standard.organisation.region_id)
    with perform(actor, kind, subject=standard, on=on, reason=reason) as act:
        row = revise(standard.statuses.all(), act=act, on=on, in_service=in_service, reason=reason)
        act.content = {"in_service": in_service}
    return row
