"""What identifies an instrument, asked when it is filed, corrected or given a part."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hengliang.platform.core.pages.forms import DayField
from hengliang.platform.registry.forms.acts import ActForm, ReasonedForm
from hengliang.platform.registry.forms.fields import ItemField, PartyField, RegionField, own_organisation
from hengliang.platform.registry.models import Instrument, Purpose


class IdentityFields(forms.ModelForm):  # type: ignore[type-arg]
    """What identifies an instrument."""

    class Meta:
        model = Instrument
        fields = ("name", "category", "model", "serial_number", "manufacturer", "origin", "measuring_range",
                  "accuracy_class", "quantity", "made_on")  # fmt: skip
        field_classes = {"made_on": DayField}


def identity_fields() -> dict[str, forms.Field]:
    """The fields of an identity, for forms that ask more than that; the name has a default."""
    fields = dict(IdentityFields.base_fields)
    fields["name"].required = False
    return fields


class CorrectForm(ReasonedForm):
    """The identity as it should be."""

    dated = False

    def prepare(self) -> None:
        """All that can be corrected."""
        self.fields["item"] = ItemField()
        self.fields |= identity_fields()

    def told(self) -> dict[str, Any]:
        """Everything, empty days too."""
        return self.cleaned_data


class PartForm(ActForm):
    """A part judged singly."""

    def prepare(self) -> None:
        """Its label and what differs from the whole."""
        self.fields["label"] = forms.CharField(label=_("Part"), max_length=40, help_text=_("Such as “Nozzle 1”."))
        self.fields["serial_number"] = forms.CharField(label=_("Serial number"), max_length=100, required=False)
        self.fields["due_on"] = DayField(label=_("Due on"), required=False)

    def told(self) -> dict[str, Any]:
        """What was left empty it has from the whole."""
        return {name: value for name, value in self.cleaned_data.items() if value not in (None, "")}


class FileForm(ActForm):
    """An instrument that enters the ledger."""

    def prepare(self) -> None:
        """Identity, user, place, purpose, and what is known of its last verification."""
        self.fields["item"] = ItemField()
        self.fields |= identity_fields()
        self.fields["serial_number"].required = True
        self.fields["ecqs"] = forms.CharField(label=_("e-CQS number"), max_length=100, required=False)
        self.fields["owner"] = PartyField(
            self.actor, options="registry:parties", label=_("User"), initial=own_organisation(self.actor)
        )
        self.fields["region"] = RegionField(self.actor, label=_("Region"))
        self.fields["parts"] = forms.CharField(
            label=_("Parts judged singly"),
            required=False,
            max_length=1000,
            widget=forms.Textarea({"rows": 2}),
            help_text=_("Nozzles, charging guns, platforms: one a line, such as “Nozzle 1”. Each is verified singly."),
        )
        self.fields["place"] = forms.CharField(label=_("Place of use"), max_length=300, required=False)
        self.fields["purpose"] = forms.ChoiceField(label=_("Purpose"), choices=Purpose.choices)
        self.fields["on_site"] = forms.BooleanField(label=_("Verified on site"), required=False)
        self.fields["last_on"] = DayField(label=_("Last verified on"), required=False)
        self.fields["due_on"] = DayField(label=_("Valid until"), required=False)

    def told(self) -> dict[str, Any]:
        """For the service; a last verification that is named was passed, or there would be no validity."""
        told = {name: value for name, value in self.cleaned_data.items() if value not in (None, "")}
        if ecqs := told.pop("ecqs", ""):
            told["codes"] = {"ecqs": ecqs}
        if parts := told.pop("parts", ""):
            told["parts"] = [line.strip() for line in parts.splitlines() if line.strip()]
        if told.get("last_on"):
            told["last_result"] = "pass"
        return told
