"""What people type at the counter: what was handed in and out, fees, invoices, working time, conditions."""

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from hengliang.platform.core.pages.confirm import ReasonForm
from hengliang.platform.core.pages.forms import DayField, UnitInput
from hengliang.platform.parties.models import Organisation, Person
from hengliang.platform.registry.models import CatalogueItem
from hengliang.platform.verification.at_counter import Brought
from hengliang.platform.verification.fees import exemptions
from hengliang.platform.verification.models import Round

_LINE = re.compile(r"[\t，,;；]+")
MOST_LINES = 200


class ReceiveForm(forms.Form):
    """Instruments that somebody brings to the counter."""

    codes = forms.CharField(
        label=_("Codes of the instruments"),
        widget=forms.Textarea(attrs={"rows": 5, "autofocus": True}),
        max_length=20_000,
        help_text=_(
            "Scan or type one a line. Behind a comma: its condition, and behind another its accessories, where they "
            "differ from those below."
        ),
    )
    condition = forms.CharField(label=_("Condition"), max_length=200, help_text=_("For example: no damage seen."))
    accessories = forms.CharField(label=_("Accessories"), max_length=200, required=False)
    brought_by = forms.CharField(label=_("Brought by"), max_length=100)
    phone = forms.CharField(label=_("Telephone"), max_length=40, required=False)
    note = forms.CharField(label=_("Note"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2}))

    def clean_codes(self) -> str:
        """No more lines than a slip takes: what is beyond would be lost unseen."""
        text = str(self.cleaned_data["codes"])
        if (count := sum(bool(line.strip()) for line in text.splitlines())) > MOST_LINES:
            raise forms.ValidationError(
                _("%(count)s lines; a slip takes at most %(most)s. Take the others in on another slip."),
                params={"count": count, "most": MOST_LINES},
            )
        return text

    def lines(self) -> Sequence[Brought]:
        """The lines, each code once, with what the form says for all of them."""
        said = self.cleaned_data
        found: dict[str, Brought] = {}
        for line in said["codes"].splitlines():
            parts = [part.strip() for part in _LINE.split(line.strip())]
            if parts[0]:
                condition = parts[1] if len(parts) > 1 and parts[1] else said["condition"]
                more = parts[2] if len(parts) > 2 else said["accessories"]
                found.setdefault(parts[0], Brought(parts[0], condition, more))
        return list(found.values())


class HolderForm(forms.Form):
    """Who takes pieces to the laboratory."""

    holder: Any = forms.ModelChoiceField(Person.objects.none(), label=_("Who takes them"))

    def __init__(self, *args: Any, bodies: Any = (), **options: Any) -> None:
        super().__init__(*args, **options)
        field = cast("forms.ModelChoiceField[Person]", self.fields["holder"])
        field.queryset = Person.objects.filter(organisation__in=bodies).order_by("name")


class CollectForm(forms.Form):
    """Who came for the pieces."""

    collected_by = forms.CharField(label=_("Collected by"), max_length=100)
    note = forms.CharField(label=_("Note"), max_length=300, required=False)


class AmountForm(ReasonForm):
    """Another amount, and why."""

    amount = forms.DecimalField(
        label=_("Amount"), widget=UnitInput(_("CNY")), min_value=Decimal(0), max_digits=12, decimal_places=2
    )
    field_order = ("amount", "reason")


class ExemptionForm(ReasonForm):
    """On which ground and document a fee is let off."""

    ground = forms.ChoiceField(label=_("Ground"))
    document = forms.CharField(
        label=_("Document"), max_length=120, help_text=_("Number or title; without it, no exemption.")
    )
    evidence = forms.FileField(label=_("The document as a file"), required=False)
    field_order = ("ground", "document", "evidence", "reason")

    def __init__(self, *args: Any, on: date, **options: Any) -> None:
        super().__init__(*args, **options)
        cast("forms.ChoiceField", self.fields["ground"]).choices = [
            (one.code, f"{one.title}（{one.share:%}）") for one in exemptions(on).values()
        ]


class InvoiceForm(forms.Form):
    """To whom the invoice is made out."""

    title = forms.CharField(label=_("Buyer’s title"), max_length=200)
    code = forms.CharField(label=_("Unified social credit code"), max_length=18)


class InvoiceNumberForm(forms.Form):
    """What stands on the invoice that was made."""

    invoice_number = forms.CharField(label=_("Invoice number"), max_length=40)
    invoiced_on = DayField(label=_("Invoiced on"))


class ConditionsForm(forms.Form):
    """The environment, as read during the measurement."""

    temperature = forms.DecimalField(
        label=_("Temperature"), widget=UnitInput("°C"), min_value=-80, max_value=100, max_digits=5, decimal_places=1
    )
    humidity = forms.DecimalField(
        label=_("Relative humidity"), widget=UnitInput("%"), min_value=0, max_value=100, max_digits=4, decimal_places=1
    )
    other = forms.CharField(label=_("Other conditions"), max_length=200, required=False)


class ConditionsAddendumForm(ConditionsForm):
    """What the conditions were, and why they are corrected."""

    place = forms.CharField(
        label=_("Place"), max_length=300, required=False,
        help_text=_("Only where the record names a wrong one; empty, it stays."),
    )  # fmt: skip
    reason = forms.CharField(label=_("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


def _round_words(one: Round) -> str:
    return f"{one.number} {one.starts_on} {one.place}"


class WorkTimeForm(forms.Form):
    """What one person spent on one item on one day."""

    person: Any = forms.ModelChoiceField(Person.objects.none(), label=_("Person"))
    worked_on = DayField(label=_("Day"))
    item: Any = forms.ModelChoiceField(CatalogueItem.objects.none(), label=_("Kind of instrument"))
    pieces = forms.IntegerField(label=_("Pieces done"), min_value=0, max_value=100_000)
    hours = forms.DecimalField(
        label=_("At work"), widget=UnitInput(_("h")), min_value=Decimal("0.1"), max_value=24, max_digits=4,
        decimal_places=1,
    )  # fmt: skip
    travel_hours = forms.DecimalField(
        label=_("On the way"), widget=UnitInput(_("h")), min_value=0, max_value=24, max_digits=4, decimal_places=1,
        initial=0,
    )  # fmt: skip
    kilometres = forms.DecimalField(
        label=_("Distance"), widget=UnitInput("km"), min_value=0, max_digits=6, decimal_places=1, initial=0
    )
    visit: Any = forms.ModelChoiceField(
        Round.objects.none(), label=_("Round"), required=False, help_text=_("The round that it was spent on.")
    )
    job = forms.CharField(label=_("Application, or in words"), max_length=60, required=False)

    def __init__(self, *args: Any, body: Organisation, **options: Any) -> None:
        super().__init__(*args, **options)
        rounds = cast("forms.ModelChoiceField[Round]", self.fields["visit"])
        rounds.queryset = Round.objects.filter(body=body).exclude(state="cancelled").order_by("-starts_on", "-pk")
        rounds.label_from_instance = _round_words  # type: ignore[method-assign, assignment]
        people = cast("forms.ModelChoiceField[Person]", self.fields["person"])
        people.queryset = Person.objects.filter(organisation=body).order_by("name")
        items = cast("forms.ModelChoiceField[CatalogueItem]", self.fields["item"])
        items.queryset = CatalogueItem.objects.order_by("rank", "code")
        items.label_from_instance = lambda item: item.spoken  # type: ignore[method-assign, assignment]
