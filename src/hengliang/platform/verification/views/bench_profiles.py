"""Mapping profiles of a body's own benches: listed, drawn up over a sample, looked at version by version, withdrawn."""

from collections.abc import Mapping
from typing import Any

import yaml
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from hengliang.platform.core.errors import PlatformError
from hengliang.platform.core.pages.acts import history_tab
from hengliang.platform.core.pages.confirm import Confirmation
from hengliang.platform.core.pages.form_page import form_page, given
from hengliang.platform.core.pages.objects import Action, Crumb, Fact, ObjectPage, facts
from hengliang.platform.core.requests import Request
from hengliang.platform.core.rights import is_permitted, permit
from hengliang.platform.registry.imports import limits
from hengliang.platform.registry.models import CatalogueItem
from hengliang.platform.verification.benches.profile import shipped
from hengliang.platform.verification.benches.profiles_of import laid_over
from hengliang.platform.verification.benches.samples import bytes_of, sample_of
from hengliang.platform.verification.forms.lots import items_with_profiles
from hengliang.platform.verification.forms.profiles import SampleForm, own_bodies
from hengliang.platform.verification.models import BenchProfile, VerificationRegime
from hengliang.platform.verification.profile_work import Editor
from hengliang.platform.verification.services import bench_profile_withdraw, bench_profile_write
from hengliang.platform.verification.tables.lots import BenchProfileTable

_MANAGED = "bench_profile_write"


def _crumbs(*more: Crumb) -> list[Crumb]:
    lots = Crumb(_("Bench lots"), reverse("verification:lot_list"))
    return [lots, Crumb(_("Mapping profiles"), reverse("verification:bench_profile_list")), *more]


def _visible(request: Request) -> QuerySet[BenchProfile]:
    return BenchProfile.objects.visible_to(request.actor).select_related("body", "act")


@login_required
def bench_profile_list(request: Request) -> HttpResponseBase:
    """The body's own profiles, the newest version of each."""
    newest = _visible(request).order_by("body_id", "name", "-pk").distinct("body_id", "name")
    rows = _visible(request).filter(pk__in=newest.values("pk"))
    verbs = []
    if own_bodies(request.actor).exists():
        verbs.append(Action(_("Draw up a profile"), reverse("verification:bench_profile_new"), primary=True))
    return BenchProfileTable().respond(request, rows, actions=verbs)


@login_required
def bench_profile_new(request: Request) -> HttpResponse:
    """A sample of the bench is sent; then its columns are assigned, with a preview."""
    permit(request.actor, _MANAGED, organisations=[body.pk for body in own_bodies(request.actor)])
    if request.POST.get("sample"):
        return _edited(request, None)
    form = SampleForm(request.actor, *given(request))

    def columns() -> HttpResponse:
        told = form.cleaned_data
        sample = sample_of(told["file"].read(limits.MAX_FILE_BYTES + 1))
        editor = Editor(told["body"], told["item"], told["regime"], sample, request.actor.today, {}, {})
        return _page(request, editor, None)

    return form_page(
        request, form, columns, title=_("Draw up a mapping profile"), verb=_("Show its columns"), crumbs=_crumbs(),
        back=reverse("verification:bench_profile_list"),
        lead=_("Send a file as the bench writes it. You then say which column holds what, and see at once what is "
               "read. Nothing is judged or entered by it."),
    )  # fmt: skip


@login_required
def bench_profile_edit(request: Request, pk: int) -> HttpResponse:
    """The next version of a profile, over the sample of the last or a new one."""
    own = get_object_or_404(_visible(request), pk=pk)
    permit(request.actor, _MANAGED, organisations=[own.body_id])
    if request.POST.get("sample"):
        return _edited(request, own)
    base, tried = shipped()[own.base], own.document.get("tried", {})
    items = CatalogueItem.objects.filter(pk__in=items_with_profiles()).order_by("rank")
    first = items.filter(code=tried.get("item", "")).first() or items.filter(code__startswith=base.items[0]).first()
    if not own.sample or not own.document or first is None:
        messages.info(request, _("This version was saved without a sample; send a file of the bench."))
        return redirect("verification:bench_profile_new")
    regime = tried.get("regime", "")
    regime = regime if regime in VerificationRegime.values else VerificationRegime.INITIAL
    editor = Editor(own.body, first, regime, own.sample, request.actor.today, {}, own.document)
    return _page(request, editor, own)


def _edited(request: Request, own: BenchProfile | None) -> HttpResponse:
    """What was filled in: shown anew, or saved."""
    told: Mapping[str, str] = request.POST.dict()
    bodies = own_bodies(request.actor)
    body = own.body if own else get_object_or_404(bodies, pk=_number(told.get("body")))
    items = CatalogueItem.objects.filter(pk__in=items_with_profiles())
    item = get_object_or_404(items, pk=_number(told.get("item")))
    regime = told.get("regime", "")
    regime = regime if regime in VerificationRegime.values else VerificationRegime.INITIAL
    before: Mapping[str, Any] = {"base": own.base} if own else {}
    editor = Editor(body, item, regime, told["sample"], request.actor.today, told, before)
    if request.headers.get("HX-Request"):
        return _part(request, editor)
    try:
        bytes_of(editor.sample)
        name = own.name if own else told.get("name", "")
        made = bench_profile_write(
            actor=request.actor, body=body, name=name, document=editor.document, sample=editor.sample,
            version=int(_number(told.get("seen"))),
        )  # fmt: skip
    except PlatformError as refused:
        return _page(request, editor, own, str(refused))
    messages.success(
        request, _("Version %(version)s is saved. The next file is read by it.") % {"version": made.version}
    )
    return redirect("verification:bench_profile", made.pk)


