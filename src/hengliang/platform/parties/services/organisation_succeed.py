"""One organisation takes over from another."""

from datetime import date

from hengliang.platform.core.acts import perform
from hengliang.platform.core.models import end
from hengliang.platform.core.rights import Actor, permit
from hengliang.platform.parties.models import Organisation, OrganisationSuccession, RoleAssignment


def organisation_succeed(
    *, actor: Actor, predecessor: Organisation, successor: Organisation, on: date, reason: str
) -> OrganisationSuccession:
    """The succession. The predecessor's roles end that day; its instruments are transferred by their own acts."""
    permit(actor, "organisation_succeed", organisations=[predecessor.pk], region_id=predecessor.region_id)
    with perform(actor, "organisation_succeed", subject=predecessor, on=on, reason=reason) as act:
        succession = OrganisationSuccession.objects.create(act=act, predecessor=predecessor, successor=successor, on=on)
        end(RoleAssignment.objects.filter(organisation=predecessor), act=act, on=on)
        act.content = {"predecessor": predecessor.pk, "successor": successor.pk}
    return succession
