"""The forms of the ledger."""

from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from hengliang.platform.core.models import Region, RegionVersion
from hengliang.platform.core.pages.forms import DayInput, LookupInput
from hengliang.platform.core.rights import HOLDER_ROLES, Actor, Role
from hengliang.platform.parties.models import Organisation
from hengliang.platform.registry.models import CatalogueItem, Instrument, InstrumentCode, Purpose, Regime
from hengliang.platform.registry.selectors.find import instrument_visible


class PartyField(forms.CharField):
    """An organisation, picked from a list or typed as name or credit code; only what the actor may see is found."""

    def __init__(self, actor: Actor, *, bodies: bool = False, options: str, **more: Any) -> None:
        super().__init__(widget=LookupInput(options, self._label), **more)
        self.actor, self.bodies = actor, bodies

    def _rows(self) -> "QuerySet[Organisation]":
        rows = Organisation.objects.visible_to(self.actor)
        return rows.filter(is_verification_body=True) if self.bodies else rows

    def _label(self, value: Any) -> str:
        found = self._rows().filter(pk=value).first() if str(value).isdecimal() else None
        return found.name if found else str(value)

    def clean(self, value: Any) -> Organisation | None:
        """The organisation meant."""
        text = super().clean(value)
        if not text:
            return None
        match = Q(name=text) | Q(credit_code=text)
        if text.isdecimal() and len(text) < 15:
            match |= Q(pk=int(text))
        found = list(self._rows().filter(match)[:2])
        if len(found) != 1:
            raise forms.ValidationError(_("No single organisation is called this; pick one from the list."))
        return found[0]


class RegionField(forms.ChoiceField):
    """A region of today."""

    def __init__(self, actor: Actor, **more: Any) -> None:
        super().__init__(choices=lambda: self._regions(actor), **more)

    def _regions(self, actor: Actor) -> list[tuple[str, str]]:
        rows = RegionVersion.objects.on(actor.today).order_by("code")
        return [("", "—"), *((str(row.region_id), f"{row.code} {row.name}") for row in rows)]

    def clean(self, value: Any) -> Region | None:
        """The region."""
        key = super().clean(value)
        return Region.objects.get(pk=int(key)) if key else None


class ItemField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """An item of the catalogue."""

    def __init__(self, **more: Any) -> None:
        super().__init__(CatalogueItem.objects.order_by("rank", "code"), label=_("Catalogue item"), **more)


