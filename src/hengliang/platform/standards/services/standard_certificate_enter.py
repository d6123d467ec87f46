"""A paper that the standard rests on, good to the end of `valid_until`."""

from datetime import date

from hengliang.platform.core.acts import perform
from hengliang.platform.core.models import begin, day_after
from hengliang.platform.core.rights import Actor, permit
from hengliang.platform.standards.models import (
    MeasurementStandard,
    StandardCertificate,
)
from hengliang.platform.standards.period import require_period


def standard_certificate_enter(
    *,
    actor: Actor,
    standard: MeasurementStandard,
    kind: StandardCertificate.Kind,
    number: str,
    issuer: str,
    valid_from: date,
    valid_until: date,
) -> StandardCertificate:
    """A paper that the standard rests on, good to the end of `valid_until`."""
    permit(
        actor,
        "standard_certificate_enter",
        organisations=[standard.organisation_id],
        region_id=standard.organisation.region_id,
    )
    require_period(valid_from, valid_until)
    with perform(actor, "standard_certificate_enter", subject=standard, on=valid_from) as act:
        row = begin(
            StandardCertificate, act=act, on=valid_from, until=day_after(valid_until), standard=standard,
            kind=kind, number=number, issuer=issuer,
        )  # fmt: skip
        act.content = {"kind": kind, "number": number, "until": valid_until.isoformat()}
    return row
