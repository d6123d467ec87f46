"""Pages of the stock of a body: its account, who has what in hand, and the acts on it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from hengliang.platform.certificates.forms.stock import (
    DestroyForm,
    HandOutForm,
    ReceiveForm,
    SpoilForm,
    StockForm,
    TakeBackForm,
)
from hengliang.platform.certificates.marks.kinds import kind_title
from hengliang.platform.certificates.marks.removal import due_off, removals
from hengliang.platform.certificates.marks.stock import Left, accounts, bodies_seen, holders, in_hand, in_store, skipped
from hengliang.platform.certificates.models import Mark, MarkBatch, Stocktaking
from hengliang.platform.certificates.services import (
    mark_destroy,
    mark_spoil,
    marks_hand_out,
    marks_receive,
    marks_take_back,
)
from hengliang.platform.core.pages.form_page import form_page
from hengliang.platform.core.pages.objects import Action, Crumb
from hengliang.platform.core.requests import Request
from hengliang.platform.core.rights import Actor, is_permitted, permit
from hengliang.platform.parties.models import Organisation, Person

LATEST, MOST_OFF = 200, 50
FORMS: dict[str, tuple[type[StockForm | SpoilForm], Any]] = {
    "marks_receive": (ReceiveForm, marks_receive),
    "marks_hand_out": (HandOutForm, marks_hand_out),
    "marks_take_back": (TakeBackForm, marks_take_back),
    "mark_spoil": (SpoilForm, mark_spoil),
}


@dataclass(frozen=True)
class Held:
    """What a person has in hand: by series its kind, what is left, and which numbers of it were skipped."""

    person: Person
    lines: list[tuple[str, Left, str]]


def body_or_404(request: Request, pk: int) -> Organisation:
    """A body whose stock the actor sees."""
    if (found := bodies_seen(request.actor).filter(pk=pk).first()) is None:
        raise Http404
    return found


@login_required
def stock_choice(request: Request) -> HttpResponse:
    """The stock of one's own body; whoever oversees several chooses."""
    bodies = list(bodies_seen(request.actor))
    if len(bodies) == 1:
        return redirect("certificates:stock", bodies[0].pk)
    context = {"title": _("Stock of marks"), "bodies": bodies}
    return render(request, "certificates/stock_choice.html", context)


@login_required
def stock(request: Request, body_pk: int) -> HttpResponse:
    """What a body received, has in its store, handed out, used and wrote off."""
    body, today = body_or_404(request, body_pk), request.actor.today
    marks = Mark.objects.visible_to(request.actor).filter(body=body)
    batches = MarkBatch.objects.visible_to(request.actor).filter(series__body=body).select_related("series")
    context = {
        "title": _("Stock of marks"),
        "body": body,
        "actions": _actions(request.actor, body),
        "accounts": [(kind_title(one.kind, today), one) for one in accounts(body=body, on=today)],
        "store": [(kind_title(one.kind, today), one) for one in in_store(body=body)],
        "held": [_held(body, one, today) for one in holders(body=body, on=today)],
        "batches": [(kind_title(b.series.kind, today), b) for b in batches.order_by("-received_on", "-pk")[:LATEST]],
        "removals": [(kind_title(one.mark.kind, today), one) for one in removals(marks, MOST_OFF)],
        "more": max(0, due_off(marks).count() - MOST_OFF),
        "may_remove": is_permitted(request.actor, "mark_remove", organisations=[body.pk], region_id=body.region_id),
        "open": Stocktaking.objects.visible_to(request.actor).filter(body=body, state="differs").count(),
        "crumbs": [Crumb(_("Labels, marks and seals"), reverse("certificates:mark_list"))],
    }
    return render(request, "certificates/stock.html", context)


def _held(body: Organisation, person: Person, on: date) -> Held:
    gaps = {one.series: one.words for one in skipped(body=body, person=person, on=on)}
    left = in_hand(body=body, person=person, on=on)
    return Held(person, [(kind_title(one.kind, on), one, gaps.get(one.series, "")) for one in left])


def _actions(actor: Actor, body: Organisation) -> list[Action]:
    offered = {
        "marks_receive": (_("Receive a batch"), "certificates:marks_receive"),
        "marks_hand_out": (_("Hand out"), "certificates:marks_hand_out"),
        "marks_take_back": (_("Take back"), "certificates:marks_take_back"),
        "mark_spoil": (_("Write off a spoiled one"), "certificates:mark_spoil"),
        "stock_count": (_("Count"), "certificates:stock_count"),
        "mark_destroy": (_("Destroy"), "certificates:mark_destroy"),
    }
    return [
        Action(verb, reverse(url, args=[body.pk]), primary=act == "marks_hand_out", danger=act == "mark_destroy")
        for act, (verb, url) in offered.items()
        if is_permitted(actor, act, organisations=[body.pk], region_id=body.region_id)
    ]


@login_required
def stock_act(request: Request, body_pk: int, act: str) -> HttpResponse:
    """A batch is received, a run handed out or taken back, a number written off."""
    body, today = body_or_404(request, body_pk), request.actor.today
    permit(request.actor, act, organisations=[body.pk], region_id=body.region_id)
    form_class, do = FORMS[act]
    form = form_class(request.POST or None, request.FILES or None, body=body, today=today)
    titles = {
        "marks_receive": _("Receive a batch of marks"),
        "marks_hand_out": _("Hand out marks"),
        "marks_take_back": _("Take marks back"),
        "mark_spoil": _("Write off a spoiled mark"),
    }
    back = reverse("certificates:stock", args=[body.pk])

    def enter(**told: Any) -> str:
        do(actor=request.actor, body=body, **told)
        return back

    return form_page(request, form, lambda: enter(**form.cleaned_data), title=titles[act], verb=titles[act], back=back)


@login_required
def stock_destroy(request: Request, body_pk: int) -> HttpResponse:
    """Marks are destroyed before two people."""
    body, today = body_or_404(request, body_pk), request.actor.today
    permit(request.actor, "mark_destroy", organisations=[body.pk], region_id=body.region_id)
    gone = Mark.objects.filter(body=body, state__in=["spoiled", "removed"]).select_related("series")
    shown = gone.filter(pk__in=gone.order_by("on", "pk").values("pk")[:LATEST]).order_by("on", "pk")
    own = Person.objects.filter(accounts=request.actor.account_id or 0).values_list("pk", flat=True).first()
    form = DestroyForm(request.POST or None, body=body, today=today, gone=shown, initial={"first_person": own})
    back, title = reverse("certificates:stock", args=[body.pk]), _("Destroy marks")

    def enter(gone: Any, kind: str, first: str, last: str, **told: Any) -> str:
        runs = [(kind, first, last)] if first else []
        mark_destroy(actor=request.actor, body=body, marks=list(gone), runs=runs, **told)
        return back

    return form_page(request, form, lambda: enter(**form.cleaned_data), title=title, verb=title, back=back)
