"""A role ends."""

from datetime import date

from hengliang.platform.core.acts import perform
from hengliang.platform.core.models import end
from hengliang.platform.core.rights import Actor, permit
from hengliang.platform.parties.models import RoleAssignment


def role_end(*, actor: Actor, assignment: RoleAssignment, on: date, reason: str) -> None:
    """End a role before `on`; what was done under it stays."""
    permit(actor, "role_end", organisations=[assignment.organisation_id], region_id=assignment.region_id)
    with perform(actor, "role_end", subject=assignment.account, on=on, reason=reason) as act:
        end(RoleAssignment.objects.filter(pk=assignment.pk), act=act, on=on)
        act.content = {"role": assignment.role, "organisation": assignment.organisation_id}
