"""A party does not accept the first result: it applies one level up, where a second arbitration is opened."""

from datetime import date

from hengliang.platform.core.acts import perform
from hengliang.platform.core.errors import InputRefused
from hengliang.platform.core.rights import Actor, permit
from hengliang.platform.core.transitions import move
from hengliang.platform.parties.models import Organisation
from hengliang.platform.registry.models import InstrumentState
from hengliang.platform.registry.services import hold, hold_of
from hengliang.platform.verification.models import Arbitration, ArbitrationParty
from hengliang.platform.verification.parties import above
from hengliang.platform.verification.services.arbitration_acts import end_mediation, tell_parties
from hengliang.platform.verification.services.arbitration_open import Disputant, refuse_unfit_body, write_case
from hengliang.platform.verification.states import ARBITRATION


def arbitration_appeal(*, actor: Actor, party: ArbitrationParty, grounds: str, on: date | None = None) -> None:
    """A party applies for the second arbitration; the authority above may enter what it received on paper.

    on : the day on which the application was received; today if it is left out
    Errors: `InputRefused` after the party's term, or without grounds.
    Source: 仲裁检定和计量调解办法, art. 13.
    """
    case, day = party.arbitration, on or actor.today
    permit(actor, "arbitration_appeal", organisations=[party.organisation_id], region_id=above(case, actor.today))
    ARBITRATION.target("arbitration_appeal", case.state)
    if not grounds.strip():
        raise InputRefused("appeal_grounds", "Say why the result is not accepted.", field="grounds")
    if not (party.result_on or case.asked_on) <= day <= actor.today:
        raise InputRefused("appeal_day", "The day lies between the notice of the result and today.", field="on")
    if party.second_by is not None and day > party.second_by:
        raise InputRefused(
            "second_late", "The term of %(party)s ended on %(day)s; the first result is final for it.",
            field="on", party=party.name, day=party.second_by.isoformat(),
        )  # fmt: skip
    with perform(actor, "arbitration_appeal", subject=case, on=day, region_id=case.seat_id) as act:
        move(ARBITRATION, case, act)
        case.appealed_side, case.appealed_on, case.grounds = party.side, day, grounds.strip()
        case.save(update_fields=["appealed_side", "appealed_on", "grounds"])
        act.content = {"number": case.number, "side": party.side}
        others = [one for one in case.parties.all() if one.pk != party.pk]
        tell_parties(actor, act, case, "arbitration.appealed", others, party=party.name)


def arbitration_second(
    *, actor: Actor, first: Arbitration, body: Organisation, meets_on: date, place: str
) -> Arbitration:
    """The authority one level up opens the second arbitration, with another body; the instrument stays preserved.

    Errors: `InputRefused` for the body of the first or one that is not authorised; `TransitionRefused` by the state.
    """
    seat = above(first, actor.today)
    permit(actor, "arbitration_second", region_id=seat)
    ARBITRATION.target("arbitration_final", first.state)
    entry = (
        InstrumentState.objects.current().select_related("instrument__item__parent").get(instrument=first.instrument)
    )
    if Arbitration.objects.filter(first=first).exists():
        raise InputRefused("second_there", "The second arbitration of %(number)s is open.", number=first.number)
    if body.pk == first.task.body_id:
        raise InputRefused("same_body", "“%(body)s” did the first. Appoint another.", field="body", body=body.name)
    refuse_unfit_body(actor, entry, body, meets_on)
    parties = sorted(first.parties.select_related("organisation"), key=lambda one: one.side != first.appealed_side)
    claimant, respondent = (_again(party) for party in parties)
    with perform(actor, "arbitration_second", region_id=seat, organisation_id=body.pk) as act:
        made = write_case(
            act, entry, body, (claimant, respondent), dispute=first.grounds, meets_on=meets_on, place=place,
            authority_id=seat, first=first,
        )  # fmt: skip
        end_mediation(act, first, act.on)
        if hold_of(first.instrument, act.on) is None:
            hold(first.instrument, act=act, document=made.number)
    return made


def _again(party: ArbitrationParty) -> Disputant:
    return Disputant(party.name, party.organisation, party.address, party.representative)
