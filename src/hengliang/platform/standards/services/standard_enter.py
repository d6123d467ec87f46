"""A measurement standard, in service from today."""

from collections.abc import Iterable

from hengliang.platform.core.acts import perform
from hengliang.platform.core.models import begin
from hengliang.platform.core.rights import Actor, permit
from hengliang.platform.parties.models import Organisation
from hengliang.platform.registry.models import CatalogueItem
from hengliang.platform.standards.models import (
    MeasurementStandard,
    StandardStatus,
)


def standard_enter(
    *,
    actor: Actor,
    organisation: Organisation,
    name: str,
    level: MeasurementStandard.Level,
    items: Iterable[CatalogueItem],
    code: str = "",
    measuring_range: str = "",
    uncertainty: str = "",
) -> MeasurementStandard:
    """A measurement standard, in service from today."""
    permit(actor, "standard_enter", organisations=[organisation.pk], region_id=organisation.region_id)
    with perform(actor, "standard_enter", organisation_id=organisation.pk) as act:
        act.subject = standard = MeasurementStandard.objects.create(
            act=act,
            organisation=organisation,
            name=name,
            level=level,
            code=code,
            measuring_range=measuring_range,
            uncertainty=uncertainty,
        )
        standard.items.set(items)
        begin(StandardStatus, act=act, on=act.on, standard=standard, in_service=True)
        act.content = {"name": name, "organisation": organisation.pk, "level": level}
    return standard
