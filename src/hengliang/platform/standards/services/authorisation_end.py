"""End an authorisation before `on`."""

from datetime import date

from hengliang.platform.core.acts import perform
from hengliang.platform.core.models import end
from hengliang.platform.core.rights import Actor, permit
from hengliang.platform.standards.models import (
    Authorisation,
)


def authorisation_end(*, actor: Actor, authorisation: Authorisation, on: date, reason: str) -> None:
    """End an authorisation before `on`."""
    permit(actor, "authorisation_end", region_id=authorisation.body.region_id)
    with perform(actor, "authorisation_end", subject=authorisation.body, on=on, reason=reason) as act:
        end(Authorisation.objects.filter(pk=authorisation.pk), act=act, on=on)
        act.content = {"number": authorisation.number}
