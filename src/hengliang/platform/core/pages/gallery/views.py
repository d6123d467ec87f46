"""The gallery: all parts on one page, and the pages that show one thing."""

import datetime as dt

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from .. import desk, looks, objects, values
from ..forms import Answer
from ..words import Words
from . import drawings, entry, lists
from .sample import ON, PLACES

ANSWERS: dict[str, tuple[looks.Tone, Words]] = {
    "valid": ("good", _("This scale is within its period of verification")),
    "expired": ("bad", _("The verification of this scale has expired")),
    "unknown": ("open", _("No instrument has this code")),
}
WRONG = {"owner": "", "wanted_on": "2026-02-31", "capacity": "-1"}


def index(request: HttpRequest) -> HttpResponse:
    """The parts, one below the other."""
    messages.success(request, _("Certificate issued."))
    messages.warning(request, _("Two rows were left out: see the list of errors."))
    drawn = drawings.drawings().items()
    shown = {
        "title": _("Gallery"),
        "on": ON,
        "overdue": ON - dt.timedelta(days=12),
        "soon": ON + dt.timedelta(days=9),
        "states": lists.STATES,
        "tones": looks.SHAPES,
        "absences": [one.value for one in values.Absent],
        "work": _work(),
        "figures": _figures(),
        "form": entry.ApplicationForm(WRONG if "errors" in request.GET else None),
        "answers": [Answer(_("What is wrong?"), _("The seal is broken"), "#"), Answer(_("Your telephone"), None, "#")],
        "grid": entry.weighing().render(request),
        "charts": [(chart, reverse("pages:gallery_chart", args=[name])) for name, chart in drawn],
    }
    return render(request, "core/gallery/index.html", shown)


def _work() -> SafeString:
    url = reverse("pages:gallery_table")
    return desk.work_list(
        [
            desk.Work(148, _("instruments due within 30 days"), f"{url}?state=due_soon", "warning", ON),
            desk.Work(12, _("instruments overdue"), f"{url}?state=overdue", "bad", ON - dt.timedelta(days=109)),
            desk.Work(7, _("certificates awaiting your seal"), f"{url}?state=to_seal", "pending", ON),
            desk.Work(0, _("complaints"), url),
        ]
    )


def _figures() -> SafeString:
    rate = _("Instruments tested, passed or failed, of all due by this day")
    url = reverse("pages:gallery_table")
    return desk.figures(
        desk.Figure(_("Tested rate"), 94.27, rate, ON, "%", 1, url),
        desk.Figure(_("Instruments in use"), 20138, _("In the ledger and in use"), ON, url=url),
        desk.Figure(_("Coverage of projects"), values.Absent.NO_SOURCE, _("Needs the approved list of projects"), ON),
    )


def citizen(request: HttpRequest, answer: str) -> HttpResponse:
    """The page a citizen sees after scanning."""
    tone, words = ANSWERS.get(answer, ANSWERS["unknown"])
    evidence = objects.facts(
        objects.Fact(_("Code"), "HL0420107"),
        objects.Fact(_("Place"), PLACES[0]),
        objects.Fact(_("Valid until"), dt.date(2027, 3, 1)),
        title=_("Evidence"),
    )
    shown = {
        "title": words,
        "question": "电子计价秤 HL0420107",
        "answer": words,
        "answer_tone": tone,
        "answer_more": _("Verified on 2 March 2026 by the Metrology Institute of Jiangcheng."),
        "evidence": evidence,
        "report_url": reverse("pages:gallery_question"),
    }
    return render(request, "core/citizen/answer.html", shown)


urlpatterns = [
    path("gallery", index, name="gallery"),
    path("gallery/table", lists.table, name="gallery_table"),
    path("gallery/empty", lists.empty, name="gallery_empty"),
    path("gallery/object/<int:pk>", lists.instrument, name="gallery_object"),
    path("gallery/stop", lists.stop, name="gallery_stop"),
    path("gallery/remind", lists.remind, name="gallery_remind"),
    path("gallery/districts", lists.districts, name="gallery_districts"),
    path("gallery/chart/<slug:name>", drawings.chart, name="gallery_chart"),
    path("gallery/citizen/<slug:answer>", citizen, name="gallery_citizen"),
    path("gallery/question", entry.question, name="gallery_question"),
    path("gallery/verdict", entry.verdict, name="gallery_verdict"),
    path("gallery/save", entry.save, name="gallery_save"),
]
