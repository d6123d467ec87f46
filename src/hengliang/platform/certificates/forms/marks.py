"""Forms of a mark on an instrument: put on, photographed, taken off, found, looked up."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hengliang.platform.certificates.forms.fields import (
    NumberInput,
    day_field,
    kind_field,
    photograph_field,
    reason_field,
    suggested,
)
from hengliang.platform.certificates.marks.kinds import kinds_for
from hengliang.platform.verification.models import Record


class RemoveForm(forms.Form):
    """A mark is off."""

    taken_off_by = forms.CharField(
        label=_("Taken off by"), max_length=200, help_text=_("A person, or the firm that repaired the instrument.")
    )

    def __init__(self, *args: Any, today: date, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["on"] = day_field(_("Taken off on"), today=today)
        self.fields["reason"] = reason_field()
        self.fields["photograph"] = photograph_field()


class FoundForm(forms.Form):
    """A lost number turned up."""

    reason = forms.CharField(label=_("Where it was found"), max_length=200)


class PhotographForm(forms.Form):
    """One photograph."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["photograph"] = photograph_field(required=True)


class PutOnForm(forms.Form):
    """A mark is put on, with the record that it rests on."""

    number = forms.CharField(label=_("Number"), max_length=40, help_text=_("Typed or scanned."))
    place = forms.CharField(
        label=_("Place on the instrument"), max_length=100, required=False, help_text=_("Needed for seals.")
    )

    def __init__(self, *args: Any, record: Record, today: date, **more: Any) -> None:
        super().__init__(*args, **more)
        instrument = record.task.instrument
        parts = [(part.pk, part.part_label) for part in instrument.parts.order_by("part_label")]
        self.fields["kind"] = kind_field(today, kinds_for(record))
        self.fields["number"].widget = NumberInput(suggested(record, today))
        if parts:
            self.fields["part"] = forms.ChoiceField(
                label=_("On which part"), required=False, choices=[("", _("the whole instrument")), *parts]
            )
        self.fields["on"] = day_field(_("Day put on"), today=today)
        self.fields["photograph"] = photograph_field()
        self.order_fields(["kind", "number", "part", "place"])


class LookUpForm(forms.Form):
    """A number that a citizen reads off an instrument."""

    number = forms.CharField(
        label=_("Number on the label, mark or seal"), max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "autocapitalize": "characters"}),
    )  # fmt: skip
