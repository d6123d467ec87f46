"""Forms of the stock of marks: received, handed out, taken back, written off, destroyed, counted."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from hengliang.platform.certificates.forms.fields import (
    day_field,
    kind_field,
    people_of,
    photograph_field,
    reason_field,
)
from hengliang.platform.certificates.models import StocktakingFinding
from hengliang.platform.parties.models import Organisation, Person


class StockForm(forms.Form):
    """What acts on a stock have in common: kind, first and last number, day."""

    first = forms.CharField(label=_("First number"), max_length=40, help_text=_("As printed: 衡检A000001."))
    last = forms.CharField(label=_("Last number"), max_length=40)

    def __init__(self, *args: Any, body: Organisation, today: date, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["kind"] = kind_field(today)
        if "person" in self.fields:
            self.fields["person"].queryset = people_of(body)  # type: ignore[attr-defined]
        self.fields["on"] = day_field(today=today)
        self.order_fields(["kind", "person"])


class ReceiveForm(StockForm):
    """A batch is received."""

    supplier = forms.CharField(label=_("Supplier"), max_length=200, required=False)
    document = forms.CharField(label=_("Delivery note"), max_length=100, required=False)


class HandOutForm(StockForm):
    """A run is handed out."""

    person: Any = forms.ModelChoiceField(Person.objects.none(), label=_("To whom"))


class TakeBackForm(StockForm):
    """A run is taken back."""

    person: Any = forms.ModelChoiceField(Person.objects.none(), label=_("From whom"))


class SpoilForm(forms.Form):
    """A number is written off."""

    number = forms.CharField(label=_("Number"), max_length=40)

    def __init__(self, *args: Any, body: Organisation, today: date, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["kind"] = kind_field(today)
        self.fields["reason"] = reason_field()
        self.fields["on"] = day_field(today=today)
        self.fields["photograph"] = photograph_field()
        self.order_fields(["kind", "number"])


class DestroyForm(forms.Form):
    """What is destroyed, before whom."""

    gone: Any = forms.ModelMultipleChoiceField(
        None, label=_("Spoiled or removed marks"), required=False, widget=forms.CheckboxSelectMultiple
    )
    first = forms.CharField(
        label=_("Unused numbers from the store, from"), max_length=40, required=False,
        help_text=_("Leave empty where nothing unused is destroyed."),
    )  # fmt: skip
    last = forms.CharField(label=_("up to"), max_length=40, required=False)
    first_person: Any = forms.ModelChoiceField(Person.objects.none(), label=_("Destroyed by"))
    second_person: Any = forms.ModelChoiceField(Person.objects.none(), label=_("Together with"))
    method = forms.CharField(label=_("How"), max_length=100, initial=_("shredded"))

    def __init__(self, *args: Any, body: Organisation, today: date, gone: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["gone"].queryset = gone  # type: ignore[attr-defined]
        self.fields["gone"].label_from_instance = lambda mark: f"{mark.numbers} · {mark.get_state_display()}"  # type: ignore[attr-defined]
        for name in ("first_person", "second_person"):
            self.fields[name].queryset = people_of(body)  # type: ignore[attr-defined]
        self.fields["kind"] = kind_field(today)
        self.fields["reason"] = reason_field()
        self.fields["on"] = day_field(today=today)
        self.order_fields(["gone", "kind"])

    def clean(self) -> dict[str, Any]:
        """A run has both its ends."""
        told = super().clean() or {}
        if bool(told.get("first")) != bool(told.get("last")):
            raise forms.ValidationError({"last": gettext("A run needs its first and its last number.")})
        return told


class CountForm(forms.Form):
    """What was counted, with whom."""

    person: Any = forms.ModelChoiceField(
        Person.objects.none(), label=_("Counted with"), required=False, empty_label=_("In the store")
    )
    counted = forms.CharField(
        label=_("Numbers that are there"), required=False, widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("A run or a single number a line: 衡检A000101 ~ 衡检A000180. Leave empty if nothing is there."),
    )  # fmt: skip

    def __init__(self, *args: Any, body: Organisation, today: date, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["person"].queryset = people_of(body)  # type: ignore[attr-defined]
        self.fields["kind"] = kind_field(today)
        self.order_fields(["kind", "person", "counted"])


class SettleForm(forms.Form):
    """How a difference is explained."""

    outcome = forms.ChoiceField(label=_("Outcome"), choices=StocktakingFinding.Outcome.choices)
    explanation = forms.CharField(label=_("Explanation"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, finding: StocktakingFinding, **more: Any) -> None:
        super().__init__(*args, **more)
        if finding.what == StocktakingFinding.What.SURPLUS:
            self.fields["outcome"] = forms.ChoiceField(
                label=_("Outcome"), choices=[(one.value, one.label) for one in (StocktakingFinding.Outcome.PRESENT,)]
            )
