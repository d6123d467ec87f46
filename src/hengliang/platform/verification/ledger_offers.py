"""What verification adds to the ledger: to apply for what is ticked or open, and the records of an instrument."""

from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from hengliang.platform.core.pages.objects import Action
from hengliang.platform.core.pages.table import BulkAct
from hengliang.platform.core.requests import Request
from hengliang.platform.core.rights import HOLDER_ROLES, Actor
from hengliang.platform.registry.models import Instrument, InstrumentState
from hengliang.platform.registry.states import IN_USE
from hengliang.platform.verification.delay import DELAYS, with_delay
from hengliang.platform.verification.models import Record, Task
from hengliang.platform.verification.states import OPEN_TASKS
from hengliang.platform.verification.tables.work import RecordTable


def _holds(actor: Actor) -> bool:
    return actor.has(*HOLDER_ROLES)


APPLY = BulkAct(_("Apply for verification"), "verification:application_new", visible=_holds)


def verbs(request: Request, instrument: Instrument) -> list[Action]:
    """To apply, for whoever holds the instrument in use; while it is being verified, the way there."""
    actor = request.actor
    if task := Task.objects.visible_to(actor).filter(instrument=instrument, state__in=OPEN_TASKS).first():
        return [Action(_("Verification in progress"), reverse("verification:task", args=[task.pk]))]
    held = InstrumentState.objects.on(actor.today).filter(
        instrument=instrument, status=IN_USE, owner_id__in=actor.organisations(HOLDER_ROLES)
    )
    if instrument.part_of_id is not None or not _holds(actor) or not held.exists():
        return []
    address = f"{reverse('verification:application_new')}?instrument={instrument.pk}"
    return [Action(APPLY.verb, address, primary=True)]


def records(request: Request, instrument: Instrument) -> SafeString | HttpResponseBase:
    """The original records of an instrument, of those that the actor may see."""
    tasks = Task.objects.visible_to(request.actor).filter(instrument=instrument)
    return RecordTable().embed(request, Record.objects.filter(task__in=tasks).select_related("verifier"))


def why_overdue(request: Request, instrument: Instrument) -> str:
    """On the page of an overdue instrument: why it is so, in the words of the list of what is overdue."""
    today = request.actor.today
    rows = InstrumentState.objects.current().filter(instrument=instrument, due_on__lt=today, mandatory=True)
    entry = with_delay(rows, today).first()
    look = DELAYS.get(entry.delay or "") if entry is not None else None  # type: ignore[attr-defined]
    return gettext("Why it is overdue: %(why)s.") % {"why": look.words} if look else ""
