"""What people type about a dispute: application, notice, who came, the day, result and second arbitration."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from hengliang.platform.core.pages.forms import DayField
from hengliang.platform.parties.models import Organisation
from hengliang.platform.verification.models import ArbitrationParty

if TYPE_CHECKING:
    from django.db.models import QuerySet


REPRESENTATIVE = _("Name and position; of a natural person nothing.")


class DisputeForm(forms.Form):
    """A dispute about an instrument, its parties, and who decides it when and where."""

    code = forms.CharField(label=_("Code of the instrument"), max_length=40)
    claimant = forms.CharField(label=_("Claimant"), max_length=200, help_text=_("Name, or unified social credit code."))
    respondent = forms.CharField(
        label=_("Respondent"), max_length=200, help_text=_("Name, or unified social credit code.")
    )
    dispute = forms.CharField(label=_("What is disputed"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000)
    body: Any = forms.ModelChoiceField(
        Organisation.objects.filter(is_verification_body=True).order_by("name"), label=_("Appointed body")
    )
    meets_on = DayField(label=_("Day of the verification"))
    place = forms.CharField(label=_("Place"), max_length=300)
    demand = forms.CharField(
        label=_("What the claimant demands"), widget=forms.Textarea(attrs={"rows": 2}), max_length=2000, required=False
    )
    evidence = forms.CharField(
        label=_("Evidence handed in"), widget=forms.Textarea(attrs={"rows": 2}), max_length=2000, required=False
    )
    claimant_address = forms.CharField(label=_("Address of the claimant"), max_length=300, required=False)
    claimant_representative = forms.CharField(
        label=_("Legal representative of the claimant"), max_length=200, required=False, help_text=REPRESENTATIVE
    )
    respondent_address = forms.CharField(label=_("Address of the respondent"), max_length=300, required=False)
    respondent_representative = forms.CharField(
        label=_("Legal representative of the respondent"), max_length=200, required=False, help_text=REPRESENTATIVE
    )
    commissioned_by = forms.CharField(
        label=_("Commissioned by"), max_length=300, required=False,
        help_text=_("Court or other body that commissions it, with its address; empty where a party applied itself."),
    )  # fmt: skip


class NoticeForm(forms.Form):
    """When both parties were notified."""

    on = DayField(label=_("Parties notified on"))


class PresenceForm(forms.Form):
    """Whether a party came, and who."""

    present = forms.ChoiceField(
        label=_("Present"), choices=(("yes", _("came")), ("no", _("called, stayed away"))), widget=forms.RadioSelect
    )
    note = forms.CharField(label=_("Who came, or why nobody did"), max_length=200)


class MoveForm(forms.Form):
    """The new day, and why."""

    meets_on = DayField(label=_("New day of the verification"))
    place = forms.CharField(label=_("Place"), max_length=300)
    reason = forms.CharField(label=_("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class ResultForm(forms.Form):
    """For each party the day on which it received the notice of the result."""

    def __init__(self, *args: Any, parties: Iterable[ArbitrationParty], day: date, **options: Any) -> None:
        super().__init__(*args, **options)
        for party in parties:
            label = _("%(side)s %(name)s received it on") % {"side": party.get_side_display(), "name": party.name}
            self.fields[party.side] = DayField(label=label, initial=day)


class AppealForm(forms.Form):
    """Why a party does not accept the result, and since when that is known."""

    grounds = forms.CharField(
        label=_("Why the result is not accepted"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000
    )
    on = DayField(label=_("Application received on"))


class SecondForm(forms.Form):
    """Who decides the second arbitration, when and where."""

    body: Any = forms.ModelChoiceField(Organisation.objects.none(), label=_("Appointed body"))
    meets_on = DayField(label=_("Day of the verification"))
    place = forms.CharField(label=_("Place"), max_length=300)

    def __init__(self, *args: Any, bodies: "QuerySet[Organisation]", **options: Any) -> None:
        super().__init__(*args, **options)
        cast("forms.ModelChoiceField[Organisation]", self.fields["body"]).queryset = bodies
