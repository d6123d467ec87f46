"""Forms: Django's own, drawn by the kit. Set `FORM_RENDERER` to KitRenderer and `{{ form }}` is in the style."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.forms.renderers import DjangoTemplates
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hengliang.platform.core.interface import FIRST_DAY, LAST_DAY
from hengliang.platform.core.listed import listed

from .days import read_day
from .words import Words


class KitRenderer(DjangoTemplates):
    """Label above, hint, error beside the field, and at the top a summary that links to each field."""

    form_template_name = "core/form/form.html"
    field_template_name = "core/form/field.html"

    def render(self, template_name: str, context: dict[str, Any], request: Any = None) -> str:
        """A choice that is still open says what to do, where Django draws dashes."""
        for _group, options, _index in context.get("widget", {}).get("optgroups", ()):
            for option in options:
                if option["label"] == "---------":
                    option["label"] = _("Choose")
        return super().render(template_name, context, request)


class DayInput(forms.DateInput):
    """A day, typed in any usual spelling or picked, and always shown as 2026-11-22: never in the browser's own way."""

    template_name = "core/form/day_input.html"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"inputmode": "numeric", "autocomplete": "off", **(attrs or {})}, format="%Y-%m-%d")

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """What was typed, in the one spelling that every language reads; left as it is where it is no day."""
        typed = super().value_from_datadict(data, files, name)
        try:
            return read_day(typed).isoformat() if typed else typed
        except (TypeError, ValueError):
            return typed


class DayField(forms.DateField):
    """A day within the years that programs may name as well: a mistyped year is told at the field, not kept."""

    widget = DayInput
    default_validators = [
        MinValueValidator(FIRST_DAY, _("Before 1900-01-01: look at the year again.")),
        MaxValueValidator(LAST_DAY, _("After 2199-12-31: look at the year again.")),
    ]


class UnitInput(forms.NumberInput):
    """A number whose unit stands fixed behind it."""

    template_name = "core/form/unit_input.html"

    def __init__(self, unit: Words, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"inputmode": "decimal", "step": "any", **(attrs or {})})
        self.unit = unit

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """The unit beside what a number input has."""
        return {**super().get_context(name, value, attrs), "unit": self.unit}


class LookupInput(forms.TextInput):
    """One of very many, typed and picked. `options_url` names a view that answers `?q=` with a JSON list of
    `{"value", "label", "hint"}`. Without scripts the value itself (a code) is typed."""

    template_name = "core/form/lookup_input.html"

    def __init__(self, options_url: str, label_of: Any = None, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        self.options_url, self.label_of = options_url, label_of

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Where the options come from, and the words of the value chosen."""
        words = self.label_of(value) if value and self.label_of else value
        found = super().get_context(name, value, attrs)
        return {**found, "options_url": reverse(self.options_url), "words": words or ""}


@dataclass(frozen=True)
class Answer:
    """A line of “check your answers”: the question, what was answered, and where to change it."""

    question: Words
    answer: Any
    change_url: str = ""


def answers_of(form: forms.BaseForm, change_url: str = "") -> Sequence[Answer]:
    """The answers of a valid form in the words of its fields, each linking back to its field."""
    return [
        Answer(bound.label, _answer(bound, form.cleaned_data.get(bound.name)), f"{change_url}#{bound.auto_id}")
        for bound in form
        if not bound.is_hidden
    ]


def _answer(bound: forms.BoundField, value: Any) -> Any:
    choices = dict(getattr(bound.field, "choices", ()))
    if isinstance(value, (list, tuple, set)):
        return listed(choices.get(one, one) for one in value)
    try:
        return choices.get(value, value)
    except TypeError:
        return value
