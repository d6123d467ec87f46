"""Arbitration verification: the dispute, its parties, the notice, who came, and the end."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from hengliang.platform.core.errors import InputRefused
from hengliang.platform.core.pages.acts import history_tab
from hengliang.platform.core.pages.confirm import Confirmation
from hengliang.platform.core.pages.form_page import form_page
from hengliang.platform.core.pages.objects import Action, Crumb, Fact, ObjectPage, facts
from hengliang.platform.core.requests import Request
from hengliang.platform.core.rights import Role, is_permitted, permit
from hengliang.platform.core.selectors import state_since
from hengliang.platform.parties.models import Organisation
from hengliang.platform.registry.selectors.find import instrument_visible
from hengliang.platform.registry.spoken import spoken
from hengliang.platform.verification.dispute_mediation import mediation_facts
from hengliang.platform.verification.dispute_verbs import verbs_after, verbs_before, verbs_of_mediation
from hengliang.platform.verification.forms.disputes import DisputeForm, NoticeForm, PresenceForm
from hengliang.platform.verification.models import Arbitration, ArbitrationParty
from hengliang.platform.verification.parties import ends_where
from hengliang.platform.verification.services import (
    Disputant,
    arbitration_attend,
    arbitration_notify,
    arbitration_open,
    arbitration_withdraw,
)
from hengliang.platform.verification.tables.disputes import ArbitrationTable
from hengliang.platform.verification.tables.work import RecordTable

SHOWN = ("instrument", "task__body", "task__owner", "first")


@login_required
def arbitration_list(request: Request) -> HttpResponseBase:
    """The disputes that the actor decides on, works on or is a party of."""
    may = request.actor.has(Role.AUTHORITY)
    open_one = Action(_("Open arbitration verification"), reverse("verification:arbitration_open"), primary=True)
    rows = Arbitration.objects.visible_to(request.actor).select_related(*SHOWN)
    blanks = [
        Action(label, reverse("verification:arbitration_blank", args=[paper]))
        for label, paper in ((_("Application form (PDF)"), "application"), (_("Commission form (PDF)"), "commission"))
    ]
    return ArbitrationTable().respond(request, rows, actions=[*([open_one] if may else []), *blanks])


def visible_dispute(request: Request, pk: int) -> Arbitration:
    """An arbitration that the actor may see, or nothing is there."""
    return get_object_or_404(Arbitration.objects.visible_to(request.actor).select_related(*SHOWN), pk=pk)


@login_required
def arbitration(request: Request, pk: int) -> HttpResponseBase:
    """One dispute: about what, between whom, how far."""
    shown = visible_dispute(request, pk)
    late = shown.notified_on is None and shown.state == "opened" and shown.notice_by < request.actor.today
    page = ObjectPage(
        kind=_("Arbitration verification"),
        name=shown.number,
        where=f"{spoken(shown.instrument.name)} {shown.instrument.printed_code}",
        state=f"arbitration.{shown.state}",
        since=state_since(shown),
        crumbs=[Crumb(_("Arbitration verification"), reverse("verification:arbitration_list"))],
        actions=_actions(request, shown),
        notice=_("The term of the notice has ended. Notify both parties now.") if late else "",
        overview=lambda _r: SafeString(_overview(shown) + _parties(shown) + mediation_facts(shown)),
        records=lambda r: RecordTable().embed(r, shown.task.records.select_related("verifier")),
        history=lambda _r: history_tab(shown),
    )
    return page.respond(request)


def _overview(shown: Arbitration) -> SafeString:
    provisional = _("The holidays of that year are not yet known: the day is provisional.")
    body = shown.task.body
    return facts(
        Fact(
            _("Instrument"), f"{spoken(shown.instrument.name)} {shown.instrument.printed_code}",
            note=_("preserved: not to be moved, stopped, transferred or scrapped") if _is_open(shown) else "",
            url=reverse("registry:instrument", args=[shown.instrument.code]),
        ),
        Fact(_("What is disputed"), shown.dispute),
        *_applied(shown),
        *_other(shown),
        Fact(_("Appointed body"), body.name if body else ""),
        Fact(_("Day and place"), f"{shown.meets_on.isoformat()} {shown.place}"),
        Fact(_("Accepted on"), shown.asked_on),
        Fact(_("Notice due by"), shown.notice_by, note=provisional if shown.provisional else ""),
        Fact(_("Parties notified on"), shown.notified_on),
        *_moved(shown),
        Fact(
            _("State of the work"), shown.task.get_state_display(),
            url=reverse("verification:task", args=[shown.task_id]),
        ),
        title=_("Particulars"),
    )  # fmt: skip


def _other(shown: Arbitration) -> list[Fact]:
    """The first of a second, the second of a first, and why it came to it."""
    facts_ = []
    if shown.first:
        address = reverse("verification:arbitration", args=[shown.first.pk])
        facts_.append(Fact(_("Second arbitration, of the first"), shown.first.number, url=address))
    if shown.appealed_on:
        side = ArbitrationParty.Side(shown.appealed_side).label
        facts_.append(Fact(_("Second applied for"), f"{shown.appealed_on.isoformat()} {side}", note=shown.grounds))
    second = Arbitration.objects.filter(first=shown).first()
    if second:
        address = reverse("verification:arbitration", args=[second.pk])
        facts_.append(Fact(_("Second arbitration"), second.number, url=address))
    return facts_


def _moved(shown: Arbitration) -> list[Fact]:
    """The days that were named before, each with why it was moved."""
    return [
        Fact(_("Former day"), f"{row.meets_on.isoformat()} {row.place}", note=row.act.reason)
        for row in shown.moved.select_related("act").order_by("pk")
    ]


def _applied(shown: Arbitration) -> list[Fact]:
    """What the application says besides, where it says it."""
    told = (
        (_("What the claimant demands"), shown.demand), (_("Evidence handed in"), shown.evidence),
        (_("Commissioned by"), shown.commissioned_by),
    )  # fmt: skip
    return [Fact(label, text) for label, text in told if text]


def _is_open(shown: Arbitration) -> bool:
    return shown.state not in {"final", "replaced", "mediated", "withdrawn"}


def _parties(shown: Arbitration) -> SafeString:
    came = {True: _("came"), False: _("called, stayed away"), None: ""}
    lines = [
        Fact(
            party.get_side_display(),
            party.name,
            note="；".join(
                filter(None, [*_who(party), came[party.present], party.presence_note, *_told(shown, party)])
            ),
        )
        for party in shown.parties.order_by("side")
    ]
    return facts(*lines, title=_("Parties"))


def _who(party: ArbitrationParty) -> list[str]:
    return [party.address, party.representative]


def _told(shown: Arbitration, party: ArbitrationParty) -> list[str]:
    """Who came for a party, what it was told of the result, and until when it may apply for the second."""
    said = [party.presence_note]
    if party.result_on:
        said.append(_("result received on %(day)s") % {"day": party.result_on.isoformat()})
    if party.second_by and shown.state in {"told", "appealed"}:
        said.append(_("second may be applied for until %(day)s") % {"day": party.second_by.isoformat()})
        said += [_("The holidays of that year are not yet known: the day is provisional.")] * party.provisional
    return said


def _actions(request: Request, shown: Arbitration) -> list[Action]:
    actor, region, verbs = request.actor, shown.seat_id, list[Action]()
    if shown.state == "opened" and is_permitted(actor, "arbitration_notify", region_id=region):
        address = reverse("verification:arbitration_notify", args=[shown.pk])
        verbs.append(Action(_("Record the notice"), address, primary=True))
    may_attend = is_permitted(actor, "arbitration_attend", organisations=[shown.task.body_id], region_id=region)
    if shown.state == "notified" and may_attend and actor.today >= shown.meets_on:
        for party in shown.parties.order_by("side"):
            address = reverse("verification:arbitration_attend", args=[shown.pk, party.side])
            verbs.append(Action(_("Presence: %(side)s") % {"side": party.get_side_display()}, address))
    verbs += [*verbs_before(actor, shown), *verbs_of_mediation(actor, shown), *verbs_after(actor, shown)]
    may_end = shown.state in {"opened", "notified", "appealed"}
    if may_end and is_permitted(actor, "arbitration_withdraw", region_id=ends_where(shown, actor.today)):
        verbs.append(Action(_("Withdraw"), reverse("verification:arbitration_withdraw", args=[shown.pk]), danger=True))
    return verbs


@login_required
def arbitration_new(request: Request) -> HttpResponse:
    """A dispute is opened."""
    permit_anywhere(request)
    form = DisputeForm(request.POST or None, initial={"code": request.GET.get("instrument", "")})

    def enter(*, code: str, **told: Any) -> str:
        found = instrument_visible(request.actor, code)
        if found is None:
            raise InputRefused("unknown_code", "No instrument that you may see has this code.", field="code")
        made = arbitration_open(
            actor=request.actor, instrument=found.instrument, claimant=_disputant(request, told, "claimant"),
            respondent=_disputant(request, told, "respondent"), **told,
        )  # fmt: skip
        return reverse("verification:arbitration", args=[made.pk])

    title, back = _("Open arbitration verification"), reverse("verification:arbitration_list")
    return form_page(request, form, lambda: enter(**form.cleaned_data), title=title, verb=title, back=back)


def permit_anywhere(request: Request) -> None:
    """Only an authority opens disputes, wherever the instrument may stand."""
    if not request.actor.has(Role.AUTHORITY):
        permit(request.actor, "arbitration_open")


def _disputant(request: Request, told: dict[str, Any], side: str) -> Disputant:
    """An organisation of the platform by its exact name or credit code, else a name; taken out of what was told."""
    rows, text = Organisation.objects.visible_to(request.actor), told.pop(side)
    found = rows.filter(name=text.strip()) | rows.filter(credit_code=text.strip())
    return Disputant(text, found.first(), told.pop(f"{side}_address"), told.pop(f"{side}_representative"))


@login_required
def arbitration_tell(request: Request, pk: int) -> HttpResponse:
    """The notice is recorded."""
    shown = visible_dispute(request, pk)
    permit(request.actor, "arbitration_notify", region_id=shown.seat_id)
    form = NoticeForm(request.POST or None, initial={"on": request.actor.today})

    def enter(**told: Any) -> None:
        arbitration_notify(actor=request.actor, arbitration=shown, **told)

    back = reverse("verification:arbitration", args=[pk])
    title = _("Both parties of %(number)s were notified") % {"number": shown.number}
    return form_page(
        request, form, lambda: enter(**form.cleaned_data), title=title, verb=_("Record the notice"), back=back
    )


@login_required
def arbitration_presence(request: Request, pk: int, side: str) -> HttpResponse:
    """Whether a party came."""
    shown = visible_dispute(request, pk)
    permit(request.actor, "arbitration_attend", organisations=[shown.task.body_id], region_id=shown.seat_id)
    party = get_object_or_404(
        ArbitrationParty.objects.select_related("arbitration__task"), arbitration=shown, side=side
    )
    form = PresenceForm(request.POST or None)

    def enter(*, present: str, note: str) -> None:
        arbitration_attend(actor=request.actor, party=party, present=present == "yes", note=note)

    back = reverse("verification:arbitration", args=[pk])
    title = _("Presence of %(name)s") % {"name": party.name}
    return form_page(
        request, form, lambda: enter(**form.cleaned_data), title=title, verb=_("Record presence"), back=back
    )


@login_required
def arbitration_drop(request: Request, pk: int) -> HttpResponse:
    """A dispute is withdrawn."""
    shown = visible_dispute(request, pk)
    permit(request.actor, "arbitration_withdraw", region_id=ends_where(shown, request.actor.today))
    ask = Confirmation(
        title=_("Withdraw %(number)s") % {"number": shown.number},
        verb=_("Withdraw"),
        back=reverse("verification:arbitration", args=[pk]),
        danger=True,
        affected=1,
        consequences=[_("The verification is cancelled, and the instrument is no longer preserved.")],
    )
    if ask.confirmed(request):
        arbitration_withdraw(actor=request.actor, arbitration=shown, reason=ask.reason)
        return redirect(ask.back)
    return ask.respond(request)
