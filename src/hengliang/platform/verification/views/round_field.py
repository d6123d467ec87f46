"""A round in the field: the page that works without a network, its worker, and what it exchanges with the platform."""

import hashlib
import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_POST

from hengliang.platform.core.errors import InputRefused, PlatformError
from hengliang.platform.core.pages.looks import Tone
from hengliang.platform.core.requests import Request
from hengliang.platform.core.rights import permit
from hengliang.platform.parties.selectors import person_of
from hengliang.platform.verification.errors import PackageRefused
from hengliang.platform.verification.models import Round
from hengliang.platform.verification.rounds.field_words import field_words
from hengliang.platform.verification.rounds.refusals import refusal_words
from hengliang.platform.verification.rounds.standing import Subject, standing_of
from hengliang.platform.verification.rounds.wire import read_results
from hengliang.platform.verification.rounds.words import subject_words
from hengliang.platform.verification.services import Receipt, round_records, round_synchronise, round_take_out
from hengliang.platform.verification.services.round_take_out import require_verifier

STYLES = (
    "core/tokens.css",
    "core/dark.css",
    "core/base.css",
    "core/parts.css",
    "core/form.css",
    "verification/round.css",
)
SCRIPTS = ("field", "form", "judge", "label", "list", "scan", "sign", "store", "wire")
WORKER = "verification/round-worker.js"
LARGEST_UPLOAD = 16 * 1024 * 1024


def _visible(request: Request, pk: int) -> Round:
    rows = Round.objects.visible_to(request.actor).select_related("body", "organiser", "first", "second")
    shown = get_object_or_404(rows, pk=pk)
    permit(request.actor, "round_take_out", organisations=[shown.body_id])
    return shown


@login_required
@ensure_csrf_cookie
def field_page(request: Request, pk: int) -> HttpResponse:
    """The page in the field, for one of the two verifiers. It holds nothing of the round but its number."""
    shown = _visible(request, pk)
    person = person_of(request.actor)
    require_verifier(shown, person)
    words = json.dumps(field_words(), ensure_ascii=False)
    context = {"round": shown, "person": person.pk, "title": shown.number, "words": words}
    return render(request, "verification/round_field.html", context)


@login_required
def field_worker(request: Request, pk: int) -> HttpResponse:
    """The worker that keeps the page; its address is below the page, so that it reaches nothing else."""
    shown = _visible(request, pk)
    assets = [staticfiles_storage.url(name) for name in STYLES]
    assets += [staticfiles_storage.url("core/mark.svg")]
    # Modules import one another by their plain names, the page the first of them by the name that it is served under.
    plain = [f"{settings.STATIC_URL}verification/round-{name}.js" for name in SCRIPTS]
    assets = list(dict.fromkeys([*assets, staticfiles_storage.url("verification/round-field.js"), *plain]))
    page = reverse("verification:round_field", args=[shown.pk])
    version = hashlib.sha256(json.dumps([assets, _contents(), get_language()]).encode()).hexdigest()[:12]
    told = json.dumps({"cache": f"round-{shown.pk}@{version}", "assets": [page, *assets], "page": page})
    source = f"self.ROUND = {told};\nimportScripts({json.dumps(staticfiles_storage.url(WORKER))});\n"
    return HttpResponse(source, content_type="text/javascript; charset=utf-8")


def _contents() -> list[str]:
    """Digests of the scripts and styles: with them the worker's bytes change whenever one of them does."""
    from django.contrib.staticfiles import finders

    names = [*STYLES, WORKER, *(f"verification/round-{name}.js" for name in SCRIPTS)]
    found = [finders.find(name) for name in names]
    digests = []
    for path in found:
        if path:
            with Path(path).open("rb") as file:
                digests.append(hashlib.file_digest(file, "sha256").hexdigest())
    return digests


@login_required
@require_POST
def field_take(request: Request, pk: int) -> JsonResponse:
    """The package for this verifier on this device."""
    shown = _visible(request, pk)
    try:
        asked = json.loads(request.body)
        device, afresh = str(asked["device"]), asked.get("afresh") is True
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as fault:
        raise InputRefused(
            "device_name", "The device has no valid name; open the page again.", field="device"
        ) from fault
    try:
        package = round_take_out(actor=request.actor, shown=shown, device=device, afresh=afresh)
    except PlatformError as refused:
        return JsonResponse({"detail": str(refused), "code": refused.code}, status=refused.status)
    return JsonResponse({"content": package.content, "sha256": package.sha256, "signature": package.signature})


@login_required
@require_POST
def field_synchronise(request: Request, pk: int) -> JsonResponse:
    """The results of a device are entered; acknowledged once they are written."""
    shown = _visible(request, pk)
    try:
        receipt = round_synchronise(actor=request.actor, shown=shown, content=request.body)
    except PlatformError as refused:
        return JsonResponse({"detail": str(refused), "code": refused.code}, status=refused.status)
    return JsonResponse(_acknowledged(shown, receipt, request.body))


def _acknowledged(shown: Round, receipt: Receipt, content: bytes) -> dict[str, Any]:
    """What became of each entry of a file, and in one sentence of all of them."""
    subjects = {one.key: one for one in standing_of(shown).subjects}
    states, told = {}, []
    for entry in read_results(content).entries:
        refusal = receipt.refused.get(entry["sequence"])
        subject = subjects.get(entry["subject"][:140])
        states[entry["sequence"]] = refusal or (subject.state if subject else "")
        if refusal or _asks(subject):
            says = refusal_words(refusal) if refusal else subject_words(subject) if subject else ""
            told.append({"subject": entry["subject"], "words": says})
    return {"states": states, "entries": told, **_sentence(receipt, told, subjects.values())}


def _asks(subject: Subject | None) -> bool:
    return subject is not None and (subject.state in ("conflict", "unknown") or subject.in_the_way is not None)


def _sentence(receipt: Receipt, told: list[dict[str, str]], subjects: Any) -> dict[str, str]:
    passed, failed = (sum(one.state == state for one in subjects) for state in ("passed", "failed"))
    tone: Tone = "warning" if told else "good"
    words = _("%(new)s entries taken, %(known)s known already. In the round: %(passed)s passed, %(failed)s failed.") % {
        "new": receipt.entered, "known": receipt.known, "passed": passed, "failed": failed,
    }  # fmt: skip
    if told:
        words += _(" %(count)s need a look:") % {"count": len(told)}
    return {"words": words, "tone": "success" if tone == "good" else tone}


@login_required
@require_POST
def results_upload(request: Request, pk: int) -> HttpResponse:
    """The file that a device exported, brought by hand."""
    shown, file = _visible(request, pk), request.FILES.get("file")
    if file is None or (file.size or 0) > LARGEST_UPLOAD:
        messages.error(request, _("Choose the file that the device exported, of at most 16 MB."))
        return redirect("verification:round", pk)
    try:
        receipt = round_synchronise(actor=request.actor, shown=shown, content=file.read())
    except PackageRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _sentence(receipt, [], standing_of(shown).subjects)["words"])
    return redirect("verification:round", pk)


@login_required
@require_POST
def records_enter(request: Request, pk: int) -> HttpResponse:
    """The actor's own entries that stand become records."""
    shown = _visible(request, pk)
    made = round_records(actor=request.actor, shown=shown)
    messages.info(request, _("%(count)s records made.") % {"count": made})
    return redirect("verification:round", pk)
