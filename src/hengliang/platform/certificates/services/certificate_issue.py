"""The proof of an approved record: which document it is, until when it holds, what the ledger takes over."""

from collections.abc import Iterable
from datetime import date
from hashlib import sha256
from typing import Any, NamedTuple

from django.conf import settings

from hengliang.dcc.content import content_of as said_by
from hengliang.dcc.read import read_certificate
from hengliang.dcc.write import write_certificate
from hengliang.norms.periods import valid_until
from hengliang.platform.certificates.codes import new_code
from hengliang.platform.certificates.content import content_of
from hengliang.platform.certificates.digital import certificate_of
from hengliang.platform.certificates.models import AttachedBudget, Certificate
from hengliang.platform.certificates.services.certificate_cancel import cancel_former
from hengliang.platform.certificates.services.mark_end import attach_marks, cancel_marks
from hengliang.platform.certificates.services.mark_use import mark_use
from hengliang.platform.certificates.states import CERTIFICATE
from hengliang.platform.certificates.tell import tell_owner
from hengliang.platform.core.acts import perform
from hengliang.platform.core.errors import InputRefused, Refused, TransitionRefused
from hengliang.platform.core.models import Act
from hengliang.platform.core.rights import Actor, permit
from hengliang.platform.core.transitions import enter, move
from hengliang.platform.registry.models import Instrument, InstrumentState
from hengliang.platform.registry.services import verification_result_enter
from hengliang.platform.standards.selectors import require_in_order
from hengliang.platform.verification.jobs import JobKind, job_kind, needs_of, stood_in
from hengliang.platform.verification.models import Record
from hengliang.platform.verification.numbers import next_number
from hengliang.platform.verification.rounds.contested import require_uncontested
from hengliang.platform.verification.rules import Validity, require_may_issue, unapproved, validity_of
from hengliang.platform.verification.services import arbitration_decide
from hengliang.platform.verification.states import RECORD, TASK
from hengliang.trust.canonical import write


class MarkNamed(NamedTuple):
    """A mark that goes with a proof: its kind, its number, and where it stands."""

    kind: str
    number: str
    place: str = ""


def certificate_issue(
    *, actor: Actor, record: Record, marks: Iterable[MarkNamed] = (), reason: str = ""
) -> Certificate:
    """The proof of an approved record, as its kind of job has it: certificate, notice, calibration certificate, report.

    The conditions are asked once more as of the day of verification; the ledger takes over the result where the kind
    of job says so. `marks` are put on with it, today, out of the verifier's hands. `reason` says why a proof is issued
    that has expired by then.
    Errors: `InputRefused` for such a one without a reason; `Blocked` by a draft rule outside training or by devices
    that differ, `NotInOrder`, `TransitionRefused`, and those of `mark_use`.
    """
    task = record.task
    permit(actor, "certificate_issue", organisations=[task.body_id])
    kind = job_kind(record.job, record.verified_on)
    if not kind.documents:
        raise Refused("no_document", "“%(job)s” issues no document; the authority concludes it.", job=kind.title)
    require_may_issue(record)
    require_uncontested(record)
    stood = stood_in(task, record.verified_on)
    require_in_order(
        body=task.placed_body,
        person=record.verifier,
        item=task.instrument.item,
        standards=list(record.standards.all()),
        on=record.verified_on,
        needs=needs_of(task, record.verified_on, stood),
    )
    _require_reason_for_expired(record, actor.today, reason)
    with perform(
        actor, "certificate_issue", organisation_id=task.body_id, region_id=stood, reason=reason.strip()
    ) as act:
        _hold(record)
        move(TASK, task, act)
        act.subject = certificate = _write(actor, act, record, kind, stood)
        if kind.enters_ledger:
            _enter_results(actor, act, certificate)
            if certificate.kind == Certificate.Kind.NOTICE:
                cancel_former(actor, certificate)
                cancel_marks(actor, certificate)
        _attach(act, certificate, record)
        attach_marks(certificate)
        for named in marks:
            mark_use(
                actor=actor, number=named.number, kind=named.kind, body=task.placed_body, record=record,
                instrument=task.instrument, on=actor.today, place=named.place, certificate=certificate,
            )  # fmt: skip
        arbitration_decide(act=act, task=task)
        tell_owner(actor, act, certificate, "certificate.issued")
        act.content = said_by(read_certificate(certificate.xml.encode()))
    return certificate


def _hold(record: Record) -> None:
    """The record that answers for the task, held until the end: one that was taken back since proves nothing, even
    where a later one of the same task is approved."""
    state = Record.objects.select_for_update().values_list("state", flat=True).get(pk=record.pk)
    if state != "approved":
        raise TransitionRefused(
            "record_not_approved", "Record %(number)s is “%(state)s”: a proof is issued of the approved record.",
            number=record.number, state=RECORD.state(state).label,
        )  # fmt: skip


