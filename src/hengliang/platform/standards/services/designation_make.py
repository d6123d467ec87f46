"""The authority designates a body for an item in a region and all below it."""

from datetime import date

from django.db import IntegrityError, transaction

from hengliang.platform.core.acts import perform
from hengliang.platform.core.errors import InputRefused
from hengliang.platform.core.models import Region, begin, day_after
from hengliang.platform.core.rights import Actor, permit
from hengliang.platform.parties.models import Organisation
from hengliang.platform.registry.models import CatalogueItem
from hengliang.platform.standards.models import Designation
from hengliang.platform.standards.period import require_period
from hengliang.platform.standards.selectors import authorised


def designation_make(
    *,
    actor: Actor,
    body: Organisation,
    item: CatalogueItem,
    region: Region,
    number: str,
    valid_from: date,
    valid_until: date | None = None,
) -> Designation:
    """Designate a body from a day, to the end of `valid_until` or until it is ended.

    Errors: `InputRefused` if the body is not authorised for the item there on the first day, or is designated already.
    """
    permit(actor, "designation_make", region_id=region.pk)
    if valid_until is not None:
        require_period(valid_from, valid_until)
    if not authorised(body.pk, item, region.pk, valid_from):
        raise InputRefused(
            "not_authorised",
            "“%(body)s” holds no authorisation for “%(item)s” there on %(on)s. Enter it first.",
            field="body", body=body.name, item=item.name, on=valid_from,
        )  # fmt: skip
    try:
        return _written(actor, body, item, region, number, valid_from, valid_until)
    except IntegrityError:
        raise InputRefused(
            "designated_already",
            "“%(body)s” is designated for “%(item)s” there already. End that designation first.",
            field="body", body=body.name, item=item.name,
        )  # fmt: skip


def _written(
    actor: Actor, body: Organisation, item: CatalogueItem, region: Region, number: str, on: date, until: date | None
) -> Designation:
    with transaction.atomic(), perform(actor, "designation_make", subject=body, on=on, region_id=region.pk) as act:
        row = begin(
            Designation, act=act, on=on, until=until and day_after(until), body=body, item=item, region=region,
            number=number,
        )  # fmt: skip
        act.content = {"item": item.code, "region": region.pk, "number": number, "until": until and until.isoformat()}
    return row
