"""The qualification of a person for an item at a body, to the end of `valid_until`."""

from datetime import date

from hengliang.platform.core.acts import perform
from hengliang.platform.core.models import begin, day_after
from hengliang.platform.core.rights import Actor, permit
from hengliang.platform.parties.models import Organisation, Person
from hengliang.platform.registry.models import CatalogueItem
from hengliang.platform.standards.models import (
    Qualification,
)
from hengliang.platform.standards.period import require_period


def qualification_enter(
    *,
    actor: Actor,
    person: Person,
    body: Organisation,
    item: CatalogueItem,
    number: str,
    valid_from: date,
    valid_until: date,
) -> Qualification:
    """The qualification of a person for an item at a body, to the end of `valid_until`."""
    permit(actor, "qualification_enter", organisations=[body.pk], region_id=body.region_id)
    require_period(valid_from, valid_until)
    with perform(actor, "qualification_enter", subject=person, on=valid_from, organisation_id=body.pk) as act:
        row = begin(
            Qualification, act=act, on=valid_from, until=day_after(valid_until), person=person, body=body,
            item=item, number=number,
        )  # fmt: skip
        act.content = {"item": item.code, "number": number, "until": valid_until.isoformat()}
    return row
