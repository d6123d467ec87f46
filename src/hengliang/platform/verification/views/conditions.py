"""The conditions of a record: entered, corrected after somebody had signed, and the correction answered."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hengliang.platform.core.pages.confirm import Confirmation
from hengliang.platform.core.pages.form_page import form_page
from hengliang.platform.core.pages.objects import Fact
from hengliang.platform.core.requests import Request
from hengliang.platform.core.rights import permit
from hengliang.platform.verification.forms.counter import ConditionsAddendumForm, ConditionsForm
from hengliang.platform.verification.models import Conditions, ConditionsAddendum, Record, Task
from hengliang.platform.verification.selectors import last_conditions
from hengliang.platform.verification.services import (
    conditions_amend,
    conditions_confirm,
    conditions_decline,
    conditions_enter,
    may_enter,
)

ANSWERS = {"confirm": gettext_lazy("Confirm the correction"), "decline": gettext_lazy("Decline the correction")}


def _record(request: Request, pk: int) -> Record:
    rows = Record.objects.filter(task__in=Task.objects.visible_to(request.actor))
    return get_object_or_404(rows.select_related("task__body"), pk=pk)


@login_required
def record_conditions(request: Request, pk: int) -> HttpResponse:
    """The environment is entered; once others have signed it, a correction is proposed with its reason."""
    shown = _record(request, pk)
    first = may_enter(shown)
    act = conditions_enter if first else conditions_amend
    permit(request.actor, act.__name__, organisations=[shown.task.body_id])
    form_class = ConditionsForm if first else ConditionsAddendumForm
    form = form_class(request.POST or None, initial=_before(shown))

    def enter(**told: Any) -> None:
        act(actor=request.actor, record=shown, **told)

    back = reverse("verification:record", args=[pk])
    title = _("Conditions of %(number)s") if first else _("Correct the conditions of %(number)s")
    verb = _("Enter") if first else _("Propose the correction")
    return form_page(
        request, form, lambda: enter(**form.cleaned_data), title=title % {"number": shown.number}, verb=verb, back=back
    )


def _before(record: Record) -> dict[str, Any]:
    """What stands there; of a record measured anew what was read for the one before, to be looked at again."""
    found = last_conditions(record)
    if found is None:
        rows = Conditions.objects.filter(record__task=record.task_id, record__verified_on=record.verified_on)
        found = rows.order_by("-pk").first()
    return {"temperature": found.temperature, "humidity": found.humidity, "other": found.other} if found else {}


@login_required
def record_addendum(request: Request, pk: int, answer: str) -> HttpResponse:
    """A second person confirms the correction, or declines it."""
    if answer not in ANSWERS:
        raise Http404
    shown = _record(request, pk)
    permit(request.actor, f"conditions_{answer}", organisations=[shown.task.body_id])
    rows = ConditionsAddendum.objects.select_related("record__task", "first")
    addendum = get_object_or_404(rows, record=shown, state="proposed")
    ask = Confirmation(
        title=_("Correction of the conditions of %(number)s") % {"number": shown.number},
        verb=str(ANSWERS[answer]),
        back=reverse("verification:record", args=[pk]),
        affected=1,
        danger=answer == "decline",
        consequences=[*_change(shown, addendum), *_what_follows(answer, addendum)],
        reason_needed=answer == "decline",
    )
    if ask.confirmed(request):
        if answer == "confirm":
            conditions_confirm(actor=request.actor, addendum=addendum)
        else:
            conditions_decline(actor=request.actor, addendum=addendum, reason=ask.reason)
        return redirect(ask.back)
    return ask.respond(request)


def _change(record: Record, addendum: ConditionsAddendum) -> list[str]:
    before = last_conditions(record)
    told = _("From %(before)s to %(after)s, proposed by %(person)s: %(reason)s")
    named = {"before": words(before), "after": words(addendum), "person": addendum.first.name}
    return [told % (named | {"reason": addendum.reason})]


def _what_follows(answer: str, addendum: ConditionsAddendum) -> list[str]:
    if answer == "decline":
        return [_("It counts for nothing; it stays readable.")]
    return [_("It counts from now on. The record stays as it was signed; its paper names both of you and the reason.")]


def words(one: Conditions | ConditionsAddendum | None) -> str:
    """Conditions in a line."""
    if one is None:
        return "–"
    place = _("place: %(place)s") % {"place": one.place} if one.place else ""
    return "，".join(filter(None, [f"{one.temperature} °C", f"{one.humidity} %", one.other, place]))


def conditions_facts(record: Record) -> list[Fact]:
    """What the page of a record says of its conditions, and of what was corrected."""
    found = last_conditions(record)
    facts = [Fact(_("Conditions"), words(found) if found else "")]
    for one in record.addenda.select_related("first", "second").order_by("-pk"):
        told = _("proposed by %(first)s on %(day)s: %(reason)s") % {
            "first": one.first.name, "day": one.proposed_on.isoformat(), "reason": one.reason
        }  # fmt: skip
        answered = one.second.name if one.second else ""
        note = "；".join(filter(None, [told, f"{one.get_state_display()} {answered}".strip()]))
        facts.append(Fact(_("Correction of the conditions"), words(one), note=note))
    return facts
