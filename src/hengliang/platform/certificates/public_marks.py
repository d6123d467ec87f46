"""The public page of a number: a citizen types what stands on the label, and reads whether it is in order.

Numbers run on, so whoever wants to may ask for one after the other: nothing is told that names a user of instruments,
no certificate is opened from here, and of the serial number only its end, to compare.
"""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hengliang.platform.certificates.forms.marks import LookUpForm
from hengliang.platform.certificates.marks.carried import (
    AWAITED,
    IN_FORCE,
    IN_STOCK,
    NOT_USED,
    TAKEN_OFF,
    TO_BE_REMOVED,
    NumberAnswer,
    answer_of_mark,
    in_stock,
    marks_by_number,
)
from hengliang.platform.certificates.marks.kinds import kind_title
from hengliang.platform.certificates.models import Mark
from hengliang.platform.certificates.selectors import (
    CANCELLED,
    EXPIRED,
    FAILED,
    IN_ORDER,
    REPLACED,
    UNKNOWN,
    WITHDRAWN,
)
from hengliang.platform.core.pages.objects import Fact, facts
from hengliang.platform.core.requests import Request
from hengliang.platform.registry.spoken import spoken

TONES = {
    IN_ORDER: "good", IN_FORCE: "good", AWAITED: "pending", TAKEN_OFF: "muted", REPLACED: "muted", UNKNOWN: "open",
}  # fmt: skip
SHOWN_OF_SERIAL = 4


@require_safe
def public_mark(request: Request) -> HttpResponse:
    """Whether a number is in order, off, or not known; with the form for another."""
    form = LookUpForm(request.GET if request.GET.get("number", "").strip() else None)
    answers: list[dict[str, object]] = []
    if form.is_valid():
        found = marks_by_number(form.cleaned_data["number"])
        answers = [_told(answer_of_mark(mark, request.actor.today), request) for mark in found]
        unseen = IN_STOCK if not found and in_stock(form.cleaned_data["number"]) else UNKNOWN
        answers = answers or [_told(NumberAnswer(unseen), request)]
    context = {"title": _("Is this number in order?"), "form": form, "answers": answers}
    return render(request, "certificates/public_mark.html", context)


def _told(answer: NumberAnswer, request: Request) -> dict[str, object]:
    words, mark = _words(answer), answer.mark
    tone = TONES.get(answer.verdict, "bad")
    more = _more(answer)
    if mark is not None and mark.certificate is not None and mark.certificate.training:
        more = _("Of a proof in earnest it would say here: “%(answer)s”") % {"answer": f"{words} {more}".strip()}
        words, tone = _("For training only: this proof has no legal force."), "open"
    return {"words": words, "tone": tone, "more": more, "evidence": _evidence(mark, request) if mark else ""}


def _words(answer: NumberAnswer) -> str:
    name = spoken(answer.mark.instrument.name) if answer.mark and answer.mark.instrument else ""
    says = {
        IN_ORDER: _("Yes. This number stands on a %(name)s that is verified and in order."),
        IN_FORCE: _("Yes. This seal stands on a %(name)s."),
        AWAITED: _("This number was put on a %(name)s; its certificate is being made."),
        EXPIRED: _("No. The verification of this %(name)s has expired."),
        TO_BE_REMOVED: _("No. What this number stood for is good no longer; it is to be removed."),
        TAKEN_OFF: _("No. This number was taken off its instrument."),
        NOT_USED: _("No. This number was never put on an instrument and is written off."),
        IN_STOCK: _("No. This number is still in the stock of a verification body: it was never used."),
        CANCELLED: _("No. This %(name)s failed; the mark says so."),
        FAILED: _("No. This %(name)s did not pass verification."),
        WITHDRAWN: _("No. The proof of this %(name)s was withdrawn."),
        REPLACED: _("The proof behind this number was replaced by a newer one."),
        UNKNOWN: _("We don’t know this number."),
    }
    return says.get(answer.verdict, says[UNKNOWN]) % {"name": name}


def _more(answer: NumberAnswer) -> str:
    if answer.verdict == UNKNOWN:
        return _("Check it once more. A label with a false number is a forgery: report it.")
    if answer.verdict == IN_STOCK:
        return _("If it stands on an instrument before you, it was put there by nobody who may: report it.")
    certificate = answer.mark.certificate if answer.mark else None
    if certificate is not None and certificate.valid_until is not None:
        if answer.verdict == IN_ORDER:
            return _("Valid until %(day)s.") % {"day": certificate.valid_until.isoformat()}
        if answer.verdict == EXPIRED:
            return _("It was valid until %(day)s.") % {"day": certificate.valid_until.isoformat()}
    return ""


def _evidence(mark: Mark, request: Request) -> str:
    lines = [
        Fact(kind_title(mark.kind, request.actor.today), mark.number),
        Fact(_("Verification body"), mark.body.name),
    ]
    instrument = mark.instrument
    if instrument is not None:
        lines += [
            Fact(_("Instrument"), f"{spoken(instrument.name)} {instrument.model}".strip()),
            Fact(
                _("Serial number"),
                f"…{instrument.serial_number[-SHOWN_OF_SERIAL:]}" if instrument.serial_number else "",
                note=_("Compare it with the plate of the instrument before you."),
            ),
            *([Fact(_("Place on the instrument"), mark.place)] if mark.place else []),
            Fact(_("Day put on"), mark.on),
        ]
    return facts(*lines, title=_("What it rests on"))


def beside(marks: list[Mark], request: Request) -> list[Fact]:
    """The numbers that the instrument itself should show, for the page of its certificate."""
    return [
        Fact(
            kind_title(mark.kind, request.actor.today),
            mark.number,
            note=_("to be removed from the instrument")
            if mark.state == "to_remove"
            else _("Compare it with the one on the instrument."),
        )
        for mark in marks
    ]