def expired_at(record: Record, on: date) -> date | None:
    """The last day of the proof of a record, if it would have expired by the day of issue; else None."""
    kind = job_kind(record.job, record.verified_on)
    until = _validity(record, kind).until if kind.documents and record.passed is not False else None
    return until if until is not None and until < on else None


def _require_reason_for_expired(record: Record, on: date, reason: str) -> None:
    until = expired_at(record, on)
    if until is not None and not reason.strip():
        raise InputRefused(
            "expired_at_issue",
            "The proof would have expired on %(until)s, before it is issued. State why it is issued all the same.",
            field="reason", until=until,
        )  # fmt: skip


def _write(actor: Actor, act: Act, record: Record, job: JobKind, stood: int) -> Certificate:
    task = record.task
    kind = Certificate.Kind(job.document(record.passed))
    validity = _validity(record, job)
    number, code = next_number(task.placed_body, kind, actor.today), new_code()
    draft, replaced = bool(unapproved(record)), replaced_by(record)
    content = content_of(
        record, kind=kind, number=number, code=code, issued_on=actor.today, draft=draft, replaced=replaced
    )
    if record.passed is not False:
        content["valid_until"] = validity.until and validity.until.isoformat()
        content["validity_reason"] = validity.reason
    certificate = Certificate.objects.create(
        act=act,
        code=code,
        record=record,
        instrument=task.instrument,
        body=task.placed_body,
        owner_id=holder_of(record),
        region_id=stood,
        kind=kind,
        job=job.code,
        number=number,
        verified_on=record.verified_on,
        issued_on=actor.today,
        valid_until=validity.until if record.passed is not False else None,
        replaces=replaced,
        content=content,
        content_sha256=sha256(write(content)).hexdigest(),
        xml=write_certificate(certificate_of(content)).decode(),
        training=settings.TRAINING,
        state=CERTIFICATE.states[0].code,
    )
    enter(CERTIFICATE, certificate, act)
    return certificate


def _validity(record: Record, job: JobKind) -> Validity:
    """How long a proof holds: by the period of its item, as agreed with the customer, or without a date."""
    instrument = record.task.instrument
    if job.validity == "period":
        return validity_of(instrument.item, record.verified_on, attributes_of(instrument, record))
    application = record.task.application
    if job.validity == "agreed" and application is not None and application.agreed_months:
        until = valid_until(record.verified_on, application.agreed_months)
        return Validity(until, "按与客户的约定")
    return Validity(None, "")


def holder_of(record: Record) -> int:
    """Who had the instrument on the day of verification: it may have changed hands since the application."""
    rows = InstrumentState.objects.on(record.verified_on).filter(instrument=record.task.instrument)
    return rows.values_list("owner_id", flat=True).first() or record.task.owner_id


def _attach(act: Act, certificate: Certificate, record: Record) -> None:
    """The budget by which the record states its uncertainty goes with the certificate, frozen."""
    version = record.budget
    if version is not None:
        AttachedBudget.objects.create(
            act=act, certificate=certificate, version=version, name=version.budget.name, number=version.number,
            content=version.content, sha256=version.sha256, attached_on=act.on,
        )  # fmt: skip


def replaced_by(record: Record) -> Certificate | None:
    """The certificate that a new record of the same task replaces."""
    return (
        Certificate.objects.filter(record__task=record.task, state="replaced", replaced_by=None).order_by("-pk").first()
    )


def attributes_of(instrument: Instrument, record: Record) -> dict[str, str]:
    """What a period may depend on: the class found, else the class marked, and the particulars of the record."""
    given = {key: str(value) for key, value in (record.data.get("instrument") or {}).items()}
    found = record.judgement.get("accuracy_class") or instrument.accuracy_class
    return given | ({"accuracy_class": str(found)} if found else {})


def _enter_results(actor: Actor, act: Act, certificate: Certificate) -> None:
    content, record = certificate.content, certificate.record
    facts: dict[str, Any] = {
        "verified_on": record.verified_on,
        "due_on": certificate.valid_until,
        "reason": content.get("validity_reason", ""),
    }
    parts = {part.part_label: part for part in certificate.instrument.parts.all()}
    verdicts = content["conclusion"]["parts"]
    for label, verdict in verdicts.items():
        if label in parts:
            passed = verdict == "pass"
            due = certificate.valid_until or _due_of_part(certificate, passed=passed)
            verification_result_enter(
                actor=actor, act=act, instrument=parts[label], passed=passed, **(facts | {"due_on": due})
            )
    if not parts or not verdicts:
        verification_result_enter(
            actor=actor, act=act, instrument=certificate.instrument, passed=bool(record.passed), **facts
        )


def _due_of_part(certificate: Certificate, *, passed: bool) -> date | None:
    record = certificate.record
    if not passed:
        return None
    item = certificate.instrument.item
    return validity_of(item, record.verified_on, attributes_of(certificate.instrument, record)).until
