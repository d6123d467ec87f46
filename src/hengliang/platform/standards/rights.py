"""Who may change the registers of standards, authorisations and qualifications."""

from django.utils.translation import gettext_lazy as _

from hengliang.platform.core.rights import Right, Role

BODY = frozenset({Role.BODY_MANAGER})
AUTHORITY = frozenset({Role.AUTHORITY})

RIGHTS = {
    "standard_enter": Right(BODY, label=_("Enter measurement standard")),
    "standard_certificate_enter": Right(BODY, label=_("Enter certificate of the standard")),
    "standard_suspend": Right(BODY | AUTHORITY, needs_reason=True, label=_("Take out of service")),
    "standard_resume": Right(BODY | AUTHORITY, needs_reason=True, label=_("Bring back into service")),
    "authorisation_enter": Right(AUTHORITY, label=_("Authorise")),
    "authorisation_end": Right(AUTHORITY, needs_reason=True, label=_("End authorisation")),
    "qualification_enter": Right(AUTHORITY | BODY, label=_("Enter qualification")),
    "qualification_end": Right(AUTHORITY | BODY, needs_reason=True, label=_("End qualification")),
}

ENTRY_TYPES = {
    kind: "measurement_standard.changed" if kind.startswith("standard") else "authorisation.changed" for kind in RIGHTS
}
