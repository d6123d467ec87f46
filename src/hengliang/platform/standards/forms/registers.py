"""What people type about standards, authorisations and qualifications."""

from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from hengliang.platform.core.models import Region
from hengliang.platform.core.pages.forms import DayField
from hengliang.platform.core.rights import Actor, Role
from hengliang.platform.core.selectors import region_list
from hengliang.platform.parties.models import Organisation, Person
from hengliang.platform.registry.models import CatalogueItem
from hengliang.platform.standards.models import Authorisation, MeasurementStandard, StandardCertificate


def _choose(form: forms.Form, name: str, rows: "QuerySet[Any]") -> None:
    cast("forms.ModelChoiceField[Any]", form.fields[name]).queryset = rows


class StandardForm(forms.Form):
    """A measurement standard."""

    organisation: Any = forms.ModelChoiceField(Organisation.objects.none(), label=_("Kept by"))
    name = forms.CharField(label=_("Name"), max_length=200)
    code = forms.CharField(
        label=_("Code (JJF 1022)"), max_length=20, required=False, help_text=_("8 digits, as on its certificate.")
    )
    level = forms.ChoiceField(label=_("Level"), choices=MeasurementStandard.Level.choices)
    measuring_range = forms.CharField(label=_("Measuring range"), max_length=200, required=False)
    uncertainty = forms.CharField(label=_("Uncertainty, class or MPE"), max_length=200, required=False)
    items: Any = forms.ModelMultipleChoiceField(
        CatalogueItem.objects.order_by("rank", "code"),
        label=_("Items it serves"),
        widget=forms.SelectMultiple(attrs={"size": 8}),
        help_text=_("Hold Ctrl to choose several; an item serves all kinds below it."),
    )

    def __init__(self, *args: Any, organisations: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        _choose(self, "organisation", organisations)


class PaperForm(forms.Form):
    """A certificate that a measurement standard rests on."""

    kind = forms.ChoiceField(label=_("Kind"), choices=StandardCertificate.Kind.choices)
    number = forms.CharField(label=_("Certificate number"), max_length=100)
    issuer = forms.CharField(label=_("Issued by"), max_length=200)
    valid_from = DayField(label=_("Good from"))
    valid_until = DayField(label=_("Good until, inclusive"))


class FromForm(forms.Form):
    """From which day on, and why."""

    on = DayField(label=_("From"))
    reason = forms.CharField(label=_("Reason"), max_length=200, help_text=_("It stays in the history."))


def _regions(actor: Actor) -> list[tuple[str, str]]:
    rows = region_list(actor.today)
    if not actor.has(Role.ADMINISTRATOR):
        rows = rows.filter(region_id__in=actor.regions())
    return [(str(row.region_id), row.name) for row in rows]


class RegionField(forms.TypedChoiceField):
    """A region over which the actor holds a role, by its name."""

    def __init__(self, **options: Any) -> None:
        super().__init__(coerce=lambda key: Region.objects.get(pk=key), empty_value=None, **options)

    def offer(self, actor: Actor) -> None:
        """Offer the regions of an actor."""
        self.choices = [("", "—"), *_regions(actor)] if not self.required else _regions(actor)


class AuthorisationForm(forms.Form):
    """The authorisation of a body for an item."""

    kind = forms.ChoiceField(label=_("Kind of body"), choices=Authorisation.Kind.choices)
    body: Any = forms.ModelChoiceField(Organisation.objects.none(), label=_("Verification body"))
    item: Any = forms.ModelChoiceField(CatalogueItem.objects.order_by("rank", "code"), label=_("Item"))
    number = forms.CharField(label=_("Document number"), max_length=100)
    scope = forms.CharField(label=_("Range and accuracy"), max_length=200, required=False)
    region = RegionField(label=_("Region"), required=False, help_text=_("Empty: everywhere."))
    valid_from = DayField(label=_("Good from"))
    valid_until = DayField(label=_("Good until, inclusive"))

    def __init__(self, *args: Any, bodies: Any, actor: Actor, **options: Any) -> None:
        super().__init__(*args, **options)
        _choose(self, "body", bodies)
        cast("RegionField", self.fields["region"]).offer(actor)


class DesignationForm(forms.Form):
    """The designation of a body for an item in a region."""

    body: Any = forms.ModelChoiceField(
        Organisation.objects.filter(is_verification_body=True).order_by("name"), label=_("Verification body")
    )
    item: Any = forms.ModelChoiceField(
        CatalogueItem.objects.order_by("rank", "code"), label=_("Item"), help_text=_("And all kinds below it.")
    )
    region = RegionField(label=_("Region"), help_text=_("And all regions below it that have no designation nearer by."))
    number = forms.CharField(label=_("Document number"), max_length=100)
    valid_from = DayField(label=_("Good from"))
    valid_until = DayField(label=_("Good until, inclusive"), required=False, help_text=_("Empty: until it is ended."))

    def __init__(self, *args: Any, actor: Actor, **options: Any) -> None:
        super().__init__(*args, **options)
        cast("RegionField", self.fields["region"]).offer(actor)


class QualificationForm(forms.Form):
    """The qualification of a person for an item."""

    person: Any = forms.ModelChoiceField(Person.objects.none(), label=_("Person"))
    item: Any = forms.ModelChoiceField(CatalogueItem.objects.order_by("rank", "code"), label=_("Item"))
    number = forms.CharField(label=_("Certificate number"), max_length=100)
    valid_from = DayField(label=_("Good from"))
    valid_until = DayField(label=_("Good until, inclusive"))

    def __init__(self, *args: Any, bodies: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        _choose(self, "person", Person.objects.filter(organisation__in=bodies).order_by("name"))
