"""Tasks: the work of a body, and who does it."""

from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hengliang.platform.core.errors import InputRefused
from hengliang.platform.core.pages.acts import history_tab
from hengliang.platform.core.pages.confirm import Confirmation
from hengliang.platform.core.pages.form_page import beside
from hengliang.platform.core.pages.objects import Action, Crumb, Fact, ObjectPage, facts
from hengliang.platform.core.pages.table import Selection
from hengliang.platform.core.requests import Request
from hengliang.platform.core.rights import Role, is_permitted, permit
from hengliang.platform.registry.models import InstrumentState
from hengliang.platform.registry.spoken import spoken
from hengliang.platform.verification.at_counter import own_body
from hengliang.platform.verification.follow_ups import task_offers
from hengliang.platform.verification.forms.work import AssignForm, RegimeForm
from hengliang.platform.verification.jobs import job_kind, job_title
from hengliang.platform.verification.models import Task
from hengliang.platform.verification.selectors import is_provisional, last_note
from hengliang.platform.verification.services import task_assign, task_cancel, task_follow, task_regime_change
from hengliang.platform.verification.tables.work import RecordTable, TaskTable


@login_required
def task_list(request: Request) -> HttpResponseBase:
    """The tasks that the actor works on, waits for or oversees."""
    many = Action(_("Enter many in one grid"), reverse("verification:grid"), visible=lambda a: a.has(Role.VERIFIER))
    return TaskTable().respond(request, _visible(request), actions=[many])


def _visible(request: Request) -> "QuerySet[Task]":
    return Task.objects.visible_to(request.actor).select_related("instrument", "owner", "verifier")


@login_required
def task(request: Request, pk: int) -> HttpResponseBase:
    """One task: which instrument, whose, by whom, until when."""
    shown = get_object_or_404(
        Task.objects.visible_to(request.actor).select_related("instrument", "owner", "body", "verifier", "application"),
        pk=pk,
    )
    page = ObjectPage(
        kind=_("Verification"),
        name=f"{spoken(shown.instrument.name)} {shown.instrument.printed_code}",
        where=shown.owner.name,
        state=f"task.{shown.state}",
        crumbs=[Crumb(_("Verification work"), reverse("verification:task_list"))],
        notice=_changed_words(shown),
        actions=[*_actions(request, shown), *task_offers(request.actor, shown)],
        overview=lambda _r: facts(
            Fact(
                _("Instrument"),
                f"{spoken(shown.instrument.name)} {shown.instrument.printed_code}",
                url=reverse("registry:instrument", args=[shown.instrument.code]),
            ),
            Fact(_("Serial number"), shown.instrument.serial_number),
            Fact(_("Model"), shown.instrument.model),
            Fact(_("Kind of job"), job_title(shown.job, request.actor.today)),
            Fact(_("Kind of verification"), shown.get_regime_display()),
            Fact(_("Verification body"), shown.body.name if shown.body else _("none yet")),
            Fact(_("Verifier"), shown.verifier.name if shown.verifier else ""),
            Fact(_("Scheduled on"), shown.scheduled_on),
            Fact(_("To be done by"), shown.promised_on, note=_provisional(shown)),
            *_tried(shown),
            Fact(
                _("Application"),
                shown.application.number if shown.application else "",
                url=reverse("verification:application", args=[shown.application_id]) if shown.application else "",
            ),
            title=_("Particulars"),
        ),
        records=lambda r: RecordTable().embed(r, shown.records.select_related("verifier")),
        history=lambda _r: history_tab(shown),
    )
    return page.respond(request)


def _provisional(shown: Task) -> str:
    known = not is_provisional(shown.promised_on)
    return "" if known else _("The holidays of that year are not yet known: the day is provisional.")


def _user_now(shown: Task) -> str:
    """Who has the instrument of a waiting task by now, where it is not the user who applied."""
    if shown.state != "waiting":
        return ""
    now = InstrumentState.objects.current().filter(instrument=shown.instrument_id).exclude(owner=shown.owner_id)
    return now.values_list("owner__name", flat=True).first() or ""


def _changed_words(shown: Task) -> str:
    user = _user_now(shown)
    told = _(
        "The instrument went to %(user)s since it was applied for. No record is taken before the manager confirms."
    )
    return told % {"user": user} if user else ""


def _tried(shown: Task) -> list[Fact]:
    """What verifiers met who came in vain."""
    note = last_note(shown)
    return [Fact(_("Tried on site"), f"{note.on} {note.get_kind_display()}")] if note else []


