"""A person decides between two devices, or that a record holds although something changed meanwhile."""

from django.db import transaction

from hengliang.platform.core.acts import perform
from hengliang.platform.core.errors import Blocked, InputRefused
from hengliang.platform.core.rights import Actor, permit
from hengliang.platform.verification.models import FieldEntry, Round, RoundSettlement
from hengliang.platform.verification.rounds.standing import Subject, standing_of
from hengliang.platform.verification.services.record_send_back import record_void
from hengliang.platform.verification.services.round_notes import write_notes

STANDING = ("submitted", "reviewed", "approved")


def round_settle(*, actor: Actor, shown: Round, entry: FieldEntry, reason: str) -> RoundSettlement:
    """The entry that holds, with the reason; the others stay readable. A record made of another one is voided.

    Its own record is made when its verifier synchronises next, or enters the records on the page of the round.
    Errors: `InputRefused` where there is nothing to decide about it; `Blocked` once a proof was issued.
    """
    permit(actor, "round_settle", organisations=[shown.body_id])
    with transaction.atomic():
        Round.objects.select_for_update().get(pk=shown.pk)  # who decides at the same moment is told that it is decided
        subject = _undecided(shown, entry)
        with perform(actor, "round_settle", subject=shown, organisation_id=shown.body_id, reason=reason) as act:
            settled = RoundSettlement.objects.create(
                act=act, round=shown, subject=entry.subject, chosen=entry,
                among=sorted({one.digest for one in _voices(subject)}),
            )  # fmt: skip
            _void_others(actor, subject, entry, reason)
            write_notes(act, shown)
            act.content = {
                "subject": entry.subject, "chosen": [entry.device, entry.sequence], "digest": entry.digest,
            }  # fmt: skip
    return settled


def _undecided(shown: Round, entry: FieldEntry) -> Subject:
    """What the entry speaks of, while the entry is one of those between which is to be decided."""
    subject = standing_of(shown).of(entry.subject)
    if subject is None or entry.pk not in {one.pk for one in _voices(subject)}:
        raise InputRefused("nothing_to_settle", "This entry is none between which is to be decided; reload the page.")
    return subject


def _voices(subject: Subject) -> tuple[FieldEntry, ...]:
    return subject.open or ((subject.speaks,) if subject.speaks else ())


def _void_others(actor: Actor, subject: Subject, chosen: FieldEntry, reason: str) -> None:
    for other in (*subject.open, *subject.earlier):
        record = other.record
        if record is None or other.digest == chosen.digest:
            continue
        if record.task.state == "issued":
            raise Blocked(
                "proof_issued", "A proof was issued on record %(number)s. Replace that proof first.",
                number=record.number,
            )  # fmt: skip
        if record.state in STANDING:
            record_void(actor=actor, record=record, reason=reason)
