"""The forms of marks: stock, use, removal, destruction, counting."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from hengliang.platform.certificates.marks.kinds import MarkKind, kinds_for, mark_kinds
from hengliang.platform.certificates.marks.numbers import listed
from hengliang.platform.certificates.marks.stock import in_hand
from hengliang.platform.certificates.models import StocktakingFinding
from hengliang.platform.certificates.services.certificate_issue import MarkNamed, expired_at
from hengliang.platform.core.errors import InputRefused
from hengliang.platform.core.pages.forms import DayInput
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


def _kind_field(day: date, kinds: Iterable[MarkKind] | None = None) -> forms.ChoiceField:
    choices = [(one.code, one.title) for one in (kinds if kinds is not None else mark_kinds(day).values())]
    return forms.ChoiceField(label=_("Kind of mark"), choices=choices)


def _reason_field() -> forms.CharField:
    return forms.CharField(label=_("Reason"), max_length=200)


def _day_field(label: Any = None) -> forms.DateField:
    return forms.DateField(label=label or _("On"), widget=DayInput())


def _photograph_field(*, required: bool = False) -> forms.FileField:
    return forms.FileField(
        label=_("Photograph"), required=required, widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png"}),
        help_text=_("JPEG or PNG, up to 8 MB. Where and with what it was taken is removed from the file."),
    )  # fmt: skip


def people_of(body: Organisation) -> Any:
    """The people who work at a body, or hold a role there."""
    rows = Person.objects.filter(organisation=body) | Person.objects.filter(accounts__roles__organisation=body)
    return rows.filter(accounts__isnull=False).distinct().order_by("name", "pk")


class StockForm(forms.Form):
    """What acts on a stock have in common: kind, first and last number, day."""

    first = forms.CharField(label=_("First number"), max_length=40, help_text=_("As printed: 衡检A000001."))
    last = forms.CharField(label=_("Last number"), max_length=40)

    def __init__(self, *args: Any, body: Organisation, today: date, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["kind"] = _kind_field(today)
        if "person" in self.fields:
            self.fields["person"].queryset = people_of(body)  # type: ignore[attr-defined]
        self.fields["on"] = _day_field()
        self.fields["on"].initial = today
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
        self.fields["kind"] = _kind_field(today)
        self.fields["reason"] = _reason_field()
        self.fields["on"] = _day_field()
        self.fields["on"].initial = today
        self.fields["photograph"] = _photograph_field()
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
        self.fields["kind"] = _kind_field(today)
        self.fields["reason"] = _reason_field()
        self.fields["on"] = _day_field()
        self.fields["on"].initial = today
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
        self.fields["kind"] = _kind_field(today)
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


class RemoveForm(forms.Form):
    """A mark is off."""

    taken_off_by = forms.CharField(
        label=_("Taken off by"), max_length=200, help_text=_("A person, or the firm that repaired the instrument.")
    )

    def __init__(self, *args: Any, today: date, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["on"] = _day_field(_("Taken off on"))
        self.fields["on"].initial = today
        self.fields["reason"] = _reason_field()
        self.fields["photograph"] = _photograph_field()


class FoundForm(forms.Form):
    """A lost number turned up."""

    reason = forms.CharField(label=_("Where it was found"), max_length=200)


class PhotographForm(forms.Form):
    """One photograph."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["photograph"] = _photograph_field(required=True)


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
        self.fields["kind"] = _kind_field(today, kinds_for(record))
        self.fields["number"].widget = NumberInput(suggested(record, today))
        if parts:
            self.fields["part"] = forms.ChoiceField(
                label=_("On which part"), required=False, choices=[("", _("the whole instrument")), *parts]
            )
        self.fields["on"] = _day_field(_("Day put on"))
        self.fields["on"].initial = today
        self.fields["photograph"] = _photograph_field()
        self.order_fields(["kind", "number", "part", "place"])


def suggested(record: Record, on: date, kind: str = "") -> list[str]:
    """The next numbers in the hands of whoever verified."""
    held = in_hand(body=record.task.placed_body, person=record.verifier, on=on, kind=kind)
    return [number for left in held for number in left.numbers(SUGGESTED)]


class IssueForm(forms.Form):
    """The marks that go with a proof: a field for each kind that fits its result and that the verifier has in hand.

    What has expired by the day of issue wants a reason.
    """

    def __init__(self, *args: Any, record: Record, today: date, **more: Any) -> None:
        super().__init__(*args, **more)
        if expired_at(record, today) is not None:
            self.fields["reason"] = _reason_field()
        held = {kind: suggested(record, today, kind.code) for kind in kinds_for(record)}
        self.kinds = [kind for kind, numbers in held.items() if numbers]
        for kind in self.kinds:
            self.fields[f"mark_{kind.code}"] = _issue_field(kind, record, held[kind])

    def marks(self) -> list[MarkNamed]:
        """The marks named."""
        return [one for kind in self.kinds for one in self.cleaned_data.get(f"mark_{kind.code}") or []]

    def clean(self) -> dict[str, Any]:
        """Numbers as marks; for a kind with places the number, then the place, one a line."""
        told = super().clean() or {}
        for kind in self.kinds:
            name = f"mark_{kind.code}"
            try:
                told[name] = _named(kind, told.get(name) or "")
            except InputRefused as refused:
                self.add_error(name, str(refused))
        return told


def _named(kind: MarkKind, text: str) -> list[MarkNamed]:
    if not kind.place_needed:
        return [MarkNamed(kind.code, number) for number in listed(text)]
    lines = [line.split(maxsplit=1) for line in text.splitlines() if line.strip()]
    return [MarkNamed(kind.code, line[0], line[1] if len(line) > 1 else "") for line in lines]


def _issue_field(kind: MarkKind, record: Record, held: list[str]) -> forms.CharField:
    some = "、".join(held[:5]) + (" …" if len(held) > 5 else "")
    told = gettext("In hand of %(person)s: %(numbers)s") % {"person": record.verifier.name, "numbers": some}
    if kind.place_needed:
        how = gettext("One a line: the number, then its place.")
        return forms.CharField(
            label=kind.title, required=False, help_text=f"{how} {told}", widget=forms.Textarea(attrs={"rows": 3})
        )
    return forms.CharField(label=kind.title, required=False, help_text=told, widget=NumberInput(held))


class LabelsForm(forms.Form):
    """On what labels are printed."""

    paper = forms.ChoiceField(
        label=_("Paper"),
        choices=[("60x40", _("Label printer, 60 × 40 mm")), ("a4", _("Sheet of A4, 24 labels of 70 × 37 mm"))],
        widget=forms.RadioSelect, initial="60x40",
    )  # fmt: skip


class LookUpForm(forms.Form):
    """A number that a citizen reads off an instrument."""

    number = forms.CharField(
        label=_("Number on the label, mark or seal"), max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "autocapitalize": "characters"}),
    )  # fmt: skip
