"""Orders: the list, one of them, and how it ends."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from hengliang.platform.core.models import Act
from hengliang.platform.core.pages.acts import event_of
from hengliang.platform.core.pages.confirm import Confirmation
from hengliang.platform.core.pages.form_page import form_page
from hengliang.platform.core.pages.objects import Action, Crumb, Fact, ObjectPage, facts, history
from hengliang.platform.core.requests import Request
from hengliang.platform.core.rights import is_permitted, permit
from hengliang.platform.core.selectors import attachments_of, history_of
from hengliang.platform.registry.spoken import spoken
from hengliang.platform.supervision.forms import CloseForm
from hengliang.platform.supervision.models import Order
from hengliang.platform.supervision.papers.rectification import paper_number, rectification_pdf
from hengliang.platform.supervision.selectors import order_list as orders_of
from hengliang.platform.supervision.services import order_close, order_withdraw
from hengliang.platform.supervision.tables import OrderTable, instrument_url, order_state
from hengliang.platform.verification.ledger_offers import verbs as work_verbs
from hengliang.platform.verification.views.papers import pdf_answer


@login_required
def order_list(request: Request) -> HttpResponseBase:
    """The orders that one gave or got."""
    return OrderTable().respond(request, orders_of(request.actor))


def _visible(request: Request, pk: int) -> Order:
    return get_object_or_404(orders_of(request.actor).select_related("act"), pk=pk)


@login_required
def order(request: Request, pk: int) -> HttpResponseBase:
    """One order: what it asks for, by when, and what showed that it was done."""
    shown = _visible(request, pk)
    page = ObjectPage(
        kind=shown.get_kind_display(),
        name=f"{spoken(shown.instrument.name)} {shown.instrument.printed_code}",
        where=shown.owner.name,
        state=order_state(shown),
        since=shown.issued_on,
        crumbs=[Crumb(_("Orders"), reverse("supervision:order_list"))],
        actions=_actions(request, shown),
        overview=lambda _r: _overview(shown),
        proofs=lambda _r: _evidence(shown),
        history=lambda _r: history([event_of(act) for act in _acts(shown)]),
    )
    return page.respond(request)


def _acts(shown: Order) -> list[Act]:
    """What was done about it; one act sends many orders, and then names none of them."""
    found = list(history_of(shown))
    return found if shown.act in found else [*found, shown.act]


def _overview(shown: Order) -> SafeString:
    return facts(
        Fact(
            _("Instrument"),
            f"{spoken(shown.instrument.name)} {shown.instrument.printed_code}",
            url=instrument_url(shown.instrument.code),
        ),
        Fact(_("Addressed to"), shown.owner.name),
        Fact(_("Reason"), shown.reason),
        Fact(_("Issued on"), shown.issued_on),
        *([Fact(_("Term (working days)"), shown.days)] if shown.days else []),
        *([Fact(_("To be done by"), shown.due_by, note=_provisional(shown))] if shown.due_by else []),
        title=_("Particulars"),
    )


def _provisional(shown: Order) -> str:
    return _("The holidays of that year are not yet known: the day is provisional.") if shown.provisional else ""


def _evidence(shown: Order) -> SafeString:
    files = attachments_of(shown)
    lines = [Fact(f.name, f.sha256, note="SHA-256", url=reverse("core:attachment", args=[f.pk])) for f in files]
    return facts(*(lines or [Fact(_("Evidence that it was done"), "")]), title=_("Evidence that it was done"))


def _actions(request: Request, shown: Order) -> list[Action]:
    actor = request.actor
    verbs = {
        "order_close": Action(
            _("Close on evidence"), reverse("supervision:order_close", args=[shown.pk]), primary=True
        ),
        "order_withdraw": Action(_("Withdraw"), reverse("supervision:order_withdraw", args=[shown.pk]), danger=True),
    }
    paper = [Action(_("Order (PDF)"), reverse("supervision:order_paper", args=[shown.pk]))]
    printed = paper if shown.kind == Order.Kind.RECTIFICATION else []
    if shown.state != "open":
        return printed
    own = [verb for act, verb in verbs.items() if is_permitted(actor, act, region_id=shown.region_id)]
    # What it asks for begins here, for whoever has to do it; whoever closes it sees that it is under way.
    return [*work_verbs(request, shown.instrument), *printed, *own]


@login_required
def order_paper(request: Request, pk: int) -> HttpResponse:
    """A rectification order as PDF."""
    shown = _visible(request, pk)
    return pdf_answer(rectification_pdf(shown), paper_number(shown))


@login_required
def close(request: Request, pk: int) -> HttpResponse:
    """An order is closed, on evidence."""
    shown = _visible(request, pk)
    permit(request.actor, "order_close", region_id=shown.region_id)
    form = CloseForm(request.POST or None, request.FILES or None, needed=shown.kind == Order.Kind.RECTIFICATION)
    back = reverse("supervision:order", args=[pk])

    def closed() -> None:
        told = form.cleaned_data
        order_close(actor=request.actor, order=shown, reason=told["reason"], evidence=told["evidence"])

    return form_page(
        request, form, closed, title=_("Close on evidence"), verb=_("Close on evidence"), back=back,
        lead=f"{spoken(shown.instrument.name)} {shown.instrument.printed_code} · {shown.owner.name}",
        done=_("The order is closed."), otherwise="evidence",
    )  # fmt: skip


@login_required
def withdraw(request: Request, pk: int) -> HttpResponse:
    """An order is withdrawn, with its reason."""
    shown = _visible(request, pk)
    permit(request.actor, "order_withdraw", region_id=shown.region_id)
    ask = Confirmation(
        title=_("Withdraw the order about %(instrument)s") % {"instrument": shown.instrument.printed_code},
        verb=_("Withdraw"),
        back=reverse("supervision:order", args=[pk]),
        affected=1,
        danger=True,
        consequences=[_("The user is told that it no longer stands. It stays in the history.")],
    )
    if ask.confirmed(request):
        order_withdraw(actor=request.actor, order=shown, reason=ask.reason)
        return redirect("supervision:order", pk)
    return ask.respond(request)
