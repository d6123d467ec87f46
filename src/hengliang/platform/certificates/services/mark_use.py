"""A number is used: put on an instrument, with the record that it rests on. What it takes the place of says so."""

from datetime import date
from typing import Any

from django.core.files.base import File

from hengliang.platform.certificates.marks.kinds import CANCELLATION, PROOF, MarkKind, mark_kind, mark_kinds
from hengliang.platform.certificates.marks.numbers import Numbered, taken_apart
from hengliang.platform.certificates.models import Certificate, Mark, MarkHolding, MarkSeries
from hengliang.platform.certificates.services.mark_end import end_marks
from hengliang.platform.certificates.services.photograph_add import photograph_keep
from hengliang.platform.certificates.services.stock_moves import leave, locked_series, require_day
from hengliang.platform.certificates.states import CARRIED, IN_FORCE
from hengliang.platform.core.acts import perform
from hengliang.platform.core.errors import Blocked, InputRefused
from hengliang.platform.core.rights import Actor, permit
from hengliang.platform.parties.models import Organisation, Person
from hengliang.platform.parties.selectors import person_of
from hengliang.platform.registry.models import Instrument, InstrumentState
from hengliang.platform.verification.models import Record, Task

NO_MORE = frozenset({"void", "sent_back"})


def mark_use(
    *, actor: Actor, number: str, kind: str, body: Organisation, instrument: Instrument, on: date,
    record: Record | None = None, photograph: "File[bytes] | None" = None, place: str = "",
    person: Person | None = None, certificate: Certificate | None = None,
) -> Mark:  # fmt: skip
    """Put a number on an instrument, out of the hands of `person` (default: who verified, else who acts).

    A newer label supersedes the one before, a cancellation mark strikes what proved a pass. A cancellation mark without
    a record goes with the notice in force.
    Errors: `Refused` for a number gone before, `InputRefused` for one that is not in these hands or does not go with
    the result, `Blocked` for an instrument that the body has nothing to do with.
    """
    permit(actor, "mark_use", organisations=[body.pk])
    require_day(actor, on)
    known, found = mark_kind(kind, on), taken_apart(number)
    if known.place_needed and not place.strip():
        raise InputRefused(
            "mark_place_missing", "Say where it is: a %(kind)s stands at a place.", field="place", kind=known.title
        )
    whole = instrument.part_of or instrument
    _require_work(body, whole, on)
    if known.role == CANCELLATION and record is None:
        record = _notice(body, whole).record
    if record is not None:
        _require_fit(record, known, body, instrument)
        certificate = certificate or Certificate.objects.filter(record=record, state=IN_FORCE).first()
    holder = person or (record.verifier if record is not None else person_of(actor))
    region = InstrumentState.objects.on(on).filter(instrument=whole).values_list("region_id", flat=True).first()
    with perform(actor, "mark_use", on=on, organisation_id=body.pk, region_id=region or body.region_id) as act:
        series = locked_series(body, kind, found)
        _require_held(actor, series, found, holder, on)
        act.subject = made = leave(
            act, series, (found.serial, found.serial), person=holder, instrument=instrument, record=record,
            certificate=certificate, place=place.strip(), region_id=region or body.region_id,
        )  # fmt: skip
        if photograph is not None:
            photograph_keep(act, made, photograph)
        act.content = {"kind": kind, "number": made.number, "instrument": instrument.code, "place": made.place}
        _take_place(actor, made, known)
    return made


def _require_work(body: Organisation, whole: Instrument, on: date) -> None:
    tasks = Task.objects.filter(body=body, instrument=whole)
    served = InstrumentState.objects.on(on).filter(instrument=whole, body=body)
    if not tasks.exists() and not served.exists():
        raise Blocked(
            "mark_foreign_instrument", "%(body)s has no task on this instrument, and is not its body.", body=body.name
        )


