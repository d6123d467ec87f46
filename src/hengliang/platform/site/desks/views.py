"""The first screen, by role; for citizens one question."""

import re
from hashlib import sha256
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.core.cache import caches
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from procrastinate.contrib.django.models import ProcrastinateJob

from hengliang.platform.core.errors import NotPermitted
from hengliang.platform.core.models import Delivery
from hengliang.platform.core.pages.desk import figures, work_list
from hengliang.platform.core.requests import Request
from hengliang.platform.core.rights import BODY_ROLES, HOLDER_ROLES, REGIONAL, Actor, Role
from hengliang.platform.site.desks.administrator import administrator_desk
from hengliang.platform.site.desks.authority import authority_desk, authority_figures
from hengliang.platform.site.desks.body import body_desk
from hengliang.platform.site.desks.charts import due_drawing, pass_drawing
from hengliang.platform.site.desks.desk import Desk
from hengliang.platform.site.desks.holder import holder_desk
from hengliang.platform.site.desks.tables import DeliveryTable, JobTable
from hengliang.platform.site.desks.tally import Tally

DESKS = (
    (REGIONAL, authority_desk),
    (BODY_ROLES, body_desk),
    (HOLDER_ROLES, holder_desk),
    (frozenset({Role.ADMINISTRATOR}), administrator_desk),
)
KEPT = 60
CODE = re.compile(r"[A-Za-z0-9-]{4,40}")


def desk(request: Request) -> HttpResponse:
    """Work first, then figures; whoever has not logged in is asked for a code."""
    if request.actor.account_id is None:
        return _start(request)
    desks = desks_of(request.actor)
    context = {
        "title": _("Desk"),
        "work": work_list([pile for one in desks for pile in one.work if pile.url]),
        "desks": [(one, figures(*one.figures)) for one in desks],
        "actions": [action for one in desks for action in one.actions],
        "loading": settings.TRAINING and _demo_is_loading(),
    }
    if any(one.charts for one in desks) and not any(one.figures_url for one in desks):
        context |= _drawings(request.actor, next((one.tally for one in desks if one.tally), None))
    return render(request, "site/desk.html", context)


def _demo_is_loading() -> bool:
    return ProcrastinateJob.objects.filter(queue_name="demo", status__in=["todo", "doing"]).exists()


def _drawings(actor: Actor, tally: Tally | None = None) -> dict[str, Any]:
    return {"due": due_drawing(actor), "passes": pass_drawing(actor, tally) if actor.has(*REGIONAL) else None}


@login_required
def desk_figures(request: Request) -> HttpResponse:
    """The targets and charts of a large ledger, for the desk to show when they are counted; kept for a minute."""
    if not request.actor.has(*REGIONAL):
        raise NotPermitted("not_permitted_figures", "These figures are for authorities and auditors.")
    regions = sorted(request.actor.regions())
    whom = sha256(repr((request.actor.today, regions, get_language())).encode()).hexdigest()

    def count() -> str:
        told = {"figures": figures(*authority_figures(request.actor)), **_drawings(request.actor)}
        return render_to_string("site/desk_figures.html", told, request)

    return HttpResponse(caches["process"].get_or_set(f"figures:{whom}", count, KEPT))


def desks_of(actor: Actor) -> list[Desk]:
    """One desk for each sort of role that the actor holds."""
    return [make(actor) for roles, make in DESKS if actor.has(*roles)]


def _start(request: Request) -> HttpResponse:
    asked = request.GET.get("code", "").strip()
    code = asked.rstrip("/").rpartition("/")[2].replace(" ", "")
    if CODE.fullmatch(code):
        return redirect("public_proof", code.upper())
    if asked[-1:].isdecimal():  # the number on a label may hold Chinese characters
        return redirect(f"{reverse('public_mark')}?{urlencode({'number': asked})}")
    context = {"title": _("Is it in order?"), "asked": asked, "wrong": bool(asked)}
    return render(request, "site/start.html", context, status=422 if asked else 200)


@login_required
def due_chart(request: Request) -> HttpResponse:
    """The drawing of what falls due."""
    return due_drawing(request.actor).respond(request)


@login_required
def pass_chart(request: Request) -> HttpResponse:
    """The drawing of what passes."""
    return pass_drawing(request.actor).respond(request)


@login_required
def jobs(request: Request) -> HttpResponseBase:
    """The jobs of the platform."""
    _operates(request.actor)
    return JobTable().respond(request, ProcrastinateJob.objects.all())


@login_required
def deliveries(request: Request) -> HttpResponseBase:
    """Messages that have not arrived."""
    _operates(request.actor)
    rows = Delivery.objects.filter(delivered_at=None, attempts__gt=0).select_related("notification")
    return DeliveryTable().respond(request, rows)


def _operates(actor: Actor) -> None:
    if not actor.has(Role.ADMINISTRATOR):
        raise NotPermitted("not_permitted_operation", "This page is for the administrator of the platform.")
