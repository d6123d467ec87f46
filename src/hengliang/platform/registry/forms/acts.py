"""What each act on an instrument asks."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hengliang.platform.core.pages.forms import DayField
from hengliang.platform.core.rights import Actor
from hengliang.platform.parties.models import Organisation
from hengliang.platform.registry.forms.fields import PartyField, RegionField
from hengliang.platform.registry.models import Instrument, InstrumentCode, Purpose, Regime
from hengliang.platform.registry.selectors.find import instrument_visible


class ActForm(forms.Form):
    """What every act on an instrument asks: its day and, where the law or the house asks for it, the reason."""

    needs_reason, dated = False, True

    def __init__(self, actor: Actor, instrument: Instrument | None, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.actor, self.instrument = actor, instrument
        self.prepare()
        if self.dated:
            self.fields["on"] = DayField(
                label=_("From which day"), initial=actor.today, help_text=_("Not later than today.")
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


class OfferForm(ReasonedForm):
    """To whom it is offered: named by the credit code, for a user does not see other users' entries."""

    dated = False

    def prepare(self) -> None:
        """The other side."""
        self.fields["receiver"] = forms.CharField(
            label=_("Unified social credit code of the new user"),
            max_length=40,
            help_text=_("18 characters; it stands on their business licence."),
        )

    def clean_receiver(self) -> Organisation:
        """The organisation with this code."""
        typed = "".join(self.cleaned_data["receiver"].split()).upper()
        found = Organisation.objects.filter(credit_code=typed).first()
        if found is None:
            raise forms.ValidationError(
                _("No organisation of this platform has this code. Check it, or ask the authority to enter them.")
            )
        return found


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
        self.fields["verified_on"] = DayField(label=_("Verified on"))
        self.fields["passed"] = forms.TypedChoiceField(
            label=_("Result"), choices=[("1", _("Pass")), ("0", _("Fail"))], coerce=lambda value: value == "1"
        )
        self.fields["due_on"] = DayField(label=_("Valid until"), required=False)

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
