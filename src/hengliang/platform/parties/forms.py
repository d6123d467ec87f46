"""What people type about organisations and accounts."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hengliang.platform.core.models import Region
from hengliang.platform.core.pages.forms import DayField
from hengliang.platform.core.rights import Actor, Role
from hengliang.platform.core.selectors import region_list
from hengliang.platform.parties.credit_code import credit_code
from hengliang.platform.parties.errors import CreditCodeRefused
from hengliang.platform.parties.models import ApiToken
from hengliang.platform.parties.rights import roles_to_give


class InvitationAcceptForm(forms.Form):
    """The invited person's name and the way to log in."""

    name = forms.CharField(label=_("Your name"), max_length=100)
    username = forms.CharField(label=_("User name"), max_length=100, help_text=_("You log in with it."))
    password = forms.CharField(label=_("Password"), widget=forms.PasswordInput, help_text=_("At least 10 characters."))


class RegionField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A region of the actor's, by its name of today."""

    def __init__(self, **options: Any) -> None:
        super().__init__(Region.objects.none(), label=_("Region"), **options)

    def offer(self, actor: Actor) -> None:
        """Offer the regions over which the actor holds a role; the administrator all of them."""
        rows = region_list(actor.today)
        if not actor.has(Role.ADMINISTRATOR):
            rows = rows.filter(region_id__in=actor.regions())
        self.queryset = Region.objects.filter(pk__in=rows.values("region"))
        self.names = {row.region_id: row.name for row in rows}

    def label_from_instance(self, obj: Any) -> str:
        """The region's name of today."""
        return self.names.get(obj.pk, str(obj.pk))


class OrganisationForm(forms.Form):
    """An organisation, as it is entered."""

    name = forms.CharField(label=_("Name"), max_length=200)
    credit_code = forms.CharField(
        label=_("Unified social credit code"),
        max_length=18,
        required=False,
        help_text=_("18 characters; it is checked."),
    )
    region = RegionField()
    address = forms.CharField(label=_("Address"), max_length=300, required=False)
    contact = forms.CharField(label=_("Contact person"), max_length=100, required=False)
    telephone = forms.CharField(label=_("Telephone"), max_length=40, required=False)
    is_verification_body = forms.BooleanField(label=_("It is a verification body"), required=False)
    is_market = forms.BooleanField(label=_("It runs a market with stalls"), required=False)

    def __init__(self, *args: Any, actor: Actor, **options: Any) -> None:
        super().__init__(*args, **options)
        region = self.fields["region"]
        assert isinstance(region, RegionField)  # noqa: S101 - narrows the type
        region.offer(actor)

    def clean_credit_code(self) -> str:
        """The code, if its check digit is right."""
        text = str(self.cleaned_data["credit_code"])
        try:
            return credit_code(text) if text else ""
        except CreditCodeRefused as refused:
            raise forms.ValidationError(str(refused)) from refused


class OrganisationChangeForm(forms.Form):
    """What changes about an organisation, and from which day on."""

    on = DayField(label=_("From"))
    name = forms.CharField(label=_("Name"), max_length=200)
    address = forms.CharField(label=_("Address"), max_length=300, required=False)
    contact = forms.CharField(label=_("Contact person"), max_length=100, required=False)
    telephone = forms.CharField(label=_("Telephone"), max_length=40, required=False)


class InviteForm(forms.Form):
    """Whom to invite, to which role."""

    email = forms.EmailField(label=_("E-mail"))
    role = forms.ChoiceField(label=_("Role"))

    def __init__(self, *args: Any, actor: Actor, organisation_id: int, **options: Any) -> None:
        super().__init__(*args, **options)
        offered = [(role.value, role.label) for role in roles_to_give(actor, organisation_id)]
        self.fields["role"].choices = [("", _("Choose the role")), *offered]  # type: ignore[attr-defined]


class TokenForm(forms.Form):
    """A key for a program."""

    name = forms.CharField(label=_("Name"), max_length=100, help_text=_("For which program it is."))
    scope = forms.ChoiceField(label=_("Scope"), choices=ApiToken.Scope.choices)
    days = forms.IntegerField(label=_("Good for days"), min_value=1, max_value=366, initial=90)


class RoleEndForm(forms.Form):
    """From which day a role is over, and why."""

    on = DayField(label=_("From"))
    reason = forms.CharField(label=_("Reason"), max_length=200)
