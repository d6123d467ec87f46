"""What follows an arbitration that was opened: the notice, who came, the end."""

from datetime import date

from django.urls import reverse

from hengliang.platform.core.acts import perform
from hengliang.platform.core.errors import Blocked, InputRefused
from hengliang.platform.core.models import Act
from hengliang.platform.core.rights import HOLDER_ROLES, Actor, permit
from hengliang.platform.core.services import notify
from hengliang.platform.core.transitions import move
from hengliang.platform.parties.selectors import accounts_of
from hengliang.platform.registry.services import release
from hengliang.platform.verification.models import Arbitration, ArbitrationParty, Task
from hengliang.platform.verification.parties import ends_where
from hengliang.platform.verification.services.fee_lapse import fees_lapse
from hengliang.platform.verification.states import ARBITRATION, MEDIATION, OPEN_TASKS, TASK


def arbitration_notify(*, actor: Actor, arbitration: Arbitration, on: date | None = None) -> None:
    """Both parties were notified of day and place; those with an account are told here as well.

    Errors: `InputRefused` for a day that has not come or lies before the request.
    """
    permit(actor, "arbitration_notify", region_id=arbitration.seat_id)
    day = on or actor.today
    if not arbitration.asked_on <= day <= actor.today:
        raise InputRefused("notice_day", "The notice was given between the request and today.", field="on")
    with perform(actor, "arbitration_notify", subject=arbitration, on=day, region_id=arbitration.seat_id) as act:
        move(ARBITRATION, arbitration, act)
        arbitration.notified_on = day
        arbitration.save(update_fields=["notified_on"])
        act.content = {"number": arbitration.number, "late": day > arbitration.notice_by}
        _tell(actor, act, arbitration)


def arbitration_attend(*, actor: Actor, party: ArbitrationParty, present: bool, note: str) -> None:
    """Record whether a party that was notified came; the note says who, or why nobody did.

    Errors: `InputRefused` before the notice, before the day named to the parties, or without a note.
    """
    case = party.arbitration
    permit(actor, "arbitration_attend", organisations=[case.task.body_id], region_id=case.seat_id)
    if case.state != "notified":
        raise InputRefused("not_notified", "Presence is recorded after the notice and before the decision.")
    if actor.today < case.meets_on:
        raise InputRefused(
            "meeting_ahead", "The parties are called for %(day)s; whether they came is recorded from that day on.",
            day=case.meets_on.isoformat(),
        )  # fmt: skip
    if not note.strip():
        raise InputRefused("presence_note", "Say who came, or why nobody did.", field="note")
    with perform(actor, "arbitration_attend", subject=case, region_id=case.seat_id) as act:
        party.present, party.presence_note = present, note.strip()
        party.save(update_fields=["present", "presence_note"])
        act.content = {"side": party.side, "present": present}


def arbitration_withdraw(*, actor: Actor, arbitration: Arbitration, reason: str) -> None:
    """End an arbitration without a decision: its task is cancelled, the instrument released.

    Where a second was applied for and is not pursued, the first result is final.
    Errors: `Blocked` for a first while its second is open.
    """
    permit(actor, "arbitration_withdraw", region_id=ends_where(arbitration, actor.today))
    first = arbitration.first
    if Arbitration.objects.filter(first=arbitration).exclude(state="withdrawn").exists():
        raise Blocked("second_open", "A second arbitration was opened; withdraw that one.")
    with perform(
        actor, "arbitration_withdraw", subject=arbitration, reason=reason, region_id=arbitration.seat_id
    ) as act:
        move(ARBITRATION, arbitration, act)
        if arbitration.task.state in OPEN_TASKS:
            move(TASK, arbitration.task, act)
            fees_lapse([arbitration.task])
        if first is not None:
            move(ARBITRATION, first, act)
        end_mediation(act, arbitration, actor.today)
        release(arbitration.instrument, act=act)


def arbitration_decide(*, act: Act, task: Task) -> None:
    """What the issue of its certificate does to an arbitration: it is decided.

    The instrument stays preserved until the result is final: a second arbitration needs it as it was.
    """
    found = Arbitration.objects.filter(task=task).first()
    if found is not None and found.state == "notified":
        move(ARBITRATION, found, act)


def end_mediation(act: Act, arbitration: Arbitration, on: date) -> None:
    """What ends the dispute, or takes it a level up, ends a mediation that is begun without an agreement."""
    for found in arbitration.mediations.filter(state="begun"):
        move(MEDIATION, found, act)
        found.ended_on = on
        found.save(update_fields=["ended_on"])


def _tell(actor: Actor, act: Act, arbitration: Arbitration) -> None:
    told = {"day": arbitration.meets_on.isoformat(), "place": arbitration.place}
    tell_parties(actor, act, arbitration, "arbitration.notice", list(arbitration.parties.all()), **told)


def tell_parties(
    actor: Actor, act: Act, arbitration: Arbitration, kind: str, parties: list[ArbitrationParty], **told: str
) -> None:
    """Tell those of the parties that have an account."""
    organisations = [party.organisation_id for party in parties if party.organisation_id]
    for accounts in accounts_of(organisations, HOLDER_ROLES, actor.today).values():
        notify(
            accounts=accounts, kind=kind, at=actor.at, act=act, number=arbitration.number,
            url=reverse("verification:arbitration", args=[arbitration.pk]), **told,
        )  # fmt: skip
