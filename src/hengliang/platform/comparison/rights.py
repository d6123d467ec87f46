"""Who may evaluate a comparison: verification bodies, the authority, the auditor. It keeps and changes nothing."""

from hengliang.platform.core.errors import NotPermitted
from hengliang.platform.core.rights import BODY_ROLES, Actor, Role

READERS = BODY_ROLES | {Role.AUTHORITY, Role.AUDITOR}


def require_reader(actor: Actor) -> None:
    """Raises NotPermitted for all other roles."""
    if not actor.has(*READERS):
        raise NotPermitted(
            "comparison_not_a_reader", "Comparisons are for verification bodies and authorities; your role has no part."
        )
