"""Acts: every change of the ledger is one act, with its log outbox entry in the same transaction.

    with perform(actor, "instrument_stop", subject=instrument, on=day, reason=reason) as act:
        revise(instrument.states, act=act, on=day, status=Status.STOPPED)
        act.content = {"instrument": instrument.code}

When the block ends, the content and the rows written are committed to (salted) and the outbox entry is written. A
deferred trigger in the database refuses an act without its entry, so that raw SQL can't leave one either.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from django.db import models, transaction

from hengliang.platform.core.errors import InputRefused
from hengliang.platform.core.log.entries import enter
from hengliang.platform.core.models import Act
from hengliang.platform.core.rights import Actor, right_of


def subject_ref(subject: models.Model | None) -> tuple[str, str]:
    """The stable name of an object in acts and in the log: `("registry.instrument", "42")`."""
    return (subject._meta.label_lower, str(subject.pk)) if subject is not None else ("", "")


@contextmanager
def perform(
    actor: Actor,
    kind: str,
    *,
    subject: models.Model | None = None,
    on: date | None = None,
    reason: str = "",
    organisation_id: int | None = None,
    region_id: int | None = None,
) -> Iterator[Act]:
    """Give the act row to hang ledger rows on; commit it with its log entry, or leave no trace.

    The caller has asked `permit` and the transition table before. `on` is the day of which the act speaks
    (default: today); the moment at which it became known is the actor's.
    """
    if right_of(kind).needs_reason and not reason.strip():
        raise InputRefused("reason_missing", "This act needs a reason; it will stand in the history.", field="reason")
    subject_type, subject_id = subject_ref(subject)
    with transaction.atomic():
        act = Act.objects.create(
            kind=kind,
            subject_type=subject_type,
            subject_id=subject_id,
            on=on or actor.today,
            at=actor.at,
            account_id=actor.account_id,
            account_name=actor.name,
            organisation_id=organisation_id,
            region_id=region_id,
            reason=reason.strip(),
        )
        act.written, act.made = set(), []
        yield act
        if subject is None and act.subject is not None:
            act.subject_type, act.subject_id = subject_ref(act.subject)
            Act.objects.filter(pk=act.pk).update(subject_type=act.subject_type, subject_id=act.subject_id)
        enter(act, subject)
        act.written = act.made = None
