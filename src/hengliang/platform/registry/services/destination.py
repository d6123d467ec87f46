"""Where an instrument may go: never where no authority sees it, nor to somebody who was not asked.

An authority moves and hands over whatever stands in its regions. A user moves within the regions of an authority that
sees the instrument now, and hands over to organisations that it acts for itself; to all others it offers
(`transfer_offer`), and they accept. What goes farther the authority enters. An import asks the same of its rows, as
sets (`imports/sql/faults.sql`).
"""

from hengliang.platform.core.errors import InputRefused, Refused
from hengliang.platform.core.rights import HOLDER_ROLES, Actor, Role
from hengliang.platform.parties.selectors import overseen
from hengliang.platform.registry.models import InstrumentState


def refuse_region_without_authority(actor: Actor, region_id: int) -> None:
    """Refuse a region for which no authority of this platform answers: nobody would ever see the instrument."""
    if not _is_program(actor) and region_id not in overseen(actor.today):
        raise InputRefused(
            "region_without_authority",
            "No authority of this platform answers for this region; choose the county in which the instrument stands.",
            field="region",
        )


def refuse_out_of_sight(actor: Actor, entry: InstrumentState, region_id: int) -> None:
    """Refuse a move out of the sight of every authority that sees the instrument now, unless one of them does it."""
    refuse_region_without_authority(actor, region_id)
    if _answers_for(actor, entry):
        return
    seen = overseen(actor.today)
    if not seen.get(entry.region_id, frozenset()) & seen[region_id]:
        raise Refused(
            "leaves_authority",
            "The move leads to the regions of another authority. Ask the present one to enter it.",
        )


def refuse_strangers(actor: Actor, entry: InstrumentState, owner_id: int) -> None:
    """Refuse a hand-over to somebody for whom the actor does not act, unless the authority enters it."""
    if not _answers_for(actor, entry) and owner_id not in actor.organisations(HOLDER_ROLES):
        raise Refused(
            "not_asked",
            "The new user has not been asked. Offer it to them: it goes over when they accept.",
        )


def _answers_for(actor: Actor, entry: InstrumentState) -> bool:
    return _is_program(actor) or entry.region_id in actor.regions({Role.AUTHORITY})


def _is_program(actor: Actor) -> bool:
    return actor.account_id is None and actor.has(Role.ADMINISTRATOR)
