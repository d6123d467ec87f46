"""Who may change the registers of standards, authorisations and qualifications."""

from hengliang.platform.core.rights import Right, Role

BODY = frozenset({Role.BODY_MANAGER})
AUTHORITY = frozenset({Role.AUTHORITY})

RIGHTS = {
    "standard_enter": Right(BODY),
    "standard_certificate_enter": Right(BODY),
    "standard_suspend": Right(BODY | AUTHORITY, needs_reason=True),
    "standard_resume": Right(BODY | AUTHORITY, needs_reason=True),
    "authorisation_enter": Right(AUTHORITY),
    "authorisation_end": Right(AUTHORITY, needs_reason=True),
    "qualification_enter": Right(AUTHORITY | BODY),
    "qualification_end": Right(AUTHORITY | BODY, needs_reason=True),
}
