"""The proof of an approved record: a certificate if it passed, else a notice of result."""

from datetime import date
from hashlib import sha256
from typing import Any

from django.conf import settings

from hengliang.dcc.content import content_of as said_by
from hengliang.dcc.read import read_certificate
from hengliang.dcc.write import write_certificate
from hengliang.platform.certificates.codes import new_code
from hengliang.platform.certificates.content import content_of
from hengliang.platform.certificates.digital import certificate_of
from hengliang.platform.certificates.models import Certificate
from hengliang.platform.certificates.states import CERTIFICATE
from hengliang.platform.certificates.tell import tell_owner
from hengliang.platform.core.acts import perform
from hengliang.platform.core.models import Act
from hengliang.platform.core.rights import Actor, permit
from hengliang.platform.core.transitions import enter, move
from hengliang.platform.registry.models import Instrument
from hengliang.platform.registry.services import verification_result_enter
from hengliang.platform.standards.selectors import require_in_order
from hengliang.platform.verification.models import Record
from hengliang.platform.verification.numbers import next_number
from hengliang.platform.verification.rules import require_may_issue, unapproved, validity_of
from hengliang.platform.verification.states import TASK
from hengliang.trust.canonical import write


def certificate_issue(*, actor: Actor, record: Record) -> Certificate:
    """The proof of an approved record: a certificate if it passed, else a notice of result.

    The conditions are asked once more as of the day of verification; the ledger takes over the result.
    Errors: `Blocked` by a draft rule outside training, `NotInOrder`, `TransitionRefused`.
    """
    task = record.task
    permit(actor, "certificate_issue", organisations=[task.body_id])
    require_may_issue(record)
    require_in_order(
        body=task.body,
        person=record.verifier,
        item=task.instrument.item,
        standards=list(record.standards.all()),
        on=record.verified_on,
    )
    with perform(actor, "certificate_issue", organisation_id=task.body_id, region_id=task.region_id) as act:
        move(TASK, task, act)
        act.subject = certificate = _write(actor, act, record)
        _enter_results(actor, act, certificate)
        tell_owner(actor, act, certificate, "certificate.issued")
        act.content = said_by(read_certificate(certificate.xml.encode()))
    return certificate


def _write(actor: Actor, act: Act, record: Record) -> Certificate:
    task = record.task
    kind = Certificate.Kind.CERTIFICATE if record.passed else Certificate.Kind.NOTICE
    validity = validity_of(task.instrument.item, record.verified_on, attributes_of(task.instrument, record))
    number, code = next_number(task.body, kind, actor.today), new_code()
    draft, replaced = bool(unapproved(record)), replaced_by(record)
    content = content_of(
        record, kind=kind, number=number, code=code, issued_on=actor.today, draft=draft, replaced=replaced
    )
    if record.passed:
        content["valid_until"] = validity.until and validity.until.isoformat()
        content["validity_reason"] = validity.reason
    certificate = Certificate.objects.create(
        act=act,
        code=code,
        record=record,
        instrument=task.instrument,
        body=task.body,
        owner=task.owner,
        region_id=task.region_id,
        kind=kind,
        number=number,
        verified_on=record.verified_on,
        issued_on=actor.today,
        valid_until=validity.until if record.passed else None,
        replaces=replaced,
        content=content,
        content_sha256=sha256(write(content)).hexdigest(),
        xml=write_certificate(certificate_of(content)).decode(),
        training=settings.TRAINING,
        state=CERTIFICATE.states[0].code,
    )
    enter(CERTIFICATE, certificate, act)
    return certificate


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
            actor=actor, act=act, instrument=certificate.instrument, passed=record.passed, **facts
        )


def _due_of_part(certificate: Certificate, *, passed: bool) -> date | None:
    record = certificate.record
    if not passed:
        return None
    item = certificate.instrument.item
    return validity_of(item, record.verified_on, attributes_of(certificate.instrument, record)).until
