"""Outside systems: the list, one of them, how it is connected and what its words mean."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hengliang.platform.core.listed import listed
from hengliang.platform.core.models import Region
from hengliang.platform.core.pages.acts import history_tab
from hengliang.platform.core.pages.confirm import Confirmation
from hengliang.platform.core.pages.form_page import form_page, given
from hengliang.platform.core.pages.objects import Action, Crumb, Fact, ObjectPage, facts
from hengliang.platform.core.requests import Request
from hengliang.platform.core.rights import Actor, Role
from hengliang.platform.exchange.access import acting_for, may
from hengliang.platform.exchange.forms import MappingForm, SystemForm
from hengliang.platform.exchange.mapping import overlay_of, profile_of
from hengliang.platform.exchange.models import OutsideSystem
from hengliang.platform.exchange.outbound import entries_to_send, results_to_send
from hengliang.platform.exchange.port import ADAPTERS
from hengliang.platform.exchange.rights import CONNECTS
from hengliang.platform.exchange.selectors import answers, batch_list, dispatch_list
from hengliang.platform.exchange.selectors import system_list as systems_of
from hengliang.platform.exchange.services import (
    profile_put,
    profile_remove,
    system_close,
    system_enter,
    system_reopen,
)
from hengliang.platform.exchange.tables.systems import BatchTable, DispatchTable, SystemTable
from hengliang.platform.parties.models import Organisation


def crumbs(*more: Crumb) -> list[Crumb]:
    """The way to what belongs to a system."""
    return [Crumb(_("Other systems"), reverse("exchange:system_list")), *more]


def system_crumb(system: OutsideSystem) -> Crumb:
    """The step to a system."""
    return Crumb(system.name, reverse("exchange:system", args=[system.pk]))


def visible(request: Request, pk: int) -> OutsideSystem:
    """A system that the reader may see."""
    return get_object_or_404(systems_of(request.actor), pk=pk)


@login_required
def system_list(request: Request) -> HttpResponseBase:
    """The systems of one's regions."""
    connects = Action(
        _("Connect a system"), reverse("exchange:system_new"), primary=True,
        visible=lambda actor: actor.has(*CONNECTS),
    )  # fmt: skip
    return SystemTable().respond(request, systems_of(request.actor), actions=[connects])


@login_required
def system_new(request: Request) -> HttpResponse:
    """A system is connected."""
    if not request.actor.has(*CONNECTS):
        return redirect("exchange:system_list")
    form = SystemForm(request.actor, *given(request)[:1])

    def connected() -> str:
        told = form.cleaned_data
        region = get_object_or_404(Region, pk=told.pop("region"))
        made = system_enter(actor=request.actor, owner=_owner(request.actor, region), region=region, **told)
        return reverse("exchange:system", args=[made.pk])

    return form_page(
        request, form, connected, title=_("Connect a system"), verb=_("Connect"), crumbs=crumbs(),
        back=reverse("exchange:system_list"), done=_("The system is connected."),
    )  # fmt: skip


def _owner(actor: Actor, region: Region) -> Organisation:
    """The organisation for which somebody connects a system."""
    grants = [g for g in actor.grants if g.organisation_id and g.role in CONNECTS]
    over = [g for g in grants if g.role == Role.ADMINISTRATOR or region.pk in g.region_ids]
    return Organisation.objects.get(pk=(over or grants)[0].organisation_id or 0)


@login_required
def system(request: Request, pk: int) -> HttpResponseBase:
    """One system: how it is connected, what came, what was sent."""
    shown = visible(request, pk)
    page = ObjectPage(
        kind=_("Outside system"), name=shown.name, where=shown.get_kind_display(), state=f"system.{shown.state}",
        crumbs=crumbs(), actions=_actions(request, shown), overview=lambda r: _overview(request, shown),
        records=lambda r: BatchTable().embed(r, batch_list(request.actor).filter(system=shown)),
        proofs=lambda r: DispatchTable().embed(r, dispatch_list(request.actor).filter(system=shown)),
        history=lambda _r: history_tab(shown),
    )  # fmt: skip
    return page.respond(request)


def _actions(request: Request, shown: OutsideSystem) -> list[Action]:
    def to(name: str, *more: object) -> str:
        return reverse(f"exchange:{name}", args=[shown.pk, *more])

    offered = {
        "active": [
            ("batch_receive", Action(_("Bring in a file"), to("batch_new"), primary=True)),
            ("dispatch_make", Action(_("Make a sheet"), to("dispatch_new"))),
            ("profile_put", Action(_("Change the mapping"), to("mapping"))),
            ("system_close", Action(_("Close the system"), to("system_act", "close"), danger=True)),
        ],
        "closed": [("system_reopen", Action(_("Open again"), to("system_act", "reopen"), primary=True))],
    }
    return [action for kind, action in offered[shown.state] if may(request.actor, kind, shown)]


