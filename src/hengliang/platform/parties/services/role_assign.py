"""An account is given a role."""

from datetime import date

from hengliang.platform.core.acts import perform
from hengliang.platform.core.errors import InputRefused, NotPermitted
from hengliang.platform.core.models import Region, begin
from hengliang.platform.core.rights import REGIONAL, Actor, Role, permit
from hengliang.platform.parties.models import Account, Organisation, RoleAssignment
from hengliang.platform.parties.rights import roles_to_give


def role_assign(
    *,
    actor: Actor,
    account: Account,
    role: Role,
    organisation: Organisation | None = None,
    region: Region | None = None,
    on: date | None = None,
    until: date | None = None,
) -> RoleAssignment:
    """The role, from `on` (default: today) until before `until`.

    Errors: `NotPermitted`, also when the actor's own role can't hand this one on; `InputRefused` without a region
    for a role that reaches over regions.
    """
    organisation_id = organisation.pk if organisation else None
    region_id = region.pk if region else None
    permit(actor, "role_assign", organisations=[organisation_id], region_id=region_id)
    require_may_give(actor, role, organisation_id)
    if role in REGIONAL and region is None:
        raise InputRefused("role_needs_region", "This role reaches over a region: name it.", field="region")
    with perform(actor, "role_assign", subject=account, on=on, organisation_id=organisation_id) as act:
        row = begin(
            RoleAssignment, act=act, on=act.on, until=until, account=account, role=role,
            organisation=organisation, region=region,
        )  # fmt: skip
        act.content = {"account": account.pk, "role": role, "organisation": organisation_id, "region": region_id}
    return row


def require_may_give(actor: Actor, role: Role, organisation_id: int | None) -> None:
    """Raise `NotPermitted` unless the actor's own roles can hand this role on."""
    if role in roles_to_give(actor, organisation_id):
        return
    raise NotPermitted("role_not_yours_to_give", "Only an administrator can give the role “%(role)s”.", role=role.label)
