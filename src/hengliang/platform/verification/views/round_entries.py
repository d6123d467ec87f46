"""What is decided about single entries of a round: which one holds, and what becomes of an unknown instrument."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hengliang.platform.core.errors import PlatformError
from hengliang.platform.core.pages.confirm import Confirmation
from hengliang.platform.core.pages.form_page import form_page
from hengliang.platform.core.requests import Request
from hengliang.platform.core.rights import permit
from hengliang.platform.parties.models import Organisation
from hengliang.platform.registry.models import CatalogueItem, InstrumentState
from hengliang.platform.verification.forms.rounds import UnknownForm
from hengliang.platform.verification.models import FieldEntry, Round
from hengliang.platform.verification.rounds.standing import standing_of
from hengliang.platform.verification.rounds.words import subject_title, unknown_words
from hengliang.platform.verification.services import round_add, round_settle, unknown_file
from hengliang.platform.verification.views.rounds import rounds_crumb, visible_round


@login_required
def entry_settle(request: Request, pk: int, entry: int) -> HttpResponse:
    """A person says which entry holds, and why."""
    shown = visible_round(request, pk)
    permit(request.actor, "round_settle", organisations=[shown.body_id])
    chosen = get_object_or_404(FieldEntry.objects.select_related("person", "line__instrument"), round=shown, pk=entry)
    subject = standing_of(shown).of(chosen.subject)
    ask = Confirmation(
        title=_("This entry holds: %(what)s, %(who)s") % {"what": chosen.get_kind_display(), "who": chosen.person.name},
        verb=_("This one holds"),
        back=reverse("verification:round", args=[pk]),
        affected=1,
        examples=[subject_title(subject)] if subject else (),
        consequences=[
            _("The other entries stay readable; a record made of one of them is voided."),
            _("Its own record is made by its verifier, on this page or when the device is synchronised next."),
        ],
    )
    if ask.confirmed(request):
        round_settle(actor=request.actor, shown=shown, entry=chosen, reason=ask.reason)
        return redirect(ask.back)
    return ask.respond(request)


@login_required
def entry_file(request: Request, pk: int, entry: int) -> HttpResponse:
    """What a device met and no ledger knew is filed by a person."""
    shown = visible_round(request, pk)
    permit(request.actor, "instrument_file", organisations=[shown.organiser_id], region_id=shown.region_id)
    met = get_object_or_404(shown.entries.select_related("round__region", "round__organiser", "round__body"), pk=entry)
    told = met.content.get("unknown") or {}
    owners = Organisation.objects.filter(pk__in=_owners(shown)).order_by("name")
    initial = {
        "serial_number": told.get("serial"), "maker": told.get("maker"), "model": told.get("model"),
        "place": told.get("stall"), "owner": owners.filter(name=told.get("user")).first(),
        "item": CatalogueItem.objects.filter(code=str(told.get("item", ""))).first(),
    }  # fmt: skip
    form = UnknownForm(request.POST or None, owners=owners, initial=initial)
    back = reverse("verification:round", args=[pk])

    def filed() -> None:
        unknown_file(actor=request.actor, entry=met, **form.cleaned_data)

    return form_page(
        request, form, filed, title=_("File what was met on the round"), verb=_("File it"), crumbs=[rounds_crumb()],
        lead=_("As the verifier wrote it down: %(told)s.") % {"told": unknown_words(met)}, back=back,
    )  # fmt: skip


def _owners(shown: Round) -> "list[int]":
    """Users of the round, and of the market."""
    rows = InstrumentState.objects.current()
    found = set(rows.filter(instrument__round_lines__round=shown).values_list("owner", flat=True))
    if shown.organiser_id is not None:
        found |= set(rows.filter(market=shown.organiser_id).values_list("owner", flat=True)) | {shown.organiser_id}
    return sorted(found)


@login_required
@require_POST
def entry_add(request: Request, pk: int, entry: int) -> HttpResponse:
    """An instrument that was filed and accepted meanwhile joins the round."""
    shown = visible_round(request, pk)
    permit(request.actor, "round_add", organisations=[shown.body_id])
    met = get_object_or_404(shown.entries.exclude(instrument=None).select_related("instrument"), pk=entry)
    try:
        if met.instrument is not None:
            round_add(actor=request.actor, shown=shown, instrument=met.instrument)
    except PlatformError as refused:
        messages.error(request, str(refused))
    return redirect("verification:round", pk)