def _overview(request: Request, shown: OutsideSystem) -> SafeString:
    profile = profile_of(shown, request.actor.today)
    overlay = overlay_of(shown, request.actor.today)
    bodies = Organisation.objects.filter(pk__in=shown.bodies).order_by("name").values_list("name", flat=True)
    tongue = "zh" if (get_language() or "zh").startswith("zh") else "en"
    results = results_to_send(shown, request.actor, request.actor.today).count()
    answered = answers(shown, request.actor)
    differences = f"{reverse('exchange:discrepancy_list')}?system={shown.pk}&waits=1"
    return SafeString(
        facts(
            Fact(_("Differences that wait"), shown.waiting, url=differences if shown.waiting else ""),  # type: ignore[attr-defined]
            _to_send(request, shown, _("Results to be sent"), results),
            _to_send(request, shown, _("Entries to be sent"), entries_to_send(shown, request.actor).count()),
            Fact(_("No receipt yet"), answered["open"], url="?tab=proofs" if answered["open"] else ""),
            Fact(_("Refused there"), answered["refused"], url="?tab=proofs" if answered["refused"] else ""),
            title=_("What waits"),
        )
        + facts(
            Fact(_("Short name"), shown.code),
            Fact(_("Operated by"), shown.operator),
            Fact(_("Connected by"), shown.owner.name),
            Fact(_("Bodies that take part"), listed(bodies)),
            Fact(_("Way of exchange"), ADAPTERS[shown.adapter].title if shown.adapter in ADAPTERS else shown.adapter),
            Fact(
                _("Mapping profile"), profile.title.get(tongue, profile.id),
                note=_("Draft: the other system's own names are not confirmed.") if profile.status == "draft" else "",
            ),
            Fact(_("Where its words come from"), profile.source),
            *([Fact(_("Changed here since"), overlay.valid_from)] if overlay else []),
            title=_("Particulars"),
        )
    )  # fmt: skip


def _to_send(request: Request, shown: OutsideSystem, label: str, count: int) -> Fact:
    """How much waits to be sent, leading to the sheet for whoever may make it."""
    may_send = count and shown.state == "active" and may(request.actor, "dispatch_make", shown)
    return Fact(label, count, url=reverse("exchange:dispatch_new", args=[shown.pk]) if may_send else "")


ACTS: dict[str, tuple[Callable[..., Any], bool]] = {"close": (system_close, True), "reopen": (system_reopen, False)}


@login_required
def system_act(request: Request, pk: int, act: str) -> HttpResponse:
    """A system is closed, or opened again."""
    shown, (service, with_reason) = visible(request, pk), ACTS[act]
    acting_for(request.actor, f"system_{act}", shown)
    words = {"close": _("Close the system"), "reopen": _("Open again")}
    ask = Confirmation(
        title=f"{words[act]} · {shown.name}", verb=words[act], back=reverse("exchange:system", args=[pk]),
        reason_needed=with_reason, danger=with_reason, crumbs=crumbs(system_crumb(shown)),
        consequences=[_("Nothing is exchanged while it is closed; what was stays, and so do the links.")],
    )  # fmt: skip
    if ask.confirmed(request):
        service(actor=request.actor, system=shown, **({"reason": ask.reason} if with_reason else {}))
        return redirect("exchange:system", pk)
    return ask.respond(request)


@login_required
def mapping(request: Request, pk: int) -> HttpResponse:
    """What the system calls otherwise than its profile says; an empty text takes the change back."""
    shown = visible(request, pk)
    acting_for(request.actor, "profile_put", shown)
    overlay = overlay_of(shown, request.actor.today)
    form = MappingForm(request.POST or None, initial={"text": overlay.text if overlay else EXAMPLE})
    back = reverse("exchange:system", args=[pk])

    def put() -> None:
        told = form.cleaned_data
        profile_put(actor=request.actor, system=shown, text=told["text"], reason=told["reason"])

    return form_page(
        request, form, put, title=_("Change the mapping"), verb=_("Save"), crumbs=crumbs(system_crumb(shown)),
        back=back, done=_("The mapping holds from today on."), otherwise="text", template="exchange/mapping.html",
        profile=profile_of(shown, request.actor.today), overlay=overlay, system=shown,
    )  # fmt: skip


EXAMPLE = """inbound:
  ledger:
    serial_number: [出厂编号, 器具出厂号]
values:
  status:
    stopped: [停用, 封存]
"""


@login_required
def mapping_remove(request: Request, pk: int) -> HttpResponse:
    """The change of a mapping is taken back."""
    shown = visible(request, pk)
    acting_for(request.actor, "profile_remove", shown)
    ask = Confirmation(
        title=_("Take the change of the mapping back"), verb=_("Take back"), danger=True,
        back=reverse("exchange:system", args=[pk]), crumbs=crumbs(system_crumb(shown)),
        consequences=[_("The profile holds as it is shipped; what was compared stays as it is.")],
    )  # fmt: skip
    if ask.confirmed(request):
        profile_remove(actor=request.actor, system=shown, reason=ask.reason)
        return redirect("exchange:system", pk)
    return ask.respond(request)
