"""Labels to print, and finding an instrument by its label."""

from typing import Any

import segno
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from hengliang.platform.core.pages.objects import Crumb
from hengliang.platform.core.requests import Request
from hengliang.platform.registry.codes import spaced
from hengliang.platform.registry.offers import offers
from hengliang.platform.registry.selectors.find import instrument_visible, instruments_by_number
from hengliang.platform.registry.views.bulk import MOST, chosen
from hengliang.platform.registry.views.found import found_or_404


def qr(text: str) -> SafeString:
    """The QR code of a text as SVG, dark on its own white ground, so that it is read from a dark page too."""
    made = segno.make(text, error="m", micro=False)
    return SafeString(made.svg_inline(scale=3, border=2, light="#fff", dark="#000", omitsize=True, svgclass="qr"))


@login_required
def labels(request: Request) -> HttpResponse:
    """A sheet of labels for the ticked instruments, or for the one asked for."""
    if request.method == "POST":
        rows = [row.instrument for row in chosen(request)[:MOST]]
    else:
        rows = [found_or_404(request, request.GET.get("code", "")).instrument]
    pieces = [*rows, *(part for row in rows for part in row.parts.filter(merged_into=None).order_by("part_label"))]
    made = [
        {"name": one.name, "part": one.part_label, "serial": one.serial_number, "code": spaced(one.code),
         "qr": qr(request.build_absolute_uri(reverse("registry:instrument", args=[one.code])))}
        for one in pieces
    ]  # fmt: skip
    context = {"title": _("Labels"), "labels": made, "crumbs": [Crumb(_("Ledger"), reverse("registry:list"))]}
    return render(request, "registry/labels.html", context)


@login_required
def scan(request: Request) -> HttpResponse:
    """Find an instrument by its label: by camera where the browser can, else by typing the code or any number."""
    asked = request.GET.get("code", "").strip()[:200]
    context: dict[str, Any] = {"title": _("Scan a code"), "asked": asked, "found": []}
    if asked:
        led = instrument_visible(request.actor, asked)
        if led is not None:
            return redirect("registry:instrument", led.instrument.code)
        rows = [
            instruments_by_number(request.actor, asked),
            *(found(request.actor, asked) for found in offers.searches),
        ]
        context["found"] = list({one.pk: one for some in rows for one in some[:20]}.values())
    return render(request, "registry/scan.html", context)
