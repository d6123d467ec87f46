"""The conditions of a record that others have signed are corrected: proposed by one person, answered by a second."""

from decimal import Decimal

from hengliang.platform.core.acts import perform
from hengliang.platform.core.errors import Blocked, Refused
from hengliang.platform.core.rights import Actor, permit
from hengliang.platform.core.transitions import enter, move
from hengliang.platform.parties.selectors import person_of
from hengliang.platform.verification.errors import SamePerson
from hengliang.platform.verification.models import Conditions, ConditionsAddendum, Record
from hengliang.platform.verification.services.conditions_enter import may_enter, require_readable
from hengliang.platform.verification.states import ADDENDUM

STANDING = ("reviewed", "approved")


def conditions_amend(
    *, actor: Actor, record: Record, temperature: Decimal, humidity: Decimal, reason: str, other: str = "",
    place: str = "",
) -> ConditionsAddendum:  # fmt: skip
    """Say what the conditions of a signed record were; it counts once a second person has confirmed it.

    place : the right place, where the record names a wrong one
    Errors: `Refused` for a record that is void or sent back (it is measured again), that nobody has signed, or that
    has an open addendum; `Blocked` for the place once a proof prints it; `InputRefused`.
    """
    permit(actor, "conditions_amend", organisations=[record.task.body_id])
    _refuse_unfit(record, place)
    require_readable(temperature, humidity)
    person = person_of(actor)
    with perform(actor, "conditions_amend", subject=record, reason=reason, organisation_id=record.task.body_id) as act:
        made = ConditionsAddendum.objects.create(
            act=act, record=record, temperature=temperature, humidity=humidity, other=other.strip(),
            place=place.strip(), reason=reason.strip()[:500], proposed_on=act.on, first=person,
            state=ADDENDUM.states[0].code,
        )  # fmt: skip
        enter(ADDENDUM, made, act)
        act.content = _said(made)
    return made


def conditions_confirm(*, actor: Actor, addendum: ConditionsAddendum) -> Conditions:
    """A second person has seen it: it is now what counts; the paper names both, and what stood there before.

    Errors: `SamePerson`; `Blocked` where a proof was issued since that prints the place.
    """
    record = addendum.record
    permit(actor, "conditions_confirm", organisations=[record.task.body_id])
    ADDENDUM.target("conditions_confirm", addendum.state)
    _answered(actor, addendum)
    _refuse_printed(record, addendum.place)
    with perform(
        actor, "conditions_confirm", subject=record, on=record.verified_on, organisation_id=record.task.body_id
    ) as act:
        move(ADDENDUM, addendum, act)
        addendum.save(update_fields=["second"])
        act.content = _said(addendum)
        return Conditions.objects.create(
            act=act, record=record, temperature=addendum.temperature, humidity=addendum.humidity,
            other=addendum.other, place=addendum.place,
        )  # fmt: skip


def conditions_decline(*, actor: Actor, addendum: ConditionsAddendum, reason: str) -> None:
    """A second person does not confirm it; it stays readable and counts for nothing.

    Errors: `SamePerson`.
    """
    record = addendum.record
    permit(actor, "conditions_decline", organisations=[record.task.body_id])
    ADDENDUM.target("conditions_decline", addendum.state)
    _answered(actor, addendum)
    with perform(
        actor, "conditions_decline", subject=record, reason=reason, organisation_id=record.task.body_id
    ) as act:
        move(ADDENDUM, addendum, act)
        addendum.save(update_fields=["second"])
        act.content = _said(addendum)


def _refuse_unfit(record: Record, place: str) -> None:
    if record.state not in STANDING and not may_enter(record):
        raise Refused("record_gone", "This record no longer stands; the conditions belong to the one measured anew.")
    if may_enter(record):
        raise Refused("not_signed_yet", "Nobody has signed these conditions yet: enter them as they were.")
    if ConditionsAddendum.objects.filter(record=record, state="proposed").exists():
        raise Refused("addendum_open", "A correction waits for the second person; answer that one first.")
    _refuse_printed(record, place)


def _refuse_printed(record: Record, place: str) -> None:
    if place.strip() and record.task.state == "issued":
        raise Blocked(
            "place_printed",
            "The proof names the place. Replace the proof; its record is then written anew.",
        )


def _answered(actor: Actor, addendum: ConditionsAddendum) -> None:
    person = person_of(actor)
    if person.pk == addendum.first_id:
        raise SamePerson("same_person_addendum", "%(name)s proposed it. A second person answers.", name=person.name)
    addendum.second = person


def _said(one: ConditionsAddendum) -> dict[str, str]:
    found = {"record": one.record.number, "temperature": str(one.temperature), "humidity": str(one.humidity)}
    return found | {name: text for name, text in (("other", one.other), ("place", one.place)) if text}
