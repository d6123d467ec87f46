"""Which acts are events, whom they concern, and what is told of them: ids and public facts, no person."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from hengliang.platform.certificates.models import Certificate
from hengliang.platform.core.models import Act
from hengliang.platform.core.pages.words import Words
from hengliang.platform.core.rights import Actor
from hengliang.platform.registry.models import InstrumentImport, InstrumentState
from hengliang.platform.verification.models import Application, Task

Facts = dict[str, Any]
Teller = Callable[[Act, Actor], list[Facts]]


@dataclass(frozen=True)
class Event:
    """A kind of event: what it is called, and what it tells to somebody who may see that much."""

    code: str
    says: Words
    tell: Teller


def _certificate(act: Act, actor: Actor) -> list[Facts]:
    rows = Certificate.objects.visible_to(actor).filter(pk=act.subject_id)
    return [
        {
            "certificate": one.code, "number": one.number, "kind": one.kind, "state": one.state,
            "instrument": one.instrument.code, "verified_on": one.verified_on.isoformat(),
            "valid_until": one.valid_until and one.valid_until.isoformat(), "training": one.training,
            "url": f"{settings.PUBLIC_URL}/c/{one.code}",
        }
        for one in rows.select_related("instrument")
    ]  # fmt: skip


def _instrument(act: Act, actor: Actor) -> list[Facts]:
    seen = InstrumentState.objects.visible_to(actor).current().filter(instrument=int(act.subject_id))
    return [
        {"instrument": row.instrument.code, "item": row.instrument.item.code, "status": row.status,
         "due_on": row.due_on and row.due_on.isoformat()}
        for row in seen.select_related("instrument__item")
    ]  # fmt: skip


def _import(act: Act, actor: Actor) -> list[Facts]:
    rows = InstrumentImport.objects.visible_to(actor).filter(pk=act.subject_id)
    return [{"import": one.pk, "new": one.new, "changed": one.changed, "root": one.root} for one in rows]


def _application(act: Act, actor: Actor) -> list[Facts]:
    """The application with its tasks."""
    rows = Application.objects.visible_to(actor).filter(pk=act.subject_id)
    return [
        {"application": one.number, "job": one.job, "state": one.state,
         "tasks": [{"task": task.pk, "instrument": task.instrument.code, "state": task.state}
                   for task in one.tasks.select_related("instrument").order_by("pk")]}
        for one in rows
    ]  # fmt: skip


def _task(act: Act, actor: Actor) -> list[Facts]:
    rows = Task.objects.visible_to(actor).filter(pk=act.subject_id).select_related("instrument")
    return [{"task": one.pk, "instrument": one.instrument.code, "job": one.job, "state": one.state} for one in rows]


EVENTS: Mapping[str, Event] = {
    "certificate_issue": Event("certificate.issued", _("A proof was issued"), _certificate),
    "certificate_replace": Event("certificate.replaced", _("A proof was replaced"), _certificate),
    "certificate_withdraw": Event("certificate.withdrawn", _("A proof was withdrawn"), _certificate),
    "certificate_cancel": Event("certificate.cancelled", _("A proof was cancelled by a failure"), _certificate),
    "instrument_file": Event("instrument.filed", _("An instrument was filed"), _instrument),
    "instrument_accept": Event("instrument.accepted", _("A filing was accepted"), _instrument),
    "instrument_stop": Event("instrument.stopped", _("An instrument was taken out of use"), _instrument),
    "instrument_resume": Event("instrument.resumed", _("An instrument was taken into use again"), _instrument),
    "instrument_scrap": Event("instrument.scrapped", _("An instrument was scrapped"), _instrument),
    "instrument_import": Event("ledger.imported", _("A sheet was imported into the ledger"), _import),
    "application_submit": Event("task.applied", _("Verification was applied for"), _application),
    "application_accept": Event("task.accepted", _("An application was accepted"), _application),
    "application_refuse": Event("task.refused", _("An application was refused"), _application),
    "task_cancel": Event("task.cancelled", _("A task was cancelled"), _task),
}
# What a receiver is tried with; nobody subscribes to it.
TRIAL = "webhook.tried"


def event_words(code: str) -> Words:
    """What a kind of event is called."""
    if code == TRIAL:
        return _("A trial")
    return CODES[code].says if code in CODES else code


CODES: Mapping[str, Event] = {event.code: event for event in EVENTS.values()}
