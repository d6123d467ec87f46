"""The counter: what was handed in, where it is, and that it went back."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hengliang.platform.core.errors import InputRefused
from hengliang.platform.core.pages.acts import history_tab
from hengliang.platform.core.pages.confirm import Confirmation
from hengliang.platform.core.pages.form_page import form_page
from hengliang.platform.core.pages.objects import Action, Crumb, Fact, ObjectPage, facts
from hengliang.platform.core.pages.table import Selection
from hengliang.platform.core.requests import Request
from hengliang.platform.core.rights import BODY_ROLES, is_permitted
from hengliang.platform.registry.selectors import instrument_by_code
from hengliang.platform.verification.at_counter import at_counter, own_body, taken_in
from hengliang.platform.verification.forms.counter import CollectForm, HolderForm, ReceiveForm
from hengliang.platform.verification.models import Deposit, DepositPiece, Fee, HandBack, Task
from hengliang.platform.verification.papers.slips import fee_total, hand_back_pdf, receipt_pdf
from hengliang.platform.verification.services import (
    handover_bring,
    handover_return,
    handover_take,
)
from hengliang.platform.verification.states import OPEN_TASKS
from hengliang.platform.verification.tables.counter import DepositTable, PieceTable, counted
from hengliang.platform.verification.views.papers import pdf_answer


@login_required
def deposit_list(request: Request) -> HttpResponseBase:
    """What was handed in at the counters that the actor works at, owns things at, or oversees."""
    rows = counted(Deposit.objects.visible_to(request.actor).select_related("owner"))
    actions = [
        Action(_("Take in"), reverse("verification:deposit_new"), primary=True, visible=at_counter),
        Action(_("Instruments here"), reverse("verification:piece_list")),
    ]
    return DepositTable().respond(request, rows, actions=actions)


@login_required
def piece_list(request: Request) -> HttpResponseBase:
    """The instruments that are with the body, and who has them."""
    crumbs = [Crumb(_("Counter"), reverse("verification:deposit_list"))]
    return PieceTable().respond(request, _pieces(request), crumbs=crumbs)


def _pieces(request: Request) -> "QuerySet[DepositPiece]":
    rows = DepositPiece.objects.filter(deposit__in=Deposit.objects.visible_to(request.actor))
    return rows.select_related("task__instrument", "deposit", "holder")


@login_required
def counter_find(request: Request) -> HttpResponse:
    """A scanned code leads to the slip of what is here, else to the open task, else to the instrument."""
    text = request.GET.get("code", "").strip()
    if slip := Deposit.objects.visible_to(request.actor).filter(number=text).first():
        return redirect("verification:deposit", slip.pk)
    found = instrument_by_code(text) if text else None
    tasks = Task.objects.visible_to(request.actor).filter(instrument=found.instrument) if found else Task.objects.none()
    here = _pieces(request).filter(task__in=tasks).exclude(state="handed_back").first()
    if here is not None:
        return redirect("verification:deposit", here.deposit_id)
    if task := tasks.filter(state__in=OPEN_TASKS).first():
        return redirect("verification:task", task.pk)
    return redirect(f"{reverse('verification:piece_list')}?{urlencode({'q': text})}")


@login_required
def deposit_new(request: Request) -> HttpResponse:
    """Somebody brings instruments."""
    own_body(request.actor)
    form = ReceiveForm(request.POST or None, initial={"codes": request.GET.get("code", "")})

    def received() -> str:
        told = {name: form.cleaned_data[name] for name in ("brought_by", "phone", "note")}
        return reverse("verification:deposit", args=[taken_in(request.actor, form.lines(), **told).pk])

    return form_page(
        request, form, received, title=_("Take in at the counter"), verb=_("Take in"),
        back=reverse("verification:deposit_list"),
        lead=_("An instrument without an application gets one here. The slip is printed afterwards."),
        otherwise="codes",
    )  # fmt: skip


@login_required
def deposit(request: Request, pk: int) -> HttpResponseBase:
    """One deposit: what came, where each piece is, its slips."""
    shown = _visible(request, pk)
    here = shown.pieces.exclude(state="handed_back").count()
    page = ObjectPage(
        kind=_("Receipt slip"),
        name=shown.number,
        where=shown.owner.name,
        state_words=_("%(here)s of %(all)s pieces still here") % {"here": here, "all": shown.pieces.count()},
        state="piece.counter" if here else "piece.handed_back",
        since=shown.brought_on,
        crumbs=[Crumb(_("Counter"), reverse("verification:deposit_list"))],
        actions=_actions(request, shown),
        overview=lambda _r: _overview(shown),
        records=lambda r: PieceTable().embed(r, _pieces(r).filter(deposit=shown)),  # type: ignore[arg-type]
        proofs=lambda _r: _slips(shown),
        history=lambda _r: history_tab(shown),
    )
    return page.respond(request)


def _visible(request: Request, pk: int) -> Deposit:
    rows = Deposit.objects.visible_to(request.actor).select_related("owner", "body", "received_by")
    return get_object_or_404(rows, pk=pk)


def _overview(shown: Deposit) -> SafeString:
    tasks = list(shown.pieces.values_list("task", flat=True))
    fees = list(Fee.objects.filter(task__in=tasks, standing=True))
    return facts(
        Fact(_("Customer"), shown.owner.name),
        Fact(_("Verification body"), shown.body.name),
        Fact(_("Brought by"), shown.brought_by, note=shown.phone),
        Fact(_("Brought on"), shown.brought_on),
        Fact(_("To be done by"), shown.promised_on),
        Fact(_("Fee"), fee_total(fees, len(tasks))),
        Fact(_("Received by"), shown.received_by.name),
        Fact(_("Note"), shown.note),
        title=_("Particulars"),
    )


def _slips(shown: Deposit) -> SafeString:
    lines = [Fact(_("Receipt slip"), shown.number, url=reverse("verification:receipt_slip", args=[shown.pk]))]
    lines += [
        Fact(
            _("Hand-over slip"), slip.number, note=f"{slip.handed_on} {slip.collected_by}",
            url=reverse("verification:hand_back_slip", args=[slip.pk]),
        )
        for slip in shown.hand_backs.order_by("pk")
    ]  # fmt: skip
    return facts(*lines, title=_("Slips"))


def _actions(request: Request, shown: Deposit) -> list[Action]:
    slip = Action(_("Receipt slip (PDF)"), reverse("verification:receipt_slip", args=[shown.pk]), primary=True)
    here = shown.pieces.filter(state__in=["counter", "ready"]).values_list("pk", flat=True)
    verbs = [slip]
    if here and is_permitted(request.actor, "handover_return", organisations=[shown.body_id]):
        verbs.append(Action(_("Hand back"), reverse("verification:deposit_return", args=[shown.pk])))
    return verbs


@login_required
def receipt_slip(request: Request, pk: int) -> HttpResponse:
    """The receipt slip as PDF."""
    shown = _visible(request, pk)
    return pdf_answer(receipt_pdf(shown), shown.number)


@login_required
def hand_back_slip(request: Request, pk: int) -> HttpResponse:
    """A hand-over slip as PDF."""
    slips = HandBack.objects.filter(deposit__in=Deposit.objects.visible_to(request.actor))
    shown = get_object_or_404(slips.select_related("deposit__owner", "deposit__body", "handed_by"), pk=pk)
    return pdf_answer(hand_back_pdf(shown), shown.number)


@login_required
def deposit_return(request: Request, pk: int) -> HttpResponse:
    """All that is at the counter of one deposit goes back."""
    shown = _visible(request, pk)
    pieces = list(shown.pieces.filter(state__in=["counter", "ready"]).select_related("task__instrument"))
    return _handing_back(request, shown, pieces, reverse("verification:deposit", args=[pk]), ())


def _handing_back(request: Request, shown: Deposit, pieces: list[DepositPiece], back: str, carry: Any) -> HttpResponse:
    ask = Confirmation(
        title=_("Hand back what was brought on %(number)s") % {"number": shown.number}, verb=_("Hand back"), back=back,
        affected=len(pieces), form_class=CollectForm, carry=carry,
        examples=[f"{p.task.instrument.name} {p.task.instrument.printed_code}" for p in pieces[:8]],
        consequences=[_("The hand-over slip is made; whoever collects signs it.")],
    )  # fmt: skip
    if ask.confirmed(request) and ask.form is not None:
        handover_return(actor=request.actor, deposit=shown, pieces=pieces, **ask.form.cleaned_data)
        return redirect(f"{reverse('verification:deposit', args=[shown.pk])}?tab=proofs")
    return ask.respond(request)


@login_required
@require_POST
def pieces_return(request: Request) -> HttpResponse:
    """Ticked pieces of one deposit go back."""
    pieces = _ticked(request)
    deposits = {piece.deposit_id for piece in pieces}
    if len(deposits) != 1:
        raise InputRefused("several_deposits", "A hand-over slip is for one receipt slip: tick pieces of one.")
    shown = _visible(request, deposits.pop())
    return _handing_back(
        request, shown, pieces, reverse("verification:piece_list"), Selection.from_post(request).fields()
    )


@login_required
@require_POST
def pieces_take(request: Request) -> HttpResponse:
    """Ticked pieces go to the laboratory."""

    class HolderHere(HolderForm):
        """The form with the people of one's body."""

        def __init__(self, *args: Any, **options: Any) -> None:
            super().__init__(*args, bodies=request.actor.organisations(BODY_ROLES), **options)

    return _moved(
        request, handover_take, _("Take to the laboratory"), _("Whoever takes them has them from now on."), HolderHere
    )


