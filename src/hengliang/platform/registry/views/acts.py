"""Acts on one instrument, each on a page of its own; and filing one."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from hengliang.platform.core.errors import NotPermitted
from hengliang.platform.core.pages.form_page import form_page, sent
from hengliang.platform.core.pages.objects import Crumb
from hengliang.platform.core.requests import Request
from hengliang.platform.core.rights import HOLDER_ROLES, Role
from hengliang.platform.registry.codes import spaced
from hengliang.platform.registry.forms import FileForm
from hengliang.platform.registry.models import Instrument, InstrumentState
from hengliang.platform.registry.services import instrument_file
from hengliang.platform.registry.spoken import spoken
from hengliang.platform.registry.views.found import found_or_404
from hengliang.platform.registry.views.verbs import VERBS, permitted, possible


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
    form = verb.form(request.actor, shown, sent(request), initial=_initial(shown, entry))

    def acted() -> str:
        with transaction.atomic():
            verb.service(actor=request.actor, instrument=shown, **form.told())
        return back

    return form_page(
        request, form, acted, title=f"{verb.label} · {spoken(shown.name)} {spaced(shown.code)}", lead=verb.says,
        verb=verb.label, back=back, crumbs=[Crumb(_("Ledger"), reverse("registry:list")), Crumb(str(shown), back)],
        done=_("Done: %(verb)s.") % {"verb": verb.label},
    )  # fmt: skip


def _initial(shown: Instrument, entry: InstrumentState) -> dict[str, object]:
    """What stands in the ledger, as the form first shows it."""
    names = [field.attname for field in InstrumentState._meta.concrete_fields if field.name not in {"reason", "due_on"}]
    told = {name.removesuffix("_id"): getattr(entry, name) for name in names}
    told |= {
        field.attname.removesuffix("_id"): getattr(shown, field.attname) for field in Instrument._meta.concrete_fields
    }
    return {name: value for name, value in told.items() if name not in {"valid_from", "code", "id", "owner"}}


@login_required
def instrument_new(request: Request) -> HttpResponse:
    """File an instrument."""
    if not request.actor.has(Role.AUTHORITY, *HOLDER_ROLES):
        raise NotPermitted(
            "not_permitted",
            "You have no role that allows “%(act)s” here. Ask the administrator of your organisation.",
            act=_("File an instrument"),
        )
    form = FileForm(request.actor, None, sent(request))

    def filed() -> str:
        with transaction.atomic():
            made = instrument_file(actor=request.actor, **form.told())
        return reverse("registry:instrument", args=[made.code])

    return form_page(
        request, form, filed, title=_("File an instrument"), verb=_("File an instrument"),
        back=reverse("registry:list"), crumbs=[Crumb(_("Ledger"), reverse("registry:list"))],
        done=_("Filed. The authority has yet to accept it."),
    )  # fmt: skip
