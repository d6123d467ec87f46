"""Who may change organisations, people and roles."""

from django.utils.translation import gettext_lazy as _

from hengliang.platform.core.rights import BODY_ROLES, HOLDER_ROLES, Actor, Right, Role

AUTHORITY = frozenset({Role.AUTHORITY, Role.ADMINISTRATOR})
OF_ORGANISATION = frozenset({Role.AUTHORITY, Role.ADMINISTRATOR, Role.BODY_MANAGER, Role.OWNER, Role.UTILITY})

# The manager of an organisation can hand on the roles of its own kind; all others are the administrator's to give.
GIVEN_BY = {Role.BODY_MANAGER: BODY_ROLES, Role.OWNER: HOLDER_ROLES, Role.UTILITY: HOLDER_ROLES}

RIGHTS = {
    "region_enter": Right(frozenset({Role.ADMINISTRATOR}), label=_("Enter region")),
    "region_revise": Right(frozenset({Role.ADMINISTRATOR}), needs_reason=True, label=_("Revise region")),
    "organisation_enter": Right(AUTHORITY, label=_("Enter organisation")),
    "organisation_revise": Right(OF_ORGANISATION, label=_("Revise organisation")),
    "organisation_succeed": Right(AUTHORITY, needs_reason=True, label=_("Succession of organisations")),
    "person_enter": Right(OF_ORGANISATION, label=_("Enter person")),
    "role_assign": Right(OF_ORGANISATION, label=_("Give role")),
    "role_end": Right(OF_ORGANISATION, needs_reason=True, label=_("End role")),
    "invitation_send": Right(OF_ORGANISATION, label=_("Invite")),
    # Nobody's by role: what people do with their own account, and the first account of all.
    "account_enter": Right(frozenset(), label=_("Make account")),
    "invitation_accept": Right(frozenset(), label=_("Accept invitation")),
    "token_make": Right(frozenset(), label=_("Make token")),
    "token_revoke": Right(frozenset(), label=_("Revoke token")),
}

ENTRY_TYPES = dict.fromkeys(RIGHTS, "party.changed")


def roles_to_give(actor: Actor, organisation_id: int | None) -> list[Role]:
    """The roles that the actor can hand on at an organisation, in the order in which roles are listed."""
    if actor.has(Role.ADMINISTRATOR):
        return list(Role)
    given = [gives for giver, gives in GIVEN_BY.items() if organisation_id in actor.organisations({giver})]
    return [role for role in Role if any(role in gives for gives in given)]