def _number(text: str | None) -> str:
    return text if text and text.isascii() and text.isdecimal() and len(text) < 12 else "0"


def _page(request: Request, editor: Editor, own: BenchProfile | None, refused: str = "") -> HttpResponse:
    here = Crumb(own.name, reverse("verification:bench_profile", args=[own.pk])) if own else None
    context = {
        **_context(editor), "own": own, "refused": refused, "crumbs": _crumbs(*([here] if here else [])),
        "name": own.name if own else editor.told.get("name", ""),
        "seen": editor.told.get("seen", str(own.version) if own else "0"),
        "title": _("Next version of “%(name)s”") % {"name": own.name} if own else _("Draw up a mapping profile"),
    }  # fmt: skip
    return render(request, "verification/bench_profile_edit.html", context, status=422 if refused else 200)


def _part(request: Request, editor: Editor) -> HttpResponse:
    return render(request, "verification/bench_profile_part.html", _context(editor))


def _context(editor: Editor) -> dict[str, Any]:
    return {"editor": editor, "tried": editor.tried, "problem": editor.problem}


@login_required
def bench_profile(request: Request, pk: int) -> HttpResponseBase:
    """One version: what it reads as what, and the other versions of its name."""
    shown = get_object_or_404(_visible(request), pk=pk)
    versions = list(_visible(request).filter(body=shown.body_id, name=shown.name).order_by("-pk"))
    last = versions[0]
    verbs = []
    if is_permitted(request.actor, _MANAGED, organisations=[shown.body_id]):
        verbs.append(Action(_("Next version"), reverse("verification:bench_profile_edit", args=[pk]), primary=True))
        if not last.withdrawn:
            verbs.append(Action(_("Withdraw"), reverse("verification:bench_profile_withdraw", args=[pk]), danger=True))
    return ObjectPage(
        kind=_("Mapping profile"),
        name=f"{shown.name} · {_('version %(n)s') % {'n': shown.version}}",
        where=shown.body.name,
        state="bench_profile.withdrawn" if last.withdrawn else
        ("bench_profile.current" if shown.pk == last.pk else "bench_profile.former"),
        since=shown.act.on,
        crumbs=_crumbs(),
        actions=verbs,
        overview=lambda r: _overview(r, shown, versions),  # type: ignore[arg-type]
        history=lambda _r: history_tab(shown),
    ).respond(request)  # fmt: skip


def _overview(request: Request, shown: BenchProfile, versions: list[BenchProfile]) -> SafeString:
    profile = laid_over(shown)
    told = facts(
        Fact(_("Verification body"), shown.body.name),
        Fact(_("Laid over"), shipped()[shown.base].title),
        Fact(_("In use from"), shown.act.on),
        Fact(_("Drawn up by"), shown.act.account_name),
        title=_("Particulars"),
    )
    context = {"facts": told, "profile": profile, "own": shown, "versions": versions}
    return SafeString(render_to_string("verification/bench_profile.html", context, request=request))


@login_required
def bench_profile_file(request: Request, pk: int) -> HttpResponse:
    """The document as a file, of the shape of the shipped ones."""
    shown = get_object_or_404(_visible(request), pk=pk)
    told = dict(laid_over(shown).document)
    text = yaml.safe_dump(told, allow_unicode=True, sort_keys=False, width=120)
    answer = HttpResponse(text, content_type="application/yaml; charset=utf-8")
    name = content_disposition_header(True, f"{shown.name}-{shown.version}.yaml")
    answer["Content-Disposition"] = name or "attachment"
    return answer


@login_required
def bench_profile_drop(request: Request, pk: int) -> HttpResponse:
    """Withdraw a profile, with the reason."""
    shown = get_object_or_404(_visible(request), pk=pk)
    permit(request.actor, "bench_profile_withdraw", organisations=[shown.body_id])
    back = reverse("verification:bench_profile", args=[pk])
    ask = Confirmation(
        title=_("Withdraw the mapping profile “%(name)s”") % {"name": shown.name}, verb=_("Withdraw"), back=back,
        danger=True, crumbs=_crumbs(Crumb(shown.name, back)),
        consequences=[
            _("No further file is recognised by it; a new version brings it back."),
            _("Lots that were read by it keep it as it was used."),
        ],
    )  # fmt: skip
    if not ask.confirmed(request):
        return ask.respond(request)
    try:
        made = bench_profile_withdraw(actor=request.actor, profile=shown, reason=ask.reason)
    except PlatformError as refused:
        messages.error(request, str(refused))
        return redirect(back)
    return redirect("verification:bench_profile", made.pk)
