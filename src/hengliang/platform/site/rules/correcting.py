"""One figure of a rule corrected without a file: chosen by its words, given anew, written as an own rule."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

import yaml
from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hengliang.norms import Norm, Value, procedure_of
from hengliang.norms.load import OWN_LAYER
from hengliang.norms.outline_limits import bracket_words
from hengliang.norms.outline_reader import Reader
from hengliang.platform.core.local_rules import proposal
from hengliang.platform.core.pages.forms import DayInput
from hengliang.platform.core.pages.objects import Crumb
from hengliang.platform.core.requests import Request
from hengliang.platform.core.rule_rights import permit_on_rules
from hengliang.platform.site.rules.found import edition_of, rule_of
from hengliang.platform.site.rules.outline import language, text_of
from hengliang.platform.site.rules.own import preview
from hengliang.platform.site.rules.words import key_words, titled

Steps = tuple[str | int, ...]
LIMITS = ("plus_minus", "low", "high", "from", "to", "value")


@dataclass(frozen=True)
class Figure:
    """A number of a rule's content: the steps that lead to it, its place in words, what it is now."""

    steps: Steps
    words: str
    now: Decimal

    @property
    def key(self) -> str:
        """The steps as one text."""
        return "/".join(str(step) for step in self.steps)


class _Dumper(yaml.SafeDumper):
    def ignore_aliases(self, data: Any) -> bool:
        """Everything is written out: rules have no aliases."""
        return True


def _number(dumper: yaml.SafeDumper, number: Decimal) -> yaml.ScalarNode:
    """An exact number as it is written: without a tag, whole ones without a point."""
    text = f"{number:f}"
    return dumper.represent_scalar(f"tag:yaml.org,2002:{'float' if '.' in text else 'int'}", text)


_Dumper.add_representer(Decimal, _number)


def figures_of(value: Value) -> list[Figure]:
    """The numbers of a rule that the page corrects: scalars, limits, rounding; what lies in a sheet is left to it."""
    content = value.content
    if value.kind == "scalar":
        return [Figure(("value",), titled(value.title), Decimal(content["value"]))]
    if value.kind == "bracket_table":
        return list(_brackets(("brackets",), content["brackets"], ""))
    return list(_limits(value)) if value.kind == "procedure" else []


def _limits(value: Value) -> Iterator[Figure]:
    procedure = procedure_of(value)
    reader = Reader(procedure, language())
    for at, table in enumerate(value.content.get("tables", ())):
        if "csv" in table:
            continue
        limits = procedure.tables[table["id"]]
        for number, row in enumerate(table["rows"]):
            title = " · ".join(filter(None, [titled(table["title"]), reader.conditions(limits.rows[number].when)]))
            for each, bracket in enumerate(row["brackets"]):
                edges = bracket_words(reader, limits, limits.rows[number], limits.rows[number].brackets[each])
                steps: Steps = ("tables", at, "rows", number, "brackets", each)
                yield from _bracket(steps, bracket, " · ".join(filter(None, [title, edges])))


def _brackets(steps: Steps, brackets: list[Mapping[str, Any]], title: str) -> Iterator[Figure]:
    for at, bracket in enumerate(brackets):
        edges = f"{text_of(bracket.get('from'))} … {text_of(bracket.get('to'))}"
        yield from _bracket((*steps, at), bracket, " ".join(filter(None, [title, edges])))


def _bracket(steps: Steps, bracket: Mapping[str, Any], title: str) -> Iterator[Figure]:
    for key in LIMITS:
        if key == "from" and steps[-1]:
            continue  # the edge that it shares with the bracket below, corrected there
        now = bracket.get(key)
        if isinstance(now, (int, Decimal)) and not isinstance(now, bool):
            yield Figure((*steps, key), f"{title} · {key_words(key)} {now}", Decimal(now))


class CorrectForm(forms.Form):
    """Which figure, what it is instead, from which day, and who says so."""

    figure = forms.ChoiceField(label=gettext_lazy("The value"))
    value = forms.CharField(label=gettext_lazy("New value"), max_length=40)
    start = forms.DateField(
        label=gettext_lazy("In force from"),
        widget=DayInput,
        help_text=gettext_lazy(
            "The first day of this edition corrects the edition itself; a later day makes a new edition from then on."
        ),
    )
    document = forms.CharField(label=gettext_lazy("Document that says so"), max_length=200)
    clause = forms.CharField(label=gettext_lazy("Its clause"), max_length=200)

    def __init__(self, *args: Any, edition: Value, figures: list[Figure], **options: Any) -> None:
        super().__init__(*args, **options)
        self.edition, self.figures = edition, {figure.key: figure for figure in figures}
        self.fields["figure"] = forms.ChoiceField(
            label=gettext_lazy("The value"), choices=[(figure.key, figure.words) for figure in figures]
        )

    def clean_value(self) -> Decimal:
        """An exact number."""
        try:
            number = Decimal(str(self.cleaned_data["value"]).strip())
        except InvalidOperation:
            raise forms.ValidationError(_("It is no number."), code="number") from None
        if not number.is_finite():
            raise forms.ValidationError(_("It is no number."), code="number")
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


def corrected(norm: Norm, edition: Value, figure: Figure, told: Mapping[str, Any]) -> str:
    """The own file that gives the figure anew: what the authority laid over this rule before, and the edition whole."""
    kept = {value.start: _given(value, value.content) for value in norm.values if value.layer == OWN_LAYER}
    content = _replaced(edition.content, figure.steps, told["value"])
    for steps in _same_edge(edition.content, figure):
        content = _replaced(content, steps, told["value"])
    source = {"document": told["document"], "clause": told["clause"], "quote": None, "basis": "read"}
    own = {told["start"]: {**_given(edition, content), "source": source}}
    head = {"id": norm.id, "title": dict(norm.title), "kind": norm.kind, "status": "draft"}
    unit = {"unit": norm.unit} if norm.unit else {}
    values = dict(sorted((kept | own).items()))
    text: str = yaml.dump({**head, **unit, "values": values}, Dumper=_Dumper, allow_unicode=True, sort_keys=False)
    return text


def _same_edge(content: Any, figure: Figure) -> Iterator[Steps]:
    """Where the bracket above begins at the edge that is corrected: an edge is one figure, and stays one."""
    if figure.steps[-1] != "to":
        return
    *above, at, _key = figure.steps
    brackets = content
    for step in above:
        brackets = brackets[step]
    if isinstance(at, int) and at + 1 < len(brackets) and brackets[at + 1].get("from") == figure.now:
        yield (*above, at + 1, "from")


def _given(value: Value, content: Any) -> dict[str, Any]:
    source = value.source
    told = {"document": source.document, "clause": source.clause, "quote": source.quote, "basis": source.basis}
    via = {"via": source.via} if source.via else {}
    if value.repealed:
        return {"source": told | via, "repealed": True}
    return {"source": told | via, **{key: inner for key, inner in content.items() if key != "amends"}}


def _replaced(content: Any, steps: Steps, number: Decimal) -> Any:
    if not steps:
        return number
    first, *rest = steps
    if isinstance(content, Mapping):
        return {key: _replaced(v, tuple(rest), number) if key == first else v for key, v in content.items()}
    return [_replaced(v, tuple(rest), number) if at == first else v for at, v in enumerate(content)]


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
        text = corrected(shown, edition, form.figures[form.cleaned_data["figure"]], form.cleaned_data)
        given = proposal(text, {})
        if not given.problems:
            return preview(request, given)
        form.add_error(None, str(given.problems[0]))
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
