"""What one person enters a second one decides on: acts of both ask here."""

from hengliang.platform.core.errors import Blocked
from hengliang.platform.core.rights import Actor


def refuse_first_person(actor: Actor, entered_by: int | None) -> None:
    """Whoever entered it does not decide on it; the platform's own programs, which have no account, may.

    entered_by : the account that entered it
    Errors: `Blocked`.
    """
    if actor.account_id is not None and actor.account_id == entered_by:
        raise Blocked("second_person", "You entered this yourself; a second person confirms it.")
