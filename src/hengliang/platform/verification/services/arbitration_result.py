"""The result of an arbitration is told to both parties: of a first the term of the second begins, a second is final."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from hengliang.platform.core.acts import perform
from hengliang.platform.core.errors import Blocked, InputRefused, Refused
from hengliang.platform.core.rights import Actor, permit
from hengliang.platform.core.rules import term_from
from hengliang.platform.core.transitions import move
from hengliang.platform.registry.services import release
from hengliang.platform.verification.models import Arbitration, ArbitrationParty
from hengliang.platform.verification.parties import last_day, verified_on
from hengliang.platform.verification.services.arbitration_acts import tell_parties
from hengliang.platform.verification.states import ARBITRATION

SECOND = "deadline/arbitration-second"


def arbitration_result(*, actor: Actor, arbitration: Arbitration, received: Mapping[str, date]) -> None:
    """Both parties received the notice of the first result, each on its day; from there its term runs.

    received : by side, the day on which that party received the notice
    Errors: `InputRefused` for a day before the decision or to come; `Refused` for a second arbitration.
    Source: 仲裁检定和计量调解办法, art. 12 and 13.
    """
    permit(actor, "arbitration_result", region_id=arbitration.seat_id)
    if arbitration.is_second:
        raise Refused("second_is_final", "The result of a second arbitration is final: tell it as such.")
    ARBITRATION.target("arbitration_result", arbitration.state)
    parties = _received(actor, arbitration, received)
    with perform(actor, "arbitration_result", subject=arbitration, region_id=arbitration.seat_id) as act:
        move(ARBITRATION, arbitration, act)
        act.content = _said(arbitration, parties)
        for party in parties:
            if party.result_on is None:
                continue
            term = term_from(SECOND, party.result_on)
            party.second_by, party.provisional = term.day, term.provisional
            party.save(update_fields=["result_on", "second_by", "provisional"])
            tell_parties(actor, act, arbitration, "arbitration.result", [party], day=term.day.isoformat())


def arbitration_final(*, actor: Actor, arbitration: Arbitration, received: Mapping[str, date]) -> None:
    """Both parties received the notice of the second result: it is final, replaces the first, frees the instrument.

    Errors: `InputRefused` for a day before the decision or to come; `Refused` for a first arbitration.
    Source: 仲裁检定和计量调解办法, art. 13.
    """
    permit(actor, "arbitration_final", region_id=arbitration.seat_id)
    first = arbitration.first
    if first is None:
        raise Refused("first_not_final", "The result of a first arbitration is told with the term of the second.")
    ARBITRATION.target("arbitration_final", arbitration.state)
    parties = _received(actor, arbitration, received)
    with perform(actor, "arbitration_final", subject=arbitration, region_id=arbitration.seat_id) as act:
        move(ARBITRATION, arbitration, act)
        move(ARBITRATION, first, act)
        act.content = _said(arbitration, parties)
        for party in parties:
            party.save(update_fields=["result_on"])
        tell_parties(actor, act, arbitration, "arbitration.final", parties)
        release(arbitration.instrument, act=act)


def arbitration_close(*, actor: Actor, arbitration: Arbitration) -> None:
    """The term of the second has passed for both parties: the first result is final, the instrument free.

    Errors: `Blocked` while one of them may still apply.
    """
    permit(actor, "arbitration_close", region_id=arbitration.seat_id)
    ARBITRATION.target("arbitration_close", arbitration.state)
    if (last := last_day(arbitration)) is not None and actor.today <= last:
        raise Blocked("term_runs", "Until %(day)s a party may apply for the second arbitration.", day=last.isoformat())
    with perform(actor, "arbitration_close", subject=arbitration, region_id=arbitration.seat_id) as act:
        move(ARBITRATION, arbitration, act)
        act.content = {"number": arbitration.number, "last": last.isoformat() if last else ""}
        release(arbitration.instrument, act=act)


def _received(actor: Actor, arbitration: Arbitration, received: Mapping[str, date]) -> list[ArbitrationParty]:
    """The parties with the day on which each received the notice, not saved yet."""
    earliest, parties = verified_on(arbitration), list(arbitration.parties.order_by("side"))
    for party in parties:
        day = received.get(party.side)
        if day is None or day > actor.today or (earliest and day < earliest):
            raise InputRefused(
                "received_day",
                "Enter for each party the day, between the verification and today, on which it received the notice of "
                "the result.",
                field=party.side,
            )
        party.result_on = day
    return parties


def _said(arbitration: Arbitration, parties: list[ArbitrationParty]) -> dict[str, Any]:
    return {"number": arbitration.number, "received": {party.side: str(party.result_on) for party in parties}}
