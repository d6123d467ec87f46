"""Who may change organisations, people and roles."""

from hengliang.platform.core.rights import Right, Role

AUTHORITY = frozenset({Role.AUTHORITY, Role.ADMINISTRATOR})
OF_ORGANISATION = frozenset({Role.AUTHORITY, Role.ADMINISTRATOR, Role.BODY_MANAGER, Role.OWNER, Role.UTILITY})

RIGHTS = {
    "region_enter": Right(frozenset({Role.ADMINISTRATOR})),
    "region_revise": Right(frozenset({Role.ADMINISTRATOR}), needs_reason=True),
    "organisation_enter": Right(AUTHORITY),
    "organisation_revise": Right(OF_ORGANISATION),
    "organisation_succeed": Right(AUTHORITY, needs_reason=True),
    "person_enter": Right(OF_ORGANISATION),
    "role_assign": Right(OF_ORGANISATION),
    "role_end": Right(OF_ORGANISATION, needs_reason=True),
    "invitation_send": Right(OF_ORGANISATION),
}