def _actions(request: Request, shown: Task) -> list[Action]:
    changed = bool(_user_now(shown))
    verbs = {
        "record_submit": Action(
            _("Measure"), reverse("verification:record_entry", args=[shown.pk]), primary=True,
            blocked=_("The manager confirms the new user first.") if changed else "",
        ),
        "task_regime_change": Action(_("Change the regime"), reverse("verification:task_regime", args=[shown.pk])),
        "task_cancel": Action(_("Cancel"), reverse("verification:task_cancel", args=[shown.pk]), danger=True),
    }  # fmt: skip
    if shown.state != "waiting":
        return []
    if job_kind(shown.job, request.actor.today).by_authority:
        del verbs["task_cancel"]
    if changed:
        along = Action(_("Let it go along"), reverse("verification:task_follow", args=[shown.pk]), primary=True)
        verbs = {"task_follow": along, **verbs}
    return [verb for act, verb in verbs.items() if is_permitted(request.actor, act, organisations=[shown.body_id])]


@login_required
@require_POST
def task_give(request: Request) -> HttpResponse:
    """Ticked tasks are assigned to a verifier."""
    rows = TaskTable().selected(request, Task.objects.visible_to(request.actor).filter(state="waiting"))
    body = own_body(request.actor)
    back = reverse("verification:task_list")

    class AssignHere(AssignForm):
        """The form with the people of this body."""

        def __init__(self, *args: object, **options: object) -> None:
            super().__init__(*args, body=body, **options)

    ask = Confirmation(
        title=_("Assign"), verb=_("Assign"), back=back, affected=rows.count(), form_class=AssignHere,
        consequences=[_("The verifier sees them under today’s work.")], carry=Selection.from_post(request).fields(),
    )  # fmt: skip
    if ask.confirmed(request) and ask.form is not None:
        with transaction.atomic():
            for row in rows.filter(body=body):
                task_assign(actor=request.actor, task=row, **ask.form.cleaned_data)
        return redirect(back)
    return ask.respond(request)


@login_required
def task_drop(request: Request, pk: int) -> HttpResponse:
    """A waiting task is cancelled, with its reason."""
    shown = get_object_or_404(Task.objects.visible_to(request.actor), pk=pk)
    ask = Confirmation(
        title=_("Cancel the verification of %(instrument)s") % {"instrument": shown.instrument.printed_code},
        verb=_("Cancel"),
        back=reverse("verification:task", args=[pk]),
        danger=True,
        affected=1,
        consequences=[_("It ends without a proof; the instrument can be applied for again.")],
    )
    if ask.confirmed(request):
        task_cancel(actor=request.actor, task=shown, reason=ask.reason)
        return redirect("verification:task", pk)
    return ask.respond(request)


@login_required
def task_along(request: Request, pk: int) -> HttpResponse:
    """The task goes along with the instrument to its new user."""
    shown = get_object_or_404(Task.objects.visible_to(request.actor).select_related("owner", "instrument"), pk=pk)
    permit(request.actor, "task_follow", organisations=[shown.body_id])
    ask = Confirmation(
        title=_("%(instrument)s goes along to %(user)s")
        % {"instrument": shown.instrument.printed_code, "user": _user_now(shown) or shown.owner.name},
        verb=_("Let it go along"),
        back=reverse("verification:task", args=[pk]),
        affected=1,
        reason_needed=False,
        consequences=[
            _("The proof names the new user, who need not apply again; the application keeps its day."),
            _("Both users are told."),
        ],
    )
    if ask.confirmed(request):
        task_follow(actor=request.actor, task=shown)
        return redirect("verification:task", pk)
    return ask.respond(request)


@login_required
def task_regime(request: Request, pk: int) -> HttpResponse:
    """A waiting task follows another regime, with the reason."""
    shown = get_object_or_404(Task.objects.visible_to(request.actor), pk=pk)
    ask = Confirmation(
        title=_("Change the regime of %(instrument)s") % {"instrument": shown.instrument.printed_code},
        verb=_("Change the regime"),
        back=reverse("verification:task", args=[pk]),
        affected=1,
        consequences=[_("Items and limits are those of that regime; what is typed stays.")],
        form_class=RegimeForm,
        initial={"regime": shown.regime},
    )
    if ask.confirmed(request) and ask.form is not None:
        try:
            task_regime_change(
                actor=request.actor, task=shown, regime=ask.form.cleaned_data["regime"], reason=ask.reason
            )
        except InputRefused as refused:
            beside(ask.form, refused, "regime")
            return ask.respond(request)
        return redirect("verification:task", pk)
    return ask.respond(request)
