"""Fields that several forms of marks have."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hengliang.platform.certificates.marks.kinds import MarkKind, mark_kinds
from hengliang.platform.certificates.marks.stock import in_hand
from hengliang.platform.core.pages.forms import DayField
from hengliang.platform.parties.models import Organisation, Person
from hengliang.platform.verification.models import Record

SUGGESTED = 12


class NumberInput(forms.TextInput):
    """A number of a mark, typed or scanned, with those in hand to pick from."""

    template_name = "certificates/number_input.html"

    def __init__(self, suggested: Iterable[str] = (), attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"autocomplete": "off", "spellcheck": "false", **(attrs or {})})
        self.suggested = list(suggested)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """The numbers to pick from, beside what a text input has."""
        return {**super().get_context(name, value, attrs), "suggested": self.suggested}


def kind_field(day: date, kinds: Iterable[MarkKind] | None = None) -> forms.ChoiceField:
    """Which kind of mark: of these, or of all that the rule has on the day."""
    choices = [(one.code, one.title) for one in (kinds if kinds is not None else mark_kinds(day).values())]
    return forms.ChoiceField(label=_("Kind of mark"), choices=choices)


def reason_field() -> forms.CharField:
    """Why; one line."""
    return forms.CharField(label=_("Reason"), max_length=200)


def day_field(label: Any = "", *, today: date) -> forms.DateField:
    """The day of the act; today unless it was another."""
    return DayField(label=label or pgettext_lazy("day of an act", "On"), initial=today)


def photograph_field(*, required: bool = False) -> forms.FileField:
    """One picture from a camera."""
    return forms.FileField(
        label=_("Photograph"), required=required, widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png"}),
        help_text=_("JPEG or PNG, up to 8 MB. Where and with what it was taken is removed from the file."),
    )  # fmt: skip


def people_of(body: Organisation) -> Any:
    """The people who work at a body, or hold a role there."""
    rows = Person.objects.filter(organisation=body) | Person.objects.filter(accounts__roles__organisation=body)
    return rows.filter(accounts__isnull=False).distinct().order_by("name", "pk")


def suggested(record: Record, on: date, kind: str = "") -> list[str]:
    """The next numbers in the hands of whoever verified."""
    held = in_hand(body=record.task.placed_body, person=record.verifier, on=on, kind=kind)
    return [number for left in held for number in left.numbers(SUGGESTED)]