def _notice(body: Organisation, whole: Instrument) -> Certificate:
    notices = Certificate.objects.filter(
        instrument=whole, body=body, kind=Certificate.Kind.NOTICE, state=IN_FORCE
    ).select_related("record__task", "record__verifier")
    if (found := notices.order_by("-verified_on", "-pk").first()) is None:
        raise Blocked("mark_needs_notice", "A cancellation mark goes with a notice of result; there is none in force.")
    return found


def passed_of(record: Record, instrument: Instrument) -> bool | None:
    """What a record says of an instrument; of a part that it judged singly, what it says of that."""
    verdicts = record.judgement.get("parts") or {}
    if instrument.part_of_id is not None and instrument.part_label in verdicts:
        return bool(verdicts[instrument.part_label] == "pass")
    return record.passed


def _require_fit(record: Record, kind: MarkKind, body: Organisation, instrument: Instrument) -> None:
    task = record.task
    if task.body_id != body.pk or task.instrument_id not in {instrument.pk, instrument.part_of_id}:
        raise InputRefused("mark_record_foreign", "The record is of another instrument or body.", field="record")
    if record.state in NO_MORE:
        raise Blocked("mark_record_void", "The record does not stand any more.")
    if not kind.fits(record.job, passed_of(record, instrument)):
        raise InputRefused(
            "mark_does_not_fit", "“%(kind)s” does not go with this kind of job and its result.",
            field="kind", kind=kind.title,
        )  # fmt: skip


def _require_held(actor: Actor, series: MarkSeries, number: Numbered, holder: Person, on: date) -> None:
    """In these hands on that day, and still: what was taken back as unused was not used."""
    if gone := Mark.objects.filter(series=series, first__lte=number.serial, last__gte=number.serial).first():
        raise InputRefused(
            "mark_used_before", "Number %(number)s has left the stock already (%(state)s). A number is used once.",
            field="number", number=series.printed(number.serial), state=gone.get_state_display(),
        )  # fmt: skip
    for day in {on, actor.today}:
        rows = MarkHolding.objects.on(day).filter(series=series, person=holder)
        if not rows.filter(first__lte=number.serial, last__gte=number.serial).exists():
            raise _elsewhere(series, number, holder, day)


def _elsewhere(series: MarkSeries, number: Numbered, holder: Person, day: date) -> InputRefused:
    rows = MarkHolding.objects.on(day).filter(series=series, first__lte=number.serial, last__gte=number.serial)
    whose = rows.select_related("person").first()
    told: dict[str, Any] = {"number": series.printed(number.serial), "person": holder.name, "day": day}
    if whose is not None:
        return InputRefused(
            "mark_in_other_hands", "On %(day)s number %(number)s was with %(other)s, not with %(person)s.",
            field="number", other=whose.person.name, **told,
        )  # fmt: skip
    return InputRefused(
        "mark_not_in_hand", "On %(day)s number %(number)s was not in the hands of %(person)s. Hand it out first.",
        field="number", **told,
    )  # fmt: skip


def _take_place(actor: Actor, made: Mark, kind: MarkKind) -> None:
    """What the new mark takes the place of, and what it strikes."""
    others = Mark.objects.filter(instrument=made.instrument_id, state__in=(*CARRIED, "struck")).exclude(pk=made.pk)
    kinds = mark_kinds(made.on)
    proofs = [one.code for one in kinds.values() if one.role == PROOF]
    if kind.role == CANCELLATION:
        end_marks(actor, "mark_strike", others.filter(kind__in=proofs, state__in=CARRIED), made.number, on=made.on)
    same = others.filter(kind=kind.code)
    end_marks(
        actor, "mark_supersede", same.filter(place=made.place) if kind.one_per == "place" else same, made.number,
        on=made.on,
    )  # fmt: skip
    if kind.role == PROOF:
        struck = [one.code for one in kinds.values() if one.role == CANCELLATION]
        end_marks(actor, "mark_supersede", others.filter(kind__in=struck), made.number, on=made.on)
