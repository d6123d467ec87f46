"""What a certificate or notice says, as one JSON document: frozen at issue, the source of every rendering.

Content after 计量检定印、证管理办法, JJF 1002 and the notes on certificates: cover (number, body, applicant,
instrument, conclusion, three signatures, dates, authorisation) and inner page (record, rule, standards, results).
"""

from datetime import date
from hashlib import sha256
from typing import Any

from hengliang.dcc.content import content_of as said_by
from hengliang.dcc.read import read_certificate
from hengliang.platform.certificates.models import Certificate
from hengliang.platform.core.models import RegionVersion, day_before
from hengliang.platform.parties.models import Organisation, OrganisationVersion
from hengliang.platform.registry.models import Instrument
from hengliang.platform.standards.models import Authorisation, MeasurementStandard, StandardCertificate
from hengliang.platform.standards.selectors import ancestors
from hengliang.platform.verification.models import Arbitration, Conditions, Record
from hengliang.platform.verification.places import row_places
from hengliang.platform.verification.selectors import last_conditions
from hengliang.trust.canonical import write

VERSION = 1


def content_of(
    record: Record,
    *,
    kind: Certificate.Kind,
    number: str,
    code: str,
    issued_on: date,
    draft: bool,
    replaced: Certificate | None = None,
) -> dict[str, Any]:
    """The whole content, without validity for a notice of result.

    draft : by a rule that nobody approved
    replaced : the certificate in whose place it stands
    """
    task, on = record.task, record.verified_on
    return {
        "version": VERSION,
        "kind": kind.value,
        "job": record.job,
        "number": number,
        "code": code,
        "body": _organisation(task.placed_body, on) | {"authorisation": _authorisation(record)},
        "applicant": _organisation(task.owner, on),
        "instrument": _instrument(task.instrument),
        "conclusion": _conclusion(record),
        "signatures": _signatures(record),
        "verified_on": on.isoformat(),
        "issued_on": issued_on.isoformat(),
        **_work(record, on),
        "rule": _rule(record, draft=draft),
        **_figures(record),
        "dispute": _dispute(record),
        **({"replaces": _replaced(replaced)} if replaced else {}),
    }


def _signatures(record: Record) -> dict[str, str]:
    people = {"verified_by": record.verifier, "reviewed_by": record.reviewer, "approved_by": record.approver}
    return {role: person.name if person else "" for role, person in people.items()}


def _work(record: Record, on: date) -> dict[str, Any]:
    read = last_conditions(record)
    return {
        "record": record.number,
        "regime": record.regime,
        "place": (read.place if read else "") or record.place,
        "conditions": _conditions(read) if read else None,
        "standards": [_standard(standard, on) for standard in record.standards.order_by("pk")],
    }


def _conditions(read: Conditions) -> dict[str, str]:
    return {"temperature": str(read.temperature), "humidity": str(read.humidity), "other": read.other}


def _rule(record: Record, *, draft: bool) -> dict[str, Any]:
    return {
        "id": record.procedure,
        "edition": record.edition,
        "hash": record.rule_id,
        "document": record.judgement["document"],
        "draft": draft,
    }


def _figures(record: Record) -> dict[str, Any]:
    return {
        "measured": record.data,
        "results": record.judgement,
        "uncertainty": record.uncertainty,
        "places": _places(record),
        "budget": _budget(record),
        "titles": {item["id"]: item["title"] for item in record.rule.content.get("items", ())},
        "points": {
            item["id"]: {point["id"]: point["title"] for point in item["points"]}
            for item in record.rule.content.get("items", ())
            if item.get("points")
        },
    }


def _replaced(certificate: Certificate) -> dict[str, str]:
    # The digest is of what the log committed to, so whoever holds the old one can tell that it is this very one.
    said = said_by(read_certificate(certificate.xml.encode()))
    return {"number": certificate.number, "sha256": sha256(write(said)).hexdigest()}


def _organisation(organisation: Organisation, on: date) -> dict[str, Any]:
    version = OrganisationVersion.objects.on(on).filter(organisation=organisation).first()
    return {
        "id": organisation.pk,
        "name": version.name if version else organisation.name,
        "credit_code": organisation.credit_code or "",
        "address": version.address if version else "",
        "region": _region(organisation.region_id, on),
    }


def _region(region_id: int, on: date) -> str:
    version = RegionVersion.objects.on(on).filter(region_id=region_id).first()
    return version.name if version else ""


def _authorisation(record: Record) -> str:
    rows = Authorisation.objects.on(record.verified_on).filter(
        body=record.task.body, item__in=ancestors(record.task.instrument.item)
    )
    return rows.order_by("pk").values_list("number", flat=True).first() or ""


def _instrument(instrument: Instrument) -> dict[str, Any]:
    return {
        "code": instrument.code,
        "item": instrument.item.code,
        "name": instrument.name,
        "model": instrument.model,
        "serial_number": instrument.serial_number,
        "manufacturer": instrument.manufacturer,
        "measuring_range": instrument.measuring_range,
        "accuracy_class": instrument.accuracy_class,
    }


def _conclusion(record: Record) -> dict[str, Any]:
    judgement = record.judgement
    return {
        "passed": record.passed,
        "accuracy_class": judgement.get("accuracy_class"),
        "failed_items": [item["item"] for item in judgement["items"] if item["verdict"] == "fail"],
        "parts": judgement.get("parts") or {},
    }


def _places(record: Record) -> dict[str, list[dict[str, str]]]:
    """Where the rows of each item were measured, where the rule names no points."""
    measured = record.data.get("items") or {}
    items = [item for item in record.rule.content.get("items", ()) if item["id"] in measured]
    return {item["id"]: row_places(item, measured[item["id"]]) for item in items}


def _budget(record: Record) -> str:
    """What the budget states by which the record gives its uncertainty."""
    version = record.budget
    return f"{version.budget.name} v{version.number}: {version.content['computed']['stated']}" if version else ""


def _dispute(record: Record) -> dict[str, Any] | None:
    """The arbitration that the record is for: its number, and whether the parties were there."""
    found = Arbitration.objects.filter(task=record.task).first()
    if found is None:
        return None
    parties = found.parties.order_by("side")
    return {
        "number": found.number,
        "parties": [{"side": party.side, "name": party.name, "present": party.present} for party in parties],
    }


def _standard(standard: MeasurementStandard, on: date) -> dict[str, Any]:
    papers = StandardCertificate.objects.on(on).filter(standard=standard).order_by("kind", "pk")
    return {
        "id": standard.pk,
        "name": standard.name,
        "code": standard.code,
        "measuring_range": standard.measuring_range,
        "uncertainty": standard.uncertainty,
        "certificates": [
            {"kind": p.kind, "number": p.number, "valid_until": p.valid_to and day_before(p.valid_to).isoformat()}
            for p in papers
        ],
    }
