"""Measurement standards: list, page, papers, out of service and back."""

from datetime import date
from functools import partial
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from hengliang.platform.core.listed import listed
from hengliang.platform.core.pages.acts import history_tab
from hengliang.platform.core.pages.form_page import form_page
from hengliang.platform.core.pages.objects import Action, Crumb, Fact, ObjectPage, facts
from hengliang.platform.core.requests import Request
from hengliang.platform.core.rights import is_permitted, permit
from hengliang.platform.parties.models import Organisation
from hengliang.platform.registry.spoken import spoken
from hengliang.platform.standards.forms import PaperForm, StandardForm
from hengliang.platform.standards.models import MeasurementStandard, StandardStatus
from hengliang.platform.standards.registers import papers_of, standards_seen
from hengliang.platform.standards.selectors import standard_obstacles
from hengliang.platform.standards.services import (
    standard_certificate_enter,
    standard_enter,
    standard_resume,
    standard_suspend,
)
from hengliang.platform.standards.tables import PaperTable, StandardTable, last_day
from hengliang.platform.standards.views.bodies import own_bodies
from hengliang.platform.standards.views.from_day import ask_from_day

SERVICE = {"standard_suspend": standard_suspend, "standard_resume": standard_resume}


@login_required
def standard_list(request: Request) -> HttpResponseBase:
    """The measurement standards that the actor keeps or oversees, what runs out first on top."""
    rows = standards_seen(request.actor, request.actor.today).select_related("organisation")
    bodies = own_bodies(request.actor).values_list("pk", "region_id")
    may = any(
        is_permitted(request.actor, "standard_enter", organisations=[body], region_id=region) for body, region in bodies
    )
    actions = (
        [Action(_("Enter measurement standard"), reverse("standards:standard_enter"), primary=True)] if may else []
    )
    return StandardTable().respond(request, rows, actions=actions)


@login_required
def standard(request: Request, pk: int) -> HttpResponseBase:
    """One measurement standard: whether it may be used today, and what it rests on."""
    shown = _visible(request, pk)
    today = request.actor.today
    status = StandardStatus.objects.on(today).filter(standard=shown).first()
    page = ObjectPage(
        kind=_("Measurement standard"),
        name=shown.name,
        where=shown.organisation.name,
        state=f"standards.{_condition(shown)}",
        since=status.valid_from if status else None,
        crumbs=[Crumb(_("Measurement standards"), reverse("standards:standard_list"))],
        actions=_actions(request, shown),
        notice=_warning(shown, today),
        overview=lambda _r: facts(
            Fact(_("Kept by"), shown.organisation.name),
            Fact(_("Code (JJF 1022)"), shown.code),
            Fact(_("Level"), shown.get_level_display()),
            Fact(_("Measuring range"), shown.measuring_range),
            Fact(_("Uncertainty, class or MPE"), shown.uncertainty),
            Fact(_("Items it serves"), listed(spoken(item.name) for item in shown.items.order_by("rank", "code"))),
            Fact(_("Papers good until"), last_day(_good_to(shown))),
            Fact(_("Reason"), status.reason if status else ""),
            title=_("Particulars"),
        ),
        proofs=lambda r: PaperTable().embed(r, papers_of(shown, today)),
        history=lambda _r: history_tab(shown),
    )
    return page.respond(request)


def _condition(shown: MeasurementStandard) -> str:
    return str(getattr(shown, "condition", ""))


def _good_to(shown: MeasurementStandard) -> Any:
    return getattr(shown, "good_to", None)


def _warning(shown: MeasurementStandard, today: date) -> str:
    if found := standard_obstacles(shown, today):
        return " ".join(map(str, found))
    if _condition(shown) == "due_soon":
        return _("Its papers are good until %(day)s: have it traced or examined again in time.") % {
            "day": last_day(_good_to(shown))
        }
    return ""


def _actions(request: Request, shown: MeasurementStandard) -> list[Action]:
    turn = "standard_resume" if _condition(shown) == "suspended" else "standard_suspend"
    words = {
        "standard_certificate_enter": _("Enter certificate"),
        "standard_suspend": _("Take out of service"),
        "standard_resume": _("Bring back into service"),
    }
    where = {"organisations": [shown.organisation_id], "region_id": shown.organisation.region_id}
    return [
        Action(
            words[act],
            reverse(f"standards:{act}", args=[shown.pk]),
            primary=act == "standard_certificate_enter",
            danger=act == "standard_suspend",
        )
        for act in ("standard_certificate_enter", turn)
        if is_permitted(request.actor, act, **where)  # type: ignore[arg-type]
    ]


@login_required
def standard_new(request: Request) -> HttpResponse:
    """A measurement standard is entered."""
    form = StandardForm(request.POST or None, organisations=own_bodies(request.actor))

    def enter(organisation: Organisation, level: str, **told: Any) -> str:
        made = standard_enter(
            actor=request.actor, organisation=organisation, level=MeasurementStandard.Level(level), **told
        )
        return reverse("standards:standard", args=[made.pk])

    title, back = _("Enter measurement standard"), reverse("standards:standard_list")
    return form_page(request, form, lambda: enter(**form.cleaned_data), title=title, verb=_("Enter"), back=back)


@login_required
def paper_new(request: Request, pk: int) -> HttpResponse:
    """A certificate of a measurement standard is entered."""
    shown = _permitted(request, pk, "standard_certificate_enter")

    def enter(**told: Any) -> str:
        standard_certificate_enter(actor=request.actor, standard=shown, **told)
        return reverse("standards:standard", args=[pk]) + "?tab=proofs"

    title = _("Certificate for %(name)s") % {"name": shown.name}
    back = reverse("standards:standard", args=[pk])
    form = PaperForm(request.POST or None)
    return form_page(request, form, lambda: enter(**form.cleaned_data), title=title, verb=_("Enter"), back=back)


@login_required
def service_change(request: Request, pk: int, act: str) -> HttpResponse:
    """Out of service or back into it, from a day on, with the reason."""
    shown = _permitted(request, pk, act)
    verb = _("Take out of service") if act == "standard_suspend" else _("Bring back into service")
    back = reverse("standards:standard", args=[pk])
    change = partial(SERVICE[act], actor=request.actor, standard=shown)
    return ask_from_day(request, change, verb=verb, name=shown.name, back=back)


def _permitted(request: Request, pk: int, act: str) -> MeasurementStandard:
    shown = _visible(request, pk)
    permit(request.actor, act, organisations=[shown.organisation_id], region_id=shown.organisation.region_id)
    return shown


def _visible(request: Request, pk: int) -> MeasurementStandard:
    rows = standards_seen(request.actor, request.actor.today).select_related("organisation")
    return get_object_or_404(rows, pk=pk)
