"""What a device brings back is entered: kept whole, merged with what is there, acknowledged after it is written."""

import base64
import binascii
import hashlib
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import BigIntegerField, Count, F, Func, Sum
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _

from hengliang.platform.core.acts import perform
from hengliang.platform.core.models import Act
from hengliang.platform.core.rights import Actor, permit
from hengliang.platform.core.services import attachment_add
from hengliang.platform.parties.models import Person
from hengliang.platform.parties.selectors import person_of
from hengliang.platform.verification.errors import PackageRefused
from hengliang.platform.verification.models import (
    FieldEntry,
    Round,
    RoundPackage,
    RoundSignature,
    RoundUpload,
)
from hengliang.platform.verification.rounds.package import deployment_name
from hengliang.platform.verification.rounds.refusals import NOT_KEPT, REFUSALS
from hengliang.platform.verification.rounds.wire import Results, WireFault, is_sealed, read_results, said
from hengliang.platform.verification.services.round_notes import write_notes
from hengliang.platform.verification.services.round_records import round_records
from hengliang.platform.verification.stated import misshapen

PNG = b"\x89PNG\r\n\x1a\n"
LAST_NUMBER = 2**31 - 1
EARLIEST, LATEST = 2000, 2199  # years that a clock may show
MOST_REFUSED, MOST_BYTES = 20, 200_000_000  # refused files that are kept of a person in a round
TAKEN_IN = frozenset({"out", "back"})


@dataclass
class Receipt:
    """What became of a file: how many entries are new, and why single ones were not taken.

    `replayed` says that the very file had come before; nothing was changed. `dropped`: refused and not kept either.
    """

    sha256: str
    entered: int = 0
    known: int = 0
    refused: dict[int, str] = field(default_factory=dict)
    replayed: bool = False
    dropped: bool = False


def round_synchronise(*, actor: Actor, shown: Round, content: bytes) -> Receipt:
    """The receipt of a file of results. The same file, or the same entries in another, change nothing.

    Errors: `PackageRefused` for a file that is damaged, foreign or stale; the file is kept all the same, as long as the
    refused ones of this person in this round are not too many.
    """
    permit(actor, "round_synchronise", organisations=[shown.body_id])
    person, sha256 = person_of(actor), hashlib.sha256(content).hexdigest()
    with transaction.atomic():
        Round.objects.select_for_update().get(pk=shown.pk)
        shown.refresh_from_db(fields=["state"])
        before = RoundUpload.objects.filter(round=shown, sha256=sha256).order_by("refusal").first()  # taken goes first
        fault, receipt = _taken(actor, shown, person, content, sha256, before)
    if fault is not None and receipt.dropped:
        raise PackageRefused(
            "too_many_refused", NOT_KEPT, field="file", most=MOST_REFUSED, why=_(REFUSALS[fault.code]) % fault.params
        )
    if fault is not None:
        raise PackageRefused(fault.code, REFUSALS[fault.code], field="file", **fault.params)
    round_records(actor=actor, shown=shown)
    return receipt


def _taken(
    actor: Actor, shown: Round, person: Person, content: bytes, sha256: str, before: RoundUpload | None
) -> tuple[WireFault | None, Receipt]:
    receipt = Receipt(sha256)
    try:
        results = read_results(content)
        package = _package_of(shown, person, results)
    except WireFault as fault:
        if before is None and _is_full(shown, person, len(content), stale=fault.code == "stale"):
            receipt.dropped = True
        elif before is None:
            with perform(actor, "round_synchronise", subject=shown, organisation_id=shown.body_id) as act:
                _keep(act, shown, person, content, sha256, refusal=fault.code, params=fault.params)
                act.content = {"file": sha256, "refused": fault.code}
        return fault, receipt
    if before is not None and not before.refusal:
        receipt.known, receipt.replayed = len(results.entries), True
        return None, receipt
    with perform(actor, "round_synchronise", subject=shown, organisation_id=shown.body_id) as act:
        # Refused of a colleague before, it is now its owner's: kept once more, as taken.
        upload = _keep(act, shown, person, content, sha256, package=package)
        _enter(act, upload, package, results, receipt)
        _sign(act, shown, results)
        write_notes(act, shown)
        act.content = {"file": sha256, "entered": receipt.entered, "known": receipt.known}
    return None, receipt


def _is_full(shown: Round, person: Person, size: int, *, stale: bool) -> bool:
    """Whether so much of a person was refused in a round that no more is kept. What came too late counts by itself: no
    number of foreign files pushes a day's work out.
    """
    rows = RoundUpload.objects.filter(round=shown, person=person).exclude(refusal="")
    rows = rows.filter(refusal="stale") if stale else rows.exclude(refusal="stale")
    length = Func(F("file"), function="octet_length", output_field=BigIntegerField())
    held = rows.aggregate(files=Count("pk"), size=Sum(length))
    return bool(held["files"] >= MOST_REFUSED or (held["size"] or 0) + size > MOST_BYTES)


