"""Acts on one instrument, each on a page of its own; and filing one."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from hengliang.platform.core.errors import InputRefused, NotPermitted, PlatformError
from hengliang.platform.core.pages.objects import Crumb
from hengliang.platform.core.requests import Request
from hengliang.platform.core.rights import HOLDER_ROLES, Role
from hengliang.platform.registry.codes import spaced
from hengliang.platform.registry.forms import ActForm, FileForm
from hengliang.platform.registry.models import Instrument, InstrumentState
from hengliang.platform.registry.services import instrument_file
from hengliang.platform.registry.spoken import spoken
from hengliang.platform.registry.views.found import found_or_404
from hengliang.platform.registry.views.verbs import VERBS, Verb, permitted, possible


@login_required
def instrument_act(request: Request, code: str, act: str) -> HttpResponse:
    """One act on one instrument: what will happen, the form, and then the act."""
    shown = found_or_404(request, code).instrument
    verb = VERBS.get(act)
    entry = shown.states.current().select_related("owner", "market", "body").get()
    if verb is None or not permitted(request.actor, verb, entry):
        raise Http404
    back = reverse("registry:instrument", args=[shown.code])
    if not possible(verb, shown, entry):
        messages.warning(request, _("This is no longer possible in the present state."))
        return redirect(back)
    form = verb.form(
        request.actor, shown, request.POST if request.method == "POST" else None, initial=_initial(shown, entry)
    )
    if request.method == "POST" and form.is_valid() and _done(request, verb, form, shown):
        messages.success(request, _("Done: %(verb)s.") % {"verb": verb.label})
        return redirect(back)
    context = {
        "title": f"{verb.label} · {spoken(shown.name)} {spaced(shown.code)}",
        "lead": verb.says,
        "form": form,
        "verb": verb.label,
        "back": back,
        "crumbs": [Crumb(_("Ledger"), reverse("registry:list")), Crumb(str(shown), back)],
    }
    return render(request, "core/form/page.html", context, status=422 if form.is_bound else 200)


def _initial(shown: Instrument, entry: InstrumentState) -> dict[str, object]:
    """What stands in the ledger, as the form first shows it."""
    names = [field.attname for field in InstrumentState._meta.concrete_fields if field.name not in {"reason", "due_on"}]
    told = {name.removesuffix("_id"): getattr(entry, name) for name in names}
    told |= {
        field.attname.removesuffix("_id"): getattr(shown, field.attname) for field in Instrument._meta.concrete_fields
    }
    return {name: value for name, value in told.items() if name not in {"valid_from", "code", "id", "owner"}}


def _done(request: Request, verb: Verb, form: ActForm, shown: Instrument) -> bool:
    try:
        with transaction.atomic():
            verb.service(actor=request.actor, instrument=shown, **form.told())
    except PlatformError as refused:
        _tell(form, refused)
        return False
    return True


def _tell(form: ActForm, refused: PlatformError) -> None:
    field = refused.field if isinstance(refused, InputRefused) and refused.field in form.fields else None
    form.add_error(field, str(refused))


@login_required
def instrument_new(request: Request) -> HttpResponse:
    """File an instrument."""
    if not request.actor.has(Role.AUTHORITY, *HOLDER_ROLES):
        raise NotPermitted(
            "not_permitted",
            "You have no role that allows “%(act)s” here. Ask the administrator of your organisation.",
            act=_("File an instrument"),
        )
    form = FileForm(request.actor, None, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                made = instrument_file(actor=request.actor, **form.told())
        except PlatformError as refused:
            _tell(form, refused)
        else:
            messages.success(request, _("Filed. The authority has yet to accept it."))
            return redirect("registry:instrument", made.code)
    context = {
        "title": _("File an instrument"),
        "form": form,
        "verb": _("File an instrument"),
        "back": reverse("registry:list"),
        "crumbs": [Crumb(_("Ledger"), reverse("registry:list"))],
    }
    return render(request, "core/form/page.html", context, status=422 if form.is_bound else 200)
