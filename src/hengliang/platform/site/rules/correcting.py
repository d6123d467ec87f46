"""One figure of a rule corrected without a file: chosen by its words, given anew, written as an own rule."""

import datetime as dt
from decimal import Decimal, InvalidOperation
from itertools import groupby
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hengliang.norms import NormProblem, Value
from hengliang.platform.core.local_rules import proposal
from hengliang.platform.core.pages.forms import DayField
from hengliang.platform.core.pages.objects import Crumb
from hengliang.platform.core.requests import Request
from hengliang.platform.core.rule_rights import permit_on_rules
from hengliang.platform.site.rules.fault_words import fault_told
from hengliang.platform.site.rules.figures import Figure, figures_of
from hengliang.platform.site.rules.found import edition_of, rule_of
from hengliang.platform.site.rules.own import preview
from hengliang.platform.site.rules.rewriting import corrected
from hengliang.platform.site.rules.words import titled


class CorrectForm(forms.Form):
    """Which figure, what it is instead, from which day, and who says so."""

    figure = forms.ChoiceField(label=gettext_lazy("The value"))
    value = forms.CharField(label=gettext_lazy("New value"), max_length=40)
    start = DayField(
        label=gettext_lazy("In force from"),
        help_text=gettext_lazy(
            "The first day of this edition corrects the edition itself; a later day makes a new edition from then on."
        ),
    )
    document = forms.CharField(label=gettext_lazy("Document that says so"), max_length=200)
    clause = forms.CharField(label=gettext_lazy("Its clause"), max_length=200)

    def __init__(self, *args: Any, edition: Value, figures: list[Figure], **options: Any) -> None:
        super().__init__(*args, **options)
        self.edition, self.figures = edition, {figure.key: figure for figure in figures}
        self.fields["figure"] = forms.ChoiceField(label=gettext_lazy("The value"), choices=_grouped(figures))

    def clean_value(self) -> Decimal:
        """An exact number."""
        try:
            number = Decimal(str(self.cleaned_data["value"]).strip())
        except InvalidOperation:
            raise forms.ValidationError(_("It is no number."), code="number") from None
        if not number.is_finite():
            raise forms.ValidationError(_("It is no number."), code="number")
        if self.edition.kind == "period" and (number != number.to_integral_value() or number <= 0):
            raise forms.ValidationError(_("A period is a whole number of months."), code="months")
        return number

    def clean_start(self) -> dt.date:
        """A day of this edition."""
        day: dt.date = self.cleaned_data["start"]
        if day < self.edition.start:
            raise forms.ValidationError(_("The day lies before this edition."), code="day")
        return day

    def clean(self) -> dict[str, Any]:
        """Something that changes."""
        found: dict[str, Any] = super().clean() or {}
        figure = self.figures.get(found.get("figure", ""))
        if figure is not None and found.get("value") is not None and str(figure.now) == str(found["value"]):
            raise forms.ValidationError(_("It says so already."), code="same")
        return found


def _grouped(figures: list[Figure]) -> list[Any]:
    """The choices; those of one table and class, or of one row of a sheet, under a heading of their own."""
    choices: list[Any] = []
    for group, members in groupby(figures, key=lambda figure: figure.group):
        told = [(figure.key, figure.words) for figure in members]
        choices += [(group, told)] if group else told
    return choices


def _told(problem: NormProblem) -> str:
    fault = fault_told(problem)
    return " ".join([fault.where, fault.message, fault.remedy])


@login_required
def correct(request: Request, norm: str) -> HttpResponse:
    """The form; what it would change is shown by the same page as any own rule, before anything is taken over."""
    permit_on_rules(request.actor, "local_rule_put")
    shown = rule_of(norm)
    edition = edition_of(shown, request.GET.get("edition", ""), request.actor.today)
    figures = [] if edition.repealed else figures_of(edition)
    first = {"start": edition.start, "document": edition.source.document, "clause": edition.source.clause}
    form = CorrectForm(request.POST or None, edition=edition, figures=figures, initial=first)
    if request.method == "POST" and form.is_valid():
        figure = form.figures[form.cleaned_data["figure"]]
        given = proposal(*corrected(shown, edition, figure, form.cleaned_data))
        if not given.problems:
            return preview(request, given)
        form.add_error(None, _told(given.problems[0]))
    sheet = _("This rule keeps its figures in a sheet. Take it as a template and correct the CSV.")
    context = {
        "title": _("Correct a value: %(rule)s") % {"rule": titled(shown.title)},
        "lead": _("Shown before anything is taken over: what changes, and for which instruments.")
        if figures
        else sheet,
        "form": form,
        "verb": _("Show what changes"),
        "back": reverse("rules:rule", args=[shown.id]),
        "crumbs": [
            Crumb(_("Rules"), reverse("rules:rule_list")),
            Crumb(titled(shown.title), reverse("rules:rule", args=[shown.id]) + f"?edition={edition.start}"),
        ],
    }
    return render(request, "core/form/page.html", context, status=422 if form.is_bound else 200)