def _keep(act: Act, shown: Round, person: Person, content: bytes, sha256: str, **more: Any) -> RoundUpload:
    return RoundUpload.objects.create(act=act, round=shown, person=person, sha256=sha256, file=content, **more)


def _package_of(shown: Round, person: Person, results: Results) -> RoundPackage:
    """The package that the results belong to.

    Raises WireFault, the reason that tells most first.
    """
    if results.deployment != deployment_name():
        raise WireFault("foreign_deployment", deployment=results.deployment[:100])
    if results.round != shown.pk:
        other = Round.objects.filter(pk=results.round, body=shown.body_id).values_list("number", flat=True).first()
        raise WireFault("other_round", number=other or f"#{results.round}")
    package = RoundPackage.objects.filter(round=shown, sha256=results.package).select_related("person", "act").first()
    if package is None:
        raise WireFault("unknown_package")
    if person.pk != package.person_id or results.person != package.person_id:
        raise WireFault("other_person", person=package.person.name)
    if results.device != package.device:
        raise WireFault("other_device")
    if not is_sealed(results, package.secret):
        raise WireFault("altered")
    if shown.state not in TAKEN_IN:
        raise WireFault("stale", number=shown.number)
    return package


def _enter(act: Act, upload: RoundUpload, package: RoundPackage, results: Results, receipt: Receipt) -> None:
    lines = set(package.round.lines.values_list("pk", flat=True))
    # What was typed before the round was taken out again still counts.
    out = RoundPackage.objects.filter(round=package.round, device=package.device, person=package.person_id)
    since = min(out.values_list("act__on", flat=True))
    known = dict(
        FieldEntry.objects.filter(round=package.round, device=results.device).values_list("sequence", "digest")
    )
    rows = []
    for entry in results.entries:
        sequence = entry["sequence"]
        if sequence in known:
            same = known[sequence] == said(entry)
            receipt.known += same
            if not same:
                receipt.refused[sequence] = "doubled"
            continue
        row = _row(entry, package, lines, (since, act.on))
        if isinstance(row, str):
            receipt.refused[sequence] = row
            continue
        row.act, row.upload = act, upload
        rows.append(row)
    FieldEntry.objects.bulk_create(rows, batch_size=500)
    receipt.entered = len(rows)


def _row(entry: dict[str, Any], package: RoundPackage, lines: set[int], days: tuple[date, date]) -> FieldEntry | str:
    """The entry as a row, or the code of why it can't be taken.

    days : the first and the last on which it can have been said
    """
    day, made_at = _day(entry["day"]), _moment(entry["made_at"])
    if entry["kind"] not in FieldEntry.Kind.values or day is None or made_at is None or not _whole(entry):
        return "entry_malformed"
    if day > days[1]:
        return "day_ahead"
    if day < days[0]:
        return "day_before"
    line: int | None = None
    if entry["kind"] == FieldEntry.Kind.UNKNOWN:
        if not entry["subject"].startswith("unknown:") or not isinstance(entry.get("unknown"), dict):
            return "entry_malformed"
    else:
        mark, _sign, key = entry["subject"].partition(":")
        line = int(key) if mark == "line" and key.isascii() and key.isdigit() and len(key) < 19 else None
        if line not in lines:
            return "not_of_this_round"
    return FieldEntry(
        round_id=package.round_id, package=package, device=package.device, sequence=entry["sequence"],
        person_id=package.person_id, subject=entry["subject"][:140], line_id=line, kind=entry["kind"],
        verified_on=day, made_at=made_at, content=entry, digest=said(entry), label=str(entry.get("label") or "")[:60],
    )  # fmt: skip


def _whole(entry: dict[str, Any]) -> bool:
    """Whether the free parts of an entry are of the kind that they should be."""
    kinds = {"data": dict, "unknown": dict, "standards": list, "label": str}
    plain = all(isinstance(entry[k], t) for k, t in kinds.items() if k in entry)
    return 0 < entry["sequence"] <= LAST_NUMBER and plain and not misshapen(entry.get("data", {}))


def _day(text: str) -> date | None:
    try:
        return parse_date(text)
    except ValueError:
        return None


def _moment(text: str) -> datetime | None:
    try:
        found = parse_datetime(text)
    except ValueError:
        return None
    return found if found and found.tzinfo and EARLIEST <= found.year <= LATEST else None


def _sign(act: Act, shown: Round, results: Results) -> None:
    """Keep the organiser's signature as a picture, once."""
    told = results.signature
    if told is None or not told["name"].strip():
        return
    try:
        picture = base64.b64decode(told["png"].partition(",")[2] or told["png"], validate=True)
    except (binascii.Error, ValueError):
        return
    at = _moment(told["at"])
    if at is None or not picture.startswith(PNG):
        return
    sha256 = hashlib.sha256(picture).hexdigest()
    if RoundSignature.objects.filter(round=shown, picture__sha256=sha256).exists():
        return
    file = ContentFile(picture, name=f"{shown.number}.png")
    kept = attachment_add(act=act, subject=shown, file=file)
    RoundSignature.objects.create(act=act, round=shown, name=told["name"].strip()[:100], signed_at=at, picture=kept)
