"""The slip of a round and its labels, as the printer gets them."""

from collections.abc import Mapping
from datetime import date
from importlib.resources import files
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from hengliang.platform.core.attachments import read
from hengliang.platform.core.listed import listed
from hengliang.platform.core.typst import code_to_scan, typeset
from hengliang.platform.verification.models import FieldEntry, Round, RoundInstrument
from hengliang.platform.verification.rounds.standing import Standing, Subject, standing_of
from hengliang.platform.verification.rounds.words import asked_by, state_words
from hengliang.platform.verification.rules import validity_of

_ROOM = files("hengliang.platform.verification") / "templates" / "verification"
SLIP, LABELS = _ROOM / "round_slip.typ", _ROOM / "round_labels.typ"


def slip(shown: Round) -> bytes:
    """The slip (A4): every instrument with what became of it, the counts, the signature."""
    return typeset(SLIP, slip_model(shown, standing_of(shown)))


def slip_model(shown: Round, standing: Standing) -> dict[str, Any]:
    """What stands on the slip, in the reader's language."""
    signature = shown.signatures.select_related("picture").order_by("-pk").first()
    picture = read(signature.picture) if signature else None
    verifiers = listed(one.name for one in (shown.first, shown.second) if one)
    return {
        "title": _("Slip of the round"),
        "number": shown.number,
        "body": shown.body.name,
        "facts": [
            [_("Place of the round"), shown.place],
            *([label, name or "—"] for label, name in asked_by(shown)),
            [_("Days"), " – ".join(dict.fromkeys([str(shown.starts_on), str(shown.ends_on)]))],
            [_("Verifiers of the round"), verifiers],
        ],
        "counts": [[state_words(state), count] for state, count in standing.counts.items() if count],
        "head": [
            _("No. in the list"),
            _("Stall"),
            _("Instrument"),
            _("Serial number"),
            _("Outcome"),
            _("Label"),
            _("Record"),
        ],
        "rows": [[str(at), *_row(one)] for at, one in enumerate(standing.subjects, start=1)],
        "pixels": list(picture or b""),
        "signed": [_("Signature of the organiser"), signature.name if signature else ""],
        "signed_at": f"{timezone.localtime(signature.signed_at):%Y-%m-%d %H:%M}" if signature else "",
        "page": _("Page {page} of {pages}"),
        "mark": _("For training only") if settings.TRAINING else "",
    }


def _row(subject: Subject) -> list[str]:
    entry = subject.speaks
    told: Mapping[str, Any] = (entry.content.get("unknown") or {}) if entry and subject.line is None else {}
    line = subject.line
    if line is None and entry is None:
        told = next((one.content.get("unknown") or {} for one in subject.open), {})
    return [
        _stall(line) if line else str(told.get("stall", "")),
        line.instrument.name if line else str(told.get("name", "")),
        line.instrument.serial_number if line else str(told.get("serial", "")),
        state_words(subject.state),
        subject.label,
        entry.record.number if entry and entry.record else "",
    ]


def _stall(line: RoundInstrument) -> str:
    """The stall, and whose it is where its name does not say so."""
    owner = line.task.owner.name if line.task else ""
    return line.stall if owner in line.stall else f"{owner} {line.stall}"


def labels(shown: Round) -> bytes:
    """A label (50 mm × 30 mm) for each instrument that has passed, in the order of the route."""
    return typeset(
        LABELS, {"labels": label_models(shown, standing_of(shown)), "none": _("No instrument has passed yet.")}
    )


def label_models(shown: Round, standing: Standing) -> list[dict[str, Any]]:
    """What stands on each label, in the reader's language."""
    found = []
    for one in standing.subjects:
        if one.state != "passed" or one.line is None or one.speaks is None:
            continue
        instrument = one.line.instrument
        link = f"{settings.PUBLIC_URL}{reverse('registry:instrument', args=[instrument.code])}"
        found.append({
            "body": shown.body.name, "name": instrument.name, "qr": code_to_scan(link), "lines": [
                f"{_('Label')} {one.speaks.label}" if one.speaks.label else "",
                instrument.printed_code,
                f"{_('Serial number')} {instrument.serial_number}",
                f"{_('Verified on')} {one.speaks.verified_on}",
                f"{_('Valid until')} {until}" if (until := _until(one.speaks)) else "",
                f"{_('Verifier')} {one.speaks.person.name}",
                _("For training only") if settings.TRAINING else "",
            ],
        })  # fmt: skip
    return found


def _until(entry: FieldEntry) -> date | None:
    """Until when the pass of an entry holds, by what its record found."""
    record = entry.record
    if record is None or entry.line is None:
        return None
    found = record.judgement.get("accuracy_class")
    told = (record.data.get("instrument") or {}) | ({"accuracy_class": found} if found else {})
    return validity_of(entry.line.instrument.item, entry.verified_on, told).until