class ActForm(forms.Form):
    """What every act on an instrument asks: its day and, where the law or the house asks for it, the reason."""

    needs_reason, dated = False, True

    def __init__(self, actor: Actor, instrument: Instrument | None, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.actor, self.instrument = actor, instrument
        self.prepare()
        if self.dated:
            self.fields["on"] = forms.DateField(
                label=_("From which day"), initial=actor.today, widget=DayInput, help_text=_("Not later than today.")
            )
        if self.needs_reason:
            self.fields["reason"] = forms.CharField(
                label=_("Reason"),
                max_length=500,
                widget=forms.Textarea({"rows": 3}),
                help_text=_("Stays in the history for good and is seen by everyone who may see this."),
            )

    def prepare(self) -> None:
        """Add the fields of the act."""

    def told(self) -> dict[str, Any]:
        """What the service is told."""
        return {name: value for name, value in self.cleaned_data.items() if value is not None}


class ReasonedForm(ActForm):
    """Day and reason."""

    needs_reason = True


class AcceptForm(ActForm):
    """The body that is to verify it, if known."""

    def prepare(self) -> None:
        """The body."""
        self.fields["body"] = PartyField(
            self.actor, bodies=True, options="registry:bodies", label=_("Verification body"), required=False
        )


class AssignForm(AcceptForm):
    """The body, or none."""

    def told(self) -> dict[str, Any]:
        """An empty body takes the assignment away."""
        return self.cleaned_data


class MoveForm(ActForm):
    """Where it stands."""

    def prepare(self) -> None:
        """Place, region, market."""
        self.fields["place"] = forms.CharField(label=_("Place of use"), max_length=300)
        self.fields["region"] = RegionField(self.actor, label=_("Region"), required=False)
        self.fields["market"] = PartyField(self.actor, options="registry:parties", label=_("Market"), required=False)

    def told(self) -> dict[str, Any]:
        """An empty market means that it stands in none."""
        return self.cleaned_data


class TransferForm(ReasonedForm):
    """To whom it goes."""

    def prepare(self) -> None:
        """The new user."""
        self.fields["owner"] = PartyField(self.actor, options="registry:parties", label=_("New user"))


class ReclassifyForm(ReasonedForm):
    """What it is used for, and how it is kept under control."""

    def prepare(self) -> None:
        """Purpose, regime, scope."""
        self.fields["purpose"] = forms.ChoiceField(label=_("Purpose"), choices=Purpose.choices)
        self.fields["regime"] = forms.ChoiceField(label=_("Regime"), choices=Regime.choices)
        self.fields["mandatory"] = forms.BooleanField(label=_("Under mandatory verification"), required=False)
        self.fields["on_site"] = forms.BooleanField(label=_("Verified on site"), required=False)


class MergeForm(ReasonedForm):
    """The entry that stays."""

    def prepare(self) -> None:
        """Its code."""
        self.fields["into"] = forms.CharField(label=_("Code of the entry that stays"), max_length=40)

    def clean_into(self) -> Instrument:
        """The entry."""
        found = instrument_visible(self.actor, self.cleaned_data["into"])
        if found is None:
            raise forms.ValidationError(_("No entry with this code that you may see."))
        return found.instrument


class ResultForm(ReasonedForm):
    """What a paper proof says."""

    dated = False

    def prepare(self) -> None:
        """Day, result, validity."""
        self.fields["verified_on"] = forms.DateField(label=_("Verified on"), widget=DayInput)
        self.fields["passed"] = forms.TypedChoiceField(
            label=_("Result"), choices=[("1", _("Pass")), ("0", _("Fail"))], coerce=lambda value: value == "1"
        )
        self.fields["due_on"] = forms.DateField(label=_("Valid until"), widget=DayInput, required=False)

    def told(self) -> dict[str, Any]:
        """An empty end is an end too."""
        return self.cleaned_data


class CodeForm(ActForm):
    """A code that somebody else knows it by."""

    def prepare(self) -> None:
        """Whose, and which."""
        kinds = [choice for choice in InstrumentCode.Kind.choices if choice[0] != InstrumentCode.Kind.FORMER]
        self.fields["kind"] = forms.ChoiceField(label=_("Whose code"), choices=kinds)
        self.fields["value"] = forms.CharField(label=_("Code"), max_length=100)


class IdentityFields(forms.ModelForm):  # type: ignore[type-arg]
    """What identifies an instrument."""

    class Meta:
        model = Instrument
        fields = ("name", "category", "model", "serial_number", "manufacturer", "origin", "measuring_range",
                  "accuracy_class", "quantity", "made_on")  # fmt: skip
        widgets = {"made_on": DayInput}


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
        self.fields["due_on"] = forms.DateField(label=_("Due on"), widget=DayInput, required=False)

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
            self.actor, options="registry:parties", label=_("User"), initial=_own(self.actor)
        )
        self.fields["region"] = RegionField(self.actor, label=_("Region"))
        self.fields["place"] = forms.CharField(label=_("Place of use"), max_length=300, required=False)
        self.fields["purpose"] = forms.ChoiceField(label=_("Purpose"), choices=Purpose.choices)
        self.fields["on_site"] = forms.BooleanField(label=_("Verified on site"), required=False)
        self.fields["last_on"] = forms.DateField(label=_("Last verified on"), widget=DayInput, required=False)
        self.fields["due_on"] = forms.DateField(label=_("Valid until"), widget=DayInput, required=False)

    def told(self) -> dict[str, Any]:
        """For the service; a last verification that is named was passed, or there would be no validity."""
        told = {name: value for name, value in self.cleaned_data.items() if value not in (None, "")}
        if ecqs := told.pop("ecqs", ""):
            told["codes"] = {"ecqs": ecqs}
        if told.get("last_on"):
            told["last_result"] = "pass"
        return told


def _own(actor: Actor) -> int | None:
    own = actor.organisations(HOLDER_ROLES)
    return next(iter(own)) if len(own) == 1 else None


class SendForm(forms.Form):
    """A sheet: a file, or cells pasted from one."""

    file = forms.FileField(label=_("Sheet"), required=False, help_text=_("XLSX or CSV, up to 64 MB and 200,000 rows."))
    text = forms.CharField(
        label=_("Or paste cells here"),
        required=False,
        widget=forms.Textarea({"rows": 6, "spellcheck": "false"}),
        help_text=_("With the row of headers, as copied from a sheet."),
    )

    def __init__(self, actor: Actor, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        if not actor.has(Role.AUTHORITY) or _own(actor):
            rows = Organisation.objects.filter(pk__in=actor.organisations(HOLDER_ROLES)).order_by("name")
            self.fields["organisation"] = forms.ModelChoiceField(
                rows, label=_("User of rows that name none"), required=False, initial=_own(actor)
            )

    def clean(self) -> dict[str, Any]:
        """One of the two."""
        cleaned = super().clean() or {}
        if not cleaned.get("file") and not cleaned.get("text", "").strip():
            raise forms.ValidationError(_("Choose a file, or paste cells."))
        return cleaned