@login_required
@require_POST
def pieces_bring(request: Request) -> HttpResponse:
    """Ticked pieces come back to the counter."""
    return _moved(
        request,
        handover_bring,
        _("Bring back to the counter"),
        _("You have them from now on, to be handed back."),
        None,
    )


def _moved(
    request: Request, act: Callable[..., None], verb: str, consequence: str, form_class: type[Any] | None
) -> HttpResponse:
    pieces = _ticked(request)
    ask = Confirmation(
        title=verb, verb=verb, back=reverse("verification:piece_list"), affected=len(pieces), form_class=form_class,
        consequences=[consequence], carry=Selection.from_post(request).fields(), reason_needed=False,
    )  # fmt: skip
    if ask.confirmed(request):
        told = ask.form.cleaned_data if ask.form is not None and form_class else {}
        for shown, found in _by_deposit(pieces).items():
            act(actor=request.actor, deposit=shown, pieces=found, **told)
        return redirect("verification:piece_list")
    return ask.respond(request)


def _ticked(request: Request) -> list[DepositPiece]:
    return list(PieceTable().selected(request, _pieces(request)))


def _by_deposit(pieces: Iterable[DepositPiece]) -> dict[Deposit, list[DepositPiece]]:
    found: dict[Deposit, list[DepositPiece]] = defaultdict(list)
    for piece in pieces:
        found[piece.deposit].append(piece)
    return found
