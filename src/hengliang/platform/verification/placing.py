"""Which authority has an application that no body has: by region, from the county upwards."""

from datetime import date

from hengliang.platform.core.errors import Refused
from hengliang.platform.core.models import Act, Region
from hengliang.platform.parties.models import Organisation
from hengliang.platform.standards.selectors import authorised, regions_above
from hengliang.platform.verification.models import Application


def desk_of(region_id: int, on: date) -> Region:
    """The region whose authority has it first: the county, or whatever the instrument lies in directly."""
    chain = _levels(region_id, on)
    return next((region for region in chain if region.level <= Region.Level.COUNTY), chain[-1])


def desk_above(region: Region, on: date) -> Region:
    """The region a level up.

    Errors: `Refused` at the top.
    """
    chain = _levels(region.pk, on)
    if len(chain) < 2:
        raise Refused("top_reached", "There is no authority above this one. Assign a body here.")
    return chain[1]


def _levels(region_id: int, on: date) -> list[Region]:
    above = regions_above(region_id, on)
    found = Region.objects.in_bulk(above)
    return [found[pk] for pk in above]


def bodies_for(application: Application, on: date) -> list[Organisation]:
    """The bodies that are authorised, there and on that day, for every instrument of an application."""
    wanted = {
        (task.instrument.item, task.region_id) for task in application.tasks.select_related("instrument__item__parent")
    }
    bodies = Organisation.objects.filter(is_verification_body=True).order_by("name")
    return [body for body in bodies if all(authorised(body.pk, item, region, on) for item, region in wanted)]


def refused_by(application: Application) -> dict[int, str]:
    """The bodies that gave an application back, each with its last reason."""
    acts = Act.objects.filter(
        kind__in=("application_return", "application_refuse"), subject_type=Application._meta.label_lower,
        subject_id=str(application.pk), organisation_id__isnull=False,
    )  # fmt: skip
    return {act.organisation_id: act.reason for act in acts.order_by("pk") if act.organisation_id}
