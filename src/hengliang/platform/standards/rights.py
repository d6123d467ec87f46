"""Who may change the registers of standards, authorisations and qualifications."""

from django.utils.translation import gettext_lazy as _

from hengliang.platform.core.errors import NotPermitted
from hengliang.platform.core.rights import BODY_ROLES, REGIONAL, Actor, Right, Role

BODY = frozenset({Role.BODY_MANAGER})
AUTHORITY = frozenset({Role.AUTHORITY})

RIGHTS = {
    "standard_enter": Right(BODY, label=_("Enter measurement standard")),
    "standard_certificate_enter": Right(BODY, label=_("Enter certificate of the standard")),
    "standard_suspend": Right(BODY | AUTHORITY, needs_reason=True, label=_("Take out of service")),
    "standard_resume": Right(BODY | AUTHORITY, needs_reason=True, label=_("Bring back into service")),
    "authorisation_enter": Right(AUTHORITY, label=_("Authorise")),
    "authorisation_end": Right(AUTHORITY, needs_reason=True, label=_("End authorisation")),
    "designation_make": Right(AUTHORITY, label=_("Designate")),
    "designation_end": Right(AUTHORITY, needs_reason=True, label=_("End designation")),
    "qualification_enter": Right(AUTHORITY | BODY, label=_("Enter qualification")),
    "qualification_end": Right(AUTHORITY | BODY, needs_reason=True, label=_("End qualification")),
    "budget_save": Right(BODY_ROLES, label=_("Save uncertainty budget")),
    "budget_revise": Right(BODY_ROLES, label=_("Save version of uncertainty budget")),
}

ENTRY_TYPES = {kind: "measurement_standard.changed" for kind in RIGHTS if kind.startswith("standard")} | {
    kind: "authorisation.changed"
    for kind in RIGHTS
    if kind.startswith(("authorisation", "designation", "qualification"))
}
READERS = BODY_ROLES | REGIONAL | {Role.ADMINISTRATOR}


def require_reader(actor: Actor) -> None:
    """Raises NotPermitted for roles that have no part in the measurement of others."""
    if not actor.has(*READERS):
        raise NotPermitted(
            "not_a_reader", "The workbench is for verification bodies and authorities; your role has no part in it."
        )
