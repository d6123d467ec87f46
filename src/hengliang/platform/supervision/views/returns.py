"""Statistics for signature: prepared, signed by a second person, withdrawn; beside them what today's rows say."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hengliang.platform.core.errors import InputRefused
from hengliang.platform.core.models import RegionVersion
from hengliang.platform.core.pages.acts import history_tab
from hengliang.platform.core.pages.confirm import Confirmation
from hengliang.platform.core.pages.objects import Action, Crumb, Fact, ObjectPage, facts
from hengliang.platform.core.pages.words import titled
from hengliang.platform.core.requests import Request
from hengliang.platform.core.rights import is_permitted
from hengliang.platform.supervision.models import StatisticsReturn
from hengliang.platform.supervision.services import (
    statistics_check,
    statistics_prepare,
    statistics_send_back,
    statistics_withdraw,
)
from hengliang.platform.supervision.statistics.asked import asked_form
from hengliang.platform.supervision.statistics.recomputed import differences
from hengliang.platform.supervision.tables_statistics import ReturnTable, whose
from hengliang.platform.supervision.views.statistics import file_answer, query_of

ACTS: dict[str, Any] = {
    "statistics_check": (statistics_check, gettext_lazy("Sign"), "prepared"),
    "statistics_send_back": (statistics_send_back, gettext_lazy("Send back"), "prepared"),
    "statistics_withdraw": (statistics_withdraw, gettext_lazy("Withdraw"), "signed"),
}


def _rows(request: Request) -> "QuerySet[StatisticsReturn]":
    regions = RegionVersion.objects.on(request.actor.today).filter(region=OuterRef("region"))
    rows = StatisticsReturn.objects.visible_to(request.actor).select_related("body", "prepared_by", "checked_by")
    return rows.annotate(region_name=Subquery(regions.values("name")[:1]))


@login_required
def return_list(request: Request) -> HttpResponseBase:
    """The forms prepared and signed."""
    return ReturnTable().respond(
        request, _rows(request), crumbs=[Crumb(_("Statistics"), reverse("supervision:statistics"))]
    )


@login_required
def return_new(request: Request) -> HttpResponse:
    """Prepare the form that the address asks for."""
    form = asked_form(request.actor, request.GET)
    if not form.is_valid():
        raise InputRefused("unknown_form", "Choose a form, its rows, and whose statistics it is.", field="form")
    asked = form.asked
    name = form.offered[form.cleaned_data["of"]][0]
    ask = Confirmation(
        title=_("Prepare the statistics of %(period)s, %(whose)s") % {"period": asked.period.words, "whose": name},
        verb=_("Prepare"), back=f"{reverse('supervision:statistics')}?{query_of(form)}", reason_needed=False,
        consequences=[_("The figures are frozen as they are now; another person checks and signs them.")],
    )  # fmt: skip
    if ask.confirmed(request):
        made = statistics_prepare(
            actor=request.actor, kind=asked.kind, period=asked.period, by=asked.by, body=asked.body,
            region=asked.region,
        )  # fmt: skip
        return redirect("supervision:return", made.pk)
    return ask.respond(request)


@login_required
def filed(request: Request, pk: int) -> HttpResponseBase:
    """One form as it was prepared or signed, and where today's rows say something else."""
    shown = get_object_or_404(_rows(request), pk=pk)
    changed = differences(shown)
    page = ObjectPage(
        kind=_("Statistics"),
        name=f"{titled(shown.content['title'])} {shown.content['period']}",
        where=whose(shown),
        state=f"return.{shown.state}",
        since=shown.checked_on or shown.prepared_on,
        crumbs=[
            Crumb(_("Statistics"), reverse("supervision:statistics")),
            Crumb(_("Signed forms"), reverse("supervision:return_list")),
        ],
        actions=_actions(request, shown),
        notice=_("%(n)s figures would be other ones today: see below. What was signed stays.") % {"n": len(changed)}
        if changed
        else "",
        overview=lambda _r: SafeString(
            facts(
                Fact(_("Prepared by"), shown.prepared_by.name, note=shown.prepared_on.isoformat()),
                Fact(_("Checked by"), shown.checked_by.name if shown.checked_by else "",
                     note=shown.checked_on.isoformat() if shown.checked_on else ""),
                Fact(_("Form"), titled(shown.content["title"]), note=f"{shown.form} {shown.edition}"),
                Fact("SHA-256", shown.sha256, note=_("of the content, as committed to in the log")),
                title=_("Particulars"),
            )
            + render_to_string("supervision/return.html", {"content": shown.content, "head": _head(shown),
                                                           "changed": changed})
        ),
        history=lambda _r: history_tab(shown),
    )  # fmt: skip
    return page.respond(request)


def _head(shown: StatisticsReturn) -> list[dict[str, str]]:
    return [{"title": titled(one), "unit": titled(one["unit"])} for one in shown.content["columns"]]


def _actions(request: Request, shown: StatisticsReturn) -> list[Action]:
    files = [
        Action(kind.upper(), reverse("supervision:return_file", args=[shown.pk, kind])) for kind in ("pdf", "xlsx")
    ]
    verbs = [
        Action(verb, reverse("supervision:return_act", args=[shown.pk, act]), primary=act == "statistics_check",
               danger=act == "statistics_withdraw", blocked=_second_person(request, shown, act))
        for act, (_do, verb, state) in ACTS.items()
        if shown.state == state
        and is_permitted(request.actor, act, organisations=[shown.body_id], region_id=shown.region_id)
    ]  # fmt: skip
    return [*verbs, *files]


def _second_person(request: Request, shown: StatisticsReturn, act: str) -> str:
    """Why whoever prepared it can't sign it."""
    account = request.actor.account_id
    mine = account is not None and shown.prepared_by.accounts.filter(pk=account).exists()
    return _("You prepared it: another person checks and signs.") if mine and act == "statistics_check" else ""


@login_required
def return_act(request: Request, pk: int, act: str) -> HttpResponse:
    """A prepared form is signed or sent back, a signed one withdrawn."""
    shown = get_object_or_404(_rows(request), pk=pk)
    do, verb, _state = ACTS[act]
    signs = act == "statistics_check"
    ask = Confirmation(
        title=f"{verb} {titled(shown.content['title'])} {shown.content['period']}", verb=verb,
        back=reverse("supervision:return", args=[pk]), affected=1, reason_needed=not signs, danger=not signs,
        consequences=[_("Your name stands on it.") if signs else _("It stays readable; it can be prepared anew.")],
    )  # fmt: skip
    if ask.confirmed(request):
        do(actor=request.actor, filed=shown, **({} if signs else {"reason": ask.reason}))
        return redirect("supervision:return", pk)
    return ask.respond(request)


@login_required
def return_file(request: Request, pk: int, kind: str) -> HttpResponse:
    """A form as it was signed, as PDF or XLSX."""
    shown = get_object_or_404(_rows(request), pk=pk)
    signs = [f"填表人：{shown.prepared_by.name}　{shown.prepared_on}"]
    if shown.checked_by:
        signs.append(f"审核人：{shown.checked_by.name}　{shown.checked_on}")
    signs += [f"状态：{shown.get_state_display()}", f"SHA-256 {shown.sha256}"]
    return file_answer(shown.content, whose(shown), kind, **({"signs": signs} if kind == "pdf" else {}))
