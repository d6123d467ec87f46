"""What the devices say becomes original records: by the verifier who measured, through the same act as anywhere."""

import logging
from collections.abc import Iterator

from django.db import OperationalError, transaction
from django.utils.translation import override

from hengliang.platform.core.errors import PlatformError, Refused
from hengliang.platform.core.rights import Actor, permit
from hengliang.platform.parties.selectors import person_of
from hengliang.platform.registry.models import InstrumentState
from hengliang.platform.standards.models import MeasurementStandard
from hengliang.platform.verification.models import (
    FieldEntry,
    Round,
    RoundInstrument,
    RoundSettlement,
    Task,
)
from hengliang.platform.verification.rounds.marks import mark_stock
from hengliang.platform.verification.rounds.standing import Subject, standing_of
from hengliang.platform.verification.services.record_submit import record_submit

CHANGED_USER = "user_changed"
logger = logging.getLogger(__name__)


def round_records(*, actor: Actor, shown: Round) -> int:
    """How many records were made of the actor's own entries that stand unopposed; what stands in the way is kept.

    Each record is an act of its own: one that is refused takes no other with it.
    """
    permit(actor, "record_submit", organisations=[shown.body_id])
    person, made = person_of(actor), 0
    for subject, entry in _waiting(shown):
        if entry.person_id != person.pk:
            continue
        made += _made_or_held(actor, shown, subject, entry)
    return made


def _made_or_held(actor: Actor, shown: Round, subject: Subject, entry: FieldEntry) -> bool:
    """Whether a record was made. Whatever else an entry may break stops that entry alone, and stands beside it.

    The file is acknowledged by then: were the failure let through, all that the device sends later would fail with it.
    """
    try:
        with transaction.atomic():
            _submit(actor, shown, subject, entry)
    except PlatformError as refused:
        _hold(entry, refused)
        return False
    except OperationalError:  # the database itself: nothing can be noted, and a later try will do
        raise
    except Exception:
        logger.exception("no record could be made of entry %s of round %s", entry.pk, shown.pk)
        _hold(entry, Refused("entry_failed", "No record could be made of this entry. Measure it again, or enter it at "
              "the desk; the operator finds the cause in the log."))  # fmt: skip
        return False
    return True


def _waiting(shown: Round) -> Iterator[tuple[Subject, FieldEntry]]:
    """The subjects whose entry measured something and has no record yet."""
    for subject in standing_of(shown).subjects:
        entry = subject.speaks
        if entry is not None and entry.record_id is None and entry.content.get("data"):
            if subject.line is None and entry.instrument_id is None:
                continue  # nobody has filed it yet
            yield subject, entry


def _submit(actor: Actor, shown: Round, subject: Subject, entry: FieldEntry) -> None:
    task = _task(shown, subject, entry)
    asked = [key for key in entry.content.get("standards") or () if isinstance(key, int)]
    standards = MeasurementStandard.objects.filter(organisation=shown.body, pk__in=asked)
    line = subject.line
    record = record_submit(
        actor=actor, task=task, data=entry.content["data"], verified_on=entry.verified_on, standards=list(standards),
        place=f"{shown.place} {line.stall if line else ''}".strip()[:300], user_settled=True,
    )  # fmt: skip
    entry.record, entry.held = record, {}
    entry.save(update_fields=["record", "held"])
    if entry.label and record.passed:
        _use_label(actor, entry, task)


def _task(shown: Round, subject: Subject, entry: FieldEntry) -> Task:
    """The task that waits for this record.

    Errors: `Refused` for what has changed since the package was taken out.
    """
    line = subject.line or RoundInstrument.objects.filter(round=shown, instrument=entry.instrument_id).first()
    task = (
        line and line.task_id and Task.objects.select_related("instrument__item__parent", "body").get(pk=line.task_id)
    )
    if not task:
        raise Refused("no_task", "The instrument has no task with this body; add it to the round.")
    if task.body_id != shown.body_id:
        raise Refused("task_moved", "The task went to another body meanwhile.")
    if task.state != "waiting":
        raise Refused(
            "task_not_waiting_now", "The task is “%(state)s” and waits for no record.", state=task.get_state_display()
        )
    now = InstrumentState.objects.current().select_related("owner").get(instrument=task.instrument_id)
    if now.owner_id != task.owner_id and not _decided(shown, entry):
        raise Refused(
            CHANGED_USER, "The instrument went to %(owner)s meanwhile; the manager decides whether the record holds.",
            owner=now.owner.name,
        )  # fmt: skip
    return task


def _decided(shown: Round, entry: FieldEntry) -> bool:
    return RoundSettlement.objects.filter(round=shown, chosen__digest=entry.digest, subject=entry.subject).exists()


def _use_label(actor: Actor, entry: FieldEntry, task: Task) -> None:
    try:
        mark_stock().use(actor, entry.label, task, entry.verified_on)
    except PlatformError as refused:
        _hold(entry, refused)


def _hold(entry: FieldEntry, refused: PlatformError) -> None:
    """Keep what stands in the way: code and English, so that it is read in any language."""
    with override("en"):
        english = str(refused)
    entry.held = {"code": refused.code, "template": refused.template, "words": english[:1000]}
    entry.held["params"] = {key: str(value)[:200] for key, value in refused.params.items()}
    entry.save(update_fields=["held"])
