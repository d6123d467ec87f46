"""Re-tests: the order, the results side by side, the conclusion."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from hengliang.platform.core.errors import InputRefused, Refused
from hengliang.platform.core.pages.acts import history_tab
from hengliang.platform.core.pages.confirm import Confirmation
from hengliang.platform.core.pages.objects import Action, Crumb, Fact, ObjectPage, facts
from hengliang.platform.core.pages.words import titled
from hengliang.platform.core.requests import Request
from hengliang.platform.core.rights import is_permitted, permit
from hengliang.platform.registry.spoken import spoken
from hengliang.platform.verification.entry import unit_words
from hengliang.platform.verification.forms.work import BodyForm
from hengliang.platform.verification.models import Record, ReTest, Task
from hengliang.platform.verification.places import row_places
from hengliang.platform.verification.services import retest_cancel, retest_conclude, retest_order, second_record
from hengliang.platform.verification.side_by_side import side_by_side
from hengliang.platform.verification.tables.disputes import ReTestTable
from hengliang.platform.verification.tables.work import RecordTable
from hengliang.platform.verification.verdicts import limit_words

SHOWN = ("first__task__body", "first__rule", "task__body", "task__instrument")


@login_required
def retest_list(request: Request) -> HttpResponseBase:
    """The re-tests that the actor ordered, does, or was the subject of."""
    return ReTestTable().respond(request, ReTest.objects.visible_to(request.actor).select_related(*SHOWN))


def _visible(request: Request, pk: int) -> ReTest:
    return get_object_or_404(ReTest.objects.visible_to(request.actor).select_related(*SHOWN), pk=pk)


@login_required
def retest(request: Request, pk: int) -> HttpResponseBase:
    """One re-test: who verified, who re-tests, and both results side by side."""
    shown = _visible(request, pk)
    page = ObjectPage(
        kind=_("Re-test"),
        name=f"{spoken(shown.task.instrument.name)} {shown.task.instrument.printed_code}",
        where=_body_name(shown.first.task),
        state=f"retest.{shown.state}",
        since=shown.ordered_on,
        crumbs=[Crumb(_("Re-tests"), reverse("verification:retest_list"))],
        actions=_actions(request, shown),
        overview=lambda _r: SafeString(_overview(shown) + _compared(shown)),
        records=lambda r: RecordTable().embed(r, _records(request, shown)),
        history=lambda _r: history_tab(shown),
    )
    return page.respond(request)


def _records(request: Request, shown: ReTest) -> "object":
    rows = Record.objects.filter(task__in=Task.objects.visible_to(request.actor)).select_related("verifier")
    return rows.filter(pk=shown.first_id) | rows.filter(task=shown.task)


def _body_name(task: Task) -> str:
    return task.body.name if task.body else ""


def _overview(shown: ReTest) -> SafeString:
    instrument = shown.first.task.instrument
    return facts(
        Fact(
            _("Instrument"),
            f"{spoken(instrument.name)} {instrument.printed_code}",
            note=_("its proofs, and what to do about them") if shown.state == "finding" else "",
            url=reverse("registry:instrument", args=[instrument.code]) + "?tab=proofs",
        ),
        Fact(_("Laboratory"), _body_name(shown.first.task), note=shown.first.number),
        Fact(_("Verified on"), shown.first.verified_on),
        Fact(_("Re-tested by"), _body_name(shown.task)),
        Fact(_("Ordered on"), shown.ordered_on, note=_("the laboratory is not told before it is concluded")),
        Fact(
            _("State of the work"),
            shown.task.get_state_display(),
            url=reverse("verification:task", args=[shown.task_id]),
        ),
        title=_("Particulars"),
    )


def _compared(shown: ReTest) -> SafeString:
    """The points side by side: as concluded, or so far."""
    second = second_record(shown)
    rows = shown.compared or (side_by_side(shown.first, second) if second else [])
    items = {item["id"]: item for item in shown.first.rule.content["items"]}
    lines = [
        row
        | {
            "title": _title(shown, items, row),
            "unit": "" if row["unit"] in ("", "1") else unit_words(row["unit"]),
            "limit": limit_words(row["low"], row["high"], ""),
            "tone": "bad" if row["beyond"] or row["fails"] else "good" if row["acceptable"] else "open",
            "words": _said(row),
        }
        for row in rows
    ]
    return SafeString(render_to_string("verification/side_by_side.html", {"rows": lines}))


def _title(shown: ReTest, items: dict[str, Any], row: dict[str, Any]) -> str:
    named = [titled(items[row["item"]]["title"]), row["part"], _place(shown, items, row)]
    return " ".join(filter(None, named))


def _place(shown: ReTest, items: dict[str, Any], row: dict[str, Any]) -> str:
    """The named point, or what stands in the row of the first record."""
    rows = row_places(items[row["item"]], shown.first.data["items"].get(row["item"], ()))
    at = row["point"]
    return titled(rows[int(at) - 1]) if at.isdecimal() and 0 < int(at) <= len(rows) else at


def _said(row: dict[str, object]) -> str:
    if row["fails"]:
        return _("Fails")
    if row["beyond"]:
        return _("Beyond")
    return _("Agrees") if row["acceptable"] else _("Nothing to compare with")


def _actions(request: Request, shown: ReTest) -> list[Action]:
    if shown.state != "ordered" or not is_permitted(request.actor, "retest_conclude", region_id=shown.region_id):
        return []
    second = second_record(shown)
    ready = second is not None and second.state == "approved"
    blocked = "" if ready else _("The record of the re-test is not approved yet.")
    conclude = reverse("verification:retest_conclude", args=[shown.pk])
    verbs = [Action(_("Conclude"), conclude, primary=True, blocked=blocked)]
    if shown.task.state == "waiting":
        verbs.append(Action(_("Cancel"), reverse("verification:retest_cancel", args=[shown.pk]), danger=True))
    return verbs


@login_required
def retest_new(request: Request, pk: int) -> HttpResponse:
    """A re-test of a record is ordered."""
    rows = Record.objects.filter(task__in=Task.objects.visible_to(request.actor))
    record = get_object_or_404(rows.select_related("task__instrument__item__parent", "task__body"), pk=pk)
    permit(request.actor, "retest_order", region_id=record.task.region_id)
    ask = Confirmation(
        title=_("Order a re-test of %(number)s") % {"number": record.number},
        verb=_("Order"),
        back=reverse("verification:record", args=[pk]),
        affected=1,
        consequences=[
            _("The other body gets the task at once, with the same items and limits."),
            _("The laboratory that verified is not told before the re-test is concluded."),
        ],
        form_class=BodyForm,
    )
    if ask.confirmed(request) and ask.form is not None:
        try:
            made = retest_order(
                actor=request.actor, record=record, body=ask.form.cleaned_data["body"], reason=ask.reason
            )
        except (InputRefused, Refused) as refused:
            ask.form.add_error("body", str(refused))
            return ask.respond(request)
        return redirect("verification:retest", made.pk)
    return ask.respond(request)


@login_required
def retest_end(request: Request, pk: int) -> HttpResponse:
    """A re-test is concluded."""
    shown = _visible(request, pk)
    permit(request.actor, "retest_conclude", region_id=shown.region_id)
    ask = Confirmation(
        title=_("Conclude the re-test of %(number)s") % {"number": shown.first.number},
        verb=_("Conclude"),
        back=reverse("verification:retest", args=[pk]),
        affected=1,
        consequences=[
            _("Where a difference is beyond what is acceptable, it is a finding."),
            _("The laboratory is told and sees both results."),
        ],
        reason_needed=False,
    )
    if ask.confirmed(request):
        retest_conclude(actor=request.actor, retest=shown)
        return redirect(ask.back)
    return ask.respond(request)


@login_required
def retest_drop(request: Request, pk: int) -> HttpResponse:
    """A re-test is cancelled."""
    shown = _visible(request, pk)
    permit(request.actor, "retest_cancel", region_id=shown.region_id)
    ask = Confirmation(
        title=_("Cancel the re-test of %(number)s") % {"number": shown.first.number},
        verb=_("Cancel the re-test"),
        back=reverse("verification:retest", args=[pk]),
        danger=True,
        affected=1,
        consequences=[_("The laboratory never hears of it.")],
    )
    if ask.confirmed(request):
        retest_cancel(actor=request.actor, retest=shown, reason=ask.reason)
        return redirect(ask.back)
    return ask.respond(request)
