"""The right of a body to verify an item, to the end of `valid_until`."""

from datetime import date

from hengliang.platform.core.acts import perform
from hengliang.platform.core.models import Region, begin, day_after
from hengliang.platform.core.rights import Actor, permit
from hengliang.platform.parties.models import Organisation
from hengliang.platform.registry.models import CatalogueItem
from hengliang.platform.standards.models import (
    Authorisation,
)
from hengliang.platform.standards.period import require_period


def authorisation_enter(
    *,
    actor: Actor,
    body: Organisation,
    item: CatalogueItem,
    number: str,
    valid_from: date,
    valid_until: date,
    region: Region | None = None,
    scope: str = "",
    kind: Authorisation.Kind | str = Authorisation.Kind.STATUTORY,
) -> Authorisation:
    """The right of a body to verify an item, to the end of `valid_until`."""
    permit(actor, "authorisation_enter", region_id=body.region_id)
    require_period(valid_from, valid_until)
    with perform(actor, "authorisation_enter", subject=body, on=valid_from, region_id=body.region_id) as act:
        row = begin(
            Authorisation, act=act, on=valid_from, until=day_after(valid_until), body=body, item=item,
            number=number, region=region, scope=scope, kind=kind,
        )  # fmt: skip
        act.content = {"item": item.code, "number": number, "until": valid_until.isoformat()}
    return row
