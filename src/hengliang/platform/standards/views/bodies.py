"""Whose people and standards may be entered by whom."""

from typing import Any

from hengliang.platform.core.rights import BODY_ROLES, Actor
from hengliang.platform.parties.models import Organisation


def own_bodies(actor: Actor) -> Any:
    """The bodies whose people and standards the actor manages, or oversees."""
    rows = Organisation.objects.filter(is_verification_body=True).order_by("name")
    return rows.filter(pk__in=actor.organisations(BODY_ROLES)) | rows.filter(region_id__in=actor.regions())
