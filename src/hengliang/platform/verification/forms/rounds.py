"""What people type about rounds."""

from datetime import timedelta
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from hengliang.platform.core.pages.forms import DayField
from hengliang.platform.core.rights import HOLDER_ROLES, REGIONAL, Actor, Role
from hengliang.platform.core.selectors import region_list
from hengliang.platform.parties.models import Organisation, Person
from hengliang.platform.registry.models import CatalogueItem

AHEAD = 30  # days of due dates that are proposed to be done on the way


class RoundForm(forms.Form):
    """Where, when, by whom: the instruments are those that fall due there."""

    body: Any = forms.ModelChoiceField(
        Organisation.objects.filter(is_verification_body=True).order_by("name"), label=_("Verification body")
    )
    organiser: Any = forms.ModelChoiceField(Organisation.objects.none(), label=_("Place"), required=False)
    region: Any = forms.TypedChoiceField(
        label=_("Township or county"), required=False, coerce=int, empty_value=None,
        help_text=_("Without a market: everything there that is verified on site."),
    )  # fmt: skip
    due_by = DayField(label=_("What falls due by"))
    starts_on = DayField(label=_("First day"))
    ends_on = DayField(label=_("Last day"))
    stops = forms.CharField(
        label=_("Route"), required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One stop a line, as the places of the instruments begin; empty: user by user."),
    )  # fmt: skip
    note = forms.CharField(label=_("Note"), required=False, widget=forms.Textarea(attrs={"rows": 2}), max_length=1000)

    def __init__(self, *args: Any, actor: Actor, **options: Any) -> None:
        super().__init__(*args, **options)
        self.plans = actor.has(Role.AUTHORITY, Role.BODY_MANAGER)
        organiser = cast("forms.ModelChoiceField[Organisation]", self.fields["organiser"])
        own = actor.organisations(HOLDER_ROLES)
        if not self.plans:
            organiser.queryset, organiser.required = Organisation.objects.filter(pk__in=own).order_by("name"), True
            organiser.empty_label = None
            del self.fields["region"]
        else:
            organiser.label = _("Market")
            markets = Organisation.objects.filter(is_market=True).order_by("name")
            organiser.queryset = markets
            if actor.has(*REGIONAL):
                organiser.queryset = markets.filter(region_id__in=actor.regions())
            rows = region_list(actor.today)
            rows = rows.filter(region_id__in=actor.regions()) if actor.has(*REGIONAL) else rows
            region = cast("forms.TypedChoiceField", self.fields["region"])
            region.choices = [("", "—")] + [(row.region_id, row.name) for row in rows]
        own_bodies = actor.organisations({Role.BODY_MANAGER})
        if own_bodies:
            body = cast("forms.ModelChoiceField[Organisation]", self.fields["body"])
            body.queryset, body.empty_label = Organisation.objects.filter(pk__in=own_bodies), None
        self.fields["due_by"].initial = actor.today + timedelta(days=AHEAD)
        for name in ("starts_on", "ends_on"):
            self.fields[name].initial = actor.today + timedelta(days=7)

    def clean(self) -> dict[str, Any]:
        """A place is needed: one market, or one region."""
        told = super().clean() or {}
        chosen = any(told.get(name) or name in self.errors for name in ("organiser", "region"))
        if not chosen:
            self.add_error("organiser", _("Choose a market or a region."))
        return told


class StaffForm(forms.Form):
    """The two verifiers, and for an appointment its days."""

    first: Any = forms.ModelChoiceField(Person.objects.none(), label=_("First verifier"))
    second: Any = forms.ModelChoiceField(Person.objects.none(), label=_("Second verifier"))
    starts_on = DayField(label=_("First day"))
    ends_on = DayField(label=_("Last day"))

    def __init__(self, *args: Any, body: Organisation, days: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        people = Person.objects.filter(
            organisation=body, accounts__roles__role=Role.VERIFIER, accounts__roles__known_to=None
        ).distinct()
        for name in ("first", "second"):
            cast("forms.ModelChoiceField[Person]", self.fields[name]).queryset = people.order_by("name")
        if not days:
            del self.fields["starts_on"], self.fields["ends_on"]


class UnknownForm(forms.Form):
    """What a device met, as it is filed."""

    item: Any = forms.ModelChoiceField(CatalogueItem.objects.order_by("rank", "code"), label=_("Catalogue item"))
    owner: Any = forms.ModelChoiceField(Organisation.objects.none(), label=_("User"))
    serial_number = forms.CharField(label=_("Serial number"), max_length=100)
    maker = forms.CharField(label=_("Manufacturer"), max_length=200, required=False)
    model = forms.CharField(label=_("Model"), max_length=100, required=False)
    place = forms.CharField(label=_("Place of use"), max_length=300, required=False)

    def __init__(self, *args: Any, owners: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        cast("forms.ModelChoiceField[Organisation]", self.fields["owner"]).queryset = owners
