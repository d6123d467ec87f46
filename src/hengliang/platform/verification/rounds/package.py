"""The package of a round: what one verifier takes out on one device, made, signed, and known again."""

import secrets
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import segno
from django.conf import settings
from django.core import signing
from django.urls import reverse

from hengliang.norms.errors import NormError
from hengliang.platform.core.errors import PlatformError
from hengliang.platform.core.log.keys import keys
from hengliang.platform.core.rights import Actor
from hengliang.platform.parties.models import Person
from hengliang.platform.registry.models import CatalogueItem, Instrument, InstrumentState
from hengliang.platform.standards.selectors import standards_for
from hengliang.platform.verification.models import Round, RoundInstrument, VerificationRegime
from hengliang.platform.verification.rounds.marks import mark_stock
from hengliang.platform.verification.rounds.outline import outline_of
from hengliang.platform.verification.rounds.route import walked
from hengliang.platform.verification.rounds.wire import PACKAGE, digest
from hengliang.platform.verification.rules import rule_for, validity_of
from hengliang.trust import canonical

_SALT = "hengliang.round.package"
FORETOLD = 14  # days of a round for which a device knows until when a pass holds


@dataclass(frozen=True)
class Packed:
    """A package with its canonical bytes, its digest, its signature and the secret that it holds."""

    content: str
    sha256: str
    secret: str
    signature: str


def deployment_name() -> str:
    """What this deployment is called in the files of a round: the name of its log, or its address."""
    held = keys()
    return held.log.verifier.name if held else settings.PUBLIC_URL


def pack(actor: Actor, shown: Round, person: Person, device: str) -> Packed:
    """The package of a round as of now, for one person and device."""
    lines = walked(shown.lines.select_related("instrument__item__parent", "task__owner", "task__body", "stop"))
    secret = secrets.token_hex(32)
    rules, instruments = _rules_and_lines(actor, shown, lines)
    items = _items(actor, shown, lines, rules)
    value = {
        "format": PACKAGE,
        "deployment": deployment_name(),
        "round": _round(shown),
        "device": device,
        "person": {"id": person.pk, "name": person.name},
        "taken_at": actor.at.isoformat(),
        "secret": secret,
        "rules": rules,
        "instruments": instruments,
        "standards": _standards(shown, lines),
        "labels": list(mark_stock().in_hand(person, actor.today)),
        "items": items,
    }
    content = canonical.write(value).decode()
    sha256 = digest(value)
    return Packed(content, sha256, secret, sign(sha256))


def sign(sha256: str) -> str:
    """The signature over a package: by the log's key as a signed note, or by the deployment's secret without one."""
    held = keys()
    if held is None:
        return signing.Signer(salt=_SALT).signature(sha256)
    return held.log.sign_note(note_text(sha256)).line().strip()


def note_text(sha256: str) -> str:
    """What the note of a package says; its first line keeps it apart from the checkpoints of the log."""
    return f"{PACKAGE}\n{sha256}\n"


def _round(shown: Round) -> dict[str, Any]:
    return {
        "id": shown.pk,
        "number": shown.number,
        "kind": shown.kind,
        "place": shown.place,
        "organiser": shown.organiser.name if shown.organiser else "",
        "body": shown.body.name,
        "starts_on": shown.starts_on.isoformat(),
        "ends_on": shown.ends_on.isoformat(),
        "stops": list(shown.stops.order_by("rank").values_list("name", flat=True)),
        "verifiers": [one.name for one in (shown.first, shown.second) if one],
        "training": settings.TRAINING,
    }


