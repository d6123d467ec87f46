"""The authority opens an arbitration verification: body appointed, instrument preserved, term of the notice running."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from hengliang.platform.core.acts import perform
from hengliang.platform.core.errors import InputRefused
from hengliang.platform.core.models import Act
from hengliang.platform.core.rights import Actor, Role, permit
from hengliang.platform.core.rules import term_from
from hengliang.platform.core.transitions import enter, move
from hengliang.platform.parties.models import Organisation, OrganisationVersion
from hengliang.platform.registry.models import Instrument, InstrumentState
from hengliang.platform.registry.services import hold
from hengliang.platform.standards.selectors import authorised, regions_above
from hengliang.platform.verification.jobs import ARBITRATION_JOB
from hengliang.platform.verification.models import Arbitration, ArbitrationParty, Task
from hengliang.platform.verification.numbers import next_number
from hengliang.platform.verification.placing import desk_of
from hengliang.platform.verification.regimes import regime_of
from hengliang.platform.verification.services.application_submit import open_task
from hengliang.platform.verification.states import ARBITRATION, TASK

NOTICE = "deadline/arbitration-notice"


@dataclass(frozen=True)
class Disputant:
    """A party: an organisation of the platform, or a name."""

    name: str = ""
    organisation: Organisation | None = None
    address: str = ""
    representative: str = ""

    @property
    def words(self) -> str:
        """What it is called."""
        return self.organisation.name if self.organisation else self.name.strip()


def arbitration_open(
    *,
    actor: Actor,
    instrument: Instrument,
    body: Organisation,
    claimant: Disputant,
    respondent: Disputant,
    dispute: str,
    meets_on: date,
    place: str,
    **told: str,
) -> Arbitration:
    """Open an arbitration verification on the day on which the request was accepted.

    told : what the application says besides, each may be absent: `demand`, `evidence`, `commissioned_by`

    The notice is due within the term of the rule; nobody may change, move or scrap the instrument until it is decided.
    Errors: `InputRefused` for a body that is not authorised, a party without a name, or the same party twice.
    """
    entry = InstrumentState.objects.current().select_related("instrument__item__parent").get(instrument=instrument)
    permit(actor, "arbitration_open", region_id=entry.region_id)
    _refuse_unfit(actor, entry, body, claimant, respondent, meets_on)
    with perform(actor, "arbitration_open", region_id=entry.region_id, organisation_id=body.pk) as act:
        made = write_case(
            act, entry, body, (claimant, respondent), dispute=dispute, meets_on=meets_on, place=place,
            authority_id=_seat(actor, entry.region_id), **told,
        )  # fmt: skip
        hold(instrument, act=act, document=made.number)
    return made


def write_case(
    act: Act, entry: InstrumentState, body: Organisation, parties: tuple[Disputant, Disputant], **told: Any
) -> Arbitration:
    """The case, its parties and the task of the appointed body; the term of the notice begins with the act."""
    term = term_from(NOTICE, act.on)
    number = next_number(body, "dispute", act.on)
    act.subject = made = Arbitration.objects.create(
        act=act, number=number, instrument=entry.instrument, task=_task(act, entry, body), region_id=entry.region_id,
        asked_on=act.on, notice_by=term.day, provisional=term.provisional, state=ARBITRATION.states[0].code, **told,
    )  # fmt: skip
    enter(ARBITRATION, made, act)
    for side, party in zip(("claimant", "respondent"), parties, strict=True):
        ArbitrationParty.objects.create(
            act=act, arbitration=made, side=side, name=party.words, organisation=party.organisation,
            address=party.address.strip() or _address(party.organisation, act.on),
            representative=party.representative.strip(),
        )  # fmt: skip
    act.content = {"number": number, "instrument": entry.instrument.code, "body": body.pk, "by": term.day.isoformat()}
    return made


def _address(organisation: Organisation | None, on: date) -> str:
    """Where an organisation of the platform has its seat that day."""
    if organisation is None:
        return ""
    found = OrganisationVersion.objects.on(on).filter(organisation=organisation)
    return found.values_list("address", flat=True).first() or ""


def _seat(actor: Actor, region_id: int) -> int:
    """The region whose authority opens it: the highest that the actor holds; of a program the county's."""
    held = actor.regions({Role.AUTHORITY})
    mine = [pk for pk in regions_above(region_id, actor.today) if pk in held]
    return mine[-1] if mine else desk_of(region_id, actor.today).pk


def _refuse_unfit(
    actor: Actor, entry: InstrumentState, body: Organisation, claimant: Disputant, respondent: Disputant, meets: date
) -> None:
    if not claimant.words or not respondent.words or claimant.words == respondent.words:
        raise InputRefused("two_parties", "A dispute has two different parties; name both.", field="respondent")
    refuse_unfit_body(actor, entry, body, meets)


def refuse_unfit_body(actor: Actor, entry: InstrumentState, body: Organisation, meets: date) -> None:
    """Refuse a body that may not verify it there today, or a day that has passed."""
    item = entry.instrument.item
    if not authorised(body.pk, item, entry.region_id, actor.today):
        raise InputRefused(
            "not_authorised", "“%(body)s” holds no authorisation for “%(item)s” there on %(on)s. Enter it first.",
            field="body", body=body.name, item=item.name, on=actor.today,
        )  # fmt: skip
    if meets < actor.today:
        raise InputRefused("meeting_past", "The day of the verification lies in the past.", field="meets_on")


def _task(act: Act, entry: InstrumentState, body: Organisation) -> Task:
    """The task of the appointed body; nobody has to accept it."""
    task = open_task(
        act, entry.instrument, job=ARBITRATION_JOB, body=body, owner_id=entry.owner_id, region_id=entry.region_id,
        regime=regime_of(entry, act.on),
    )  # fmt: skip
    move(TASK, task, act)
    return task
