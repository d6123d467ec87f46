"""Acts: every change of the ledger is one act, with its log outbox entry in the same transaction.

    with perform(actor, "instrument_stop", subject=instrument, on=day, reason=reason) as act:
        revise(instrument.states, act=act, on=day, status=Status.STOPPED)
        act.content = {"instrument": instrument.code}

Many acts of one kind are performed together by `perform_each`, in as many statements as one takes; each stays an act
of its own, with its own entry, salt and rows.

When the block ends, the content and the rows written are committed to (salted) and the outbox entry is written. A
deferred trigger in the database refuses an act without its entry, so that raw SQL can't leave one either.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from django.db import models, transaction

from hengliang.platform.core.errors import InputRefused
from hengliang.platform.core.log.entries import enter_each
from hengliang.platform.core.models import Act
from hengliang.platform.core.rights import Actor, right_of


def subject_ref(subject: models.Model | None) -> tuple[str, str]:
    """The stable name of an object in acts and in the log: `("registry.instrument", "42")`."""
    return (subject._meta.label_lower, str(subject.pk)) if subject is not None else ("", "")


@dataclass(frozen=True)
class Doing:
    """One of many acts of a kind: what it is about, of which day it speaks (default: today), why, and whose it is."""

    subject: models.Model | None = None
    on: date | None = None
    reason: str = ""
    organisation_id: int | None = None
    region_id: int | None = None


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
    doing = Doing(subject, on, reason, organisation_id, region_id)
    with perform_each(actor, kind, [doing]) as acts:
        yield acts[0]


@contextmanager
def perform_each(actor: Actor, kind: str, doings: Sequence[Doing]) -> Iterator[list[Act]]:
    """Give an act row for each doing, in their order; commit them all with their log entries, or leave no trace.

    What holds of `perform` holds of each. The number of statements does not grow with the number of acts, as long as
    the caller writes their rows by `bulk_create`.
    """
    if right_of(kind).needs_reason and not all(doing.reason.strip() for doing in doings):
        raise InputRefused("reason_missing", "This act needs a reason; it will stand in the history.", field="reason")
    with transaction.atomic():
        acts = Act.objects.bulk_create([_act(actor, kind, doing) for doing in doings])
        for act in acts:
            act.written, act.made = set(), []
        yield acts
        for act, doing in zip(acts, doings, strict=True):
            if doing.subject is None and act.subject is not None:
                act.subject_type, act.subject_id = subject_ref(act.subject)
                Act.objects.filter(pk=act.pk).update(subject_type=act.subject_type, subject_id=act.subject_id)
        enter_each([(act, doing.subject is not None) for act, doing in zip(acts, doings, strict=True)])
        for act in acts:
            act.written = act.made = None


def _act(actor: Actor, kind: str, doing: Doing) -> Act:
    subject_type, subject_id = subject_ref(doing.subject)
    return Act(
        kind=kind,
        subject_type=subject_type,
        subject_id=subject_id,
        on=doing.on or actor.today,
        at=actor.at,
        account_id=actor.account_id,
        account_name=actor.name,
        organisation_id=doing.organisation_id,
        region_id=doing.region_id,
        reason=doing.reason.strip(),
    )