def _rules_and_lines(
    actor: Actor, shown: Round, lines: Sequence[RoundInstrument]
) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """The rules of the day that the instruments need, and the instruments, each with the key of its rule."""
    entries = {
        row.instrument_id: row
        for row in InstrumentState.objects.current().filter(instrument__in=[line.instrument_id for line in lines])
    }
    day = max(actor.today, shown.starts_on)
    parts: dict[int | None, list[str]] = defaultdict(list)
    wholes = [line.instrument_id for line in lines]
    for whole, label in (
        Instrument.objects.filter(part_of__in=wholes).order_by("part_label").values_list("part_of", "part_label")
    ):
        parts[whole].append(label)
    rules: dict[str, Any] = {}
    known: dict[tuple[int, str], str] = {}
    found = []
    for line in lines:
        regime = line.task.regime if line.task else "subsequent"
        asked = (line.instrument.item_id, regime)
        if asked not in known:
            known[asked] = _rule(line.instrument.item, regime, day, rules)
        marks = parts.get(line.instrument_id, [])
        found.append(
            _line(line, entries.get(line.instrument_id), known[asked], regime, marks)
            | {"until": _until(line.instrument, day, shown.ends_on)}
        )
    return rules, found


def _items(actor: Actor, shown: Round, lines: Sequence[RoundInstrument], rules: dict[str, Any]) -> list[dict[str, Any]]:
    """The kinds of instruments of the round, each with the rule of an initial verification for unknown ones."""
    day = max(actor.today, shown.starts_on)
    kinds = {line.instrument.item_id: line.instrument.item for line in lines}
    return [
        {"code": item.code, "name": item.name, "rule": _rule(item, VerificationRegime.INITIAL.value, day, rules)}
        for item in kinds.values()
    ]


def _rule(item: CatalogueItem, regime: str, day: Any, rules: dict[str, Any]) -> str:
    """The key of the rule for an instrument; empty where none is in force, so that it is measured later at the desk."""
    try:
        rule = rule_for(item, day)
        key = f"{rule.procedure_id} {rule.edition} {regime}"
        if key not in rules:
            rules[key] = outline_of(rule.procedure, regime) | {"content_hash": rule.content_hash}
    except (PlatformError, NormError):
        return ""
    return key


def _line(
    line: RoundInstrument, entry: InstrumentState | None, rule: str, regime: str, parts: list[str]
) -> dict[str, Any]:
    one = line.instrument
    particulars = {key: str(value) for key, value in (one.details or {}).items()}
    if one.accuracy_class:
        particulars["accuracy_class"] = one.accuracy_class
    return {
        "line": line.pk,
        "subject": f"line:{line.pk}",
        "item": one.item.code,
        "code": one.code,
        "printed": one.printed_code,
        "name": one.name,
        "model": one.model,
        "maker": one.manufacturer,
        "serial": one.serial_number,
        "stop": line.stop.name,
        "stall": line.stall,
        "owner": line.task.owner.name if line.task else "",
        "task": line.task_id,
        "regime": regime,
        "rule": rule,
        "particulars": particulars,
        "scan": _squares(f"{settings.PUBLIC_URL}{reverse('registry:instrument', args=[one.code])}"),
        "parts": parts,
        "due_on": entry.due_on.isoformat() if entry and entry.due_on else None,
        "last_result": entry.last_result if entry else "",
    }


def _until(one: Instrument, first: date, last: date) -> dict[str, str]:
    """Until when a pass holds, by the day of the round; a day for which that can't be told is left out."""
    told = {key: str(value) for key, value in (one.details or {}).items()} | {"accuracy_class": one.accuracy_class}
    days = [first + timedelta(days=at) for at in range(min((last - first).days + 1, FORETOLD))]
    try:
        found = {day: validity_of(one.item, day, told).until for day in days}
    except PlatformError:
        return {}
    return {day.isoformat(): until.isoformat() for day, until in found.items() if until}


def _squares(text: str) -> dict[str, Any]:
    """The code to scan as rows of hexadecimal digits: a device without a network can't draw one from the text."""
    matrix = segno.make(text, error="m", micro=False).matrix
    return {"size": len(matrix), "rows": [f"{int(''.join(map(str, row)), 2):x}" for row in matrix]}


def _standards(shown: Round, lines: Sequence[RoundInstrument]) -> list[dict[str, Any]]:
    """The body's measurement standards for these kinds of instruments."""
    items = {line.instrument.item_id: line.instrument.item for line in lines}
    found: dict[int, dict[str, Any]] = {}
    for item in items.values():
        for standard in standards_for(shown.body, item):
            one = found.setdefault(standard.pk, {"id": standard.pk, "name": standard.name, "items": []})
            one["items"].append(item.code)
    return list(found.values())
