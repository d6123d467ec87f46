"""Forms of a mediation: who asked for it, what was agreed, and why it failed."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hengliang.platform.core.pages.forms import DayField
from hengliang.platform.verification.forms.disputes import REPRESENTATIVE
from hengliang.platform.verification.models import ArbitrationParty, Mediation
from hengliang.platform.verification.services import Consent


class MediationForm(forms.Form):
    """Who asked for the mediation, how and when, and who leads it."""

    asked_by = forms.ChoiceField(label=_("Mediation asked for by"), choices=Mediation.Asked.choices)
    written = forms.ChoiceField(
        label=_("How it was asked for"), choices=(("yes", _("in writing")), ("no", _("by word of mouth")))
    )
    on = DayField(label=_("Asked for on"))
    mediators = forms.CharField(
        label=_("Mediators"), max_length=200, help_text=_("Who leads it, and signs the agreement.")
    )


class UnmediatedForm(forms.Form):
    """When the mediation ended, and why nothing was agreed."""

    on = DayField(label=_("Ended on"))
    reason = forms.CharField(label=_("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class AgreementForm(forms.Form):
    """What both parties agreed: facts, agreement, what each bears and until when, and who signed."""

    facts = forms.CharField(
        label=_("Facts and responsibility"), max_length=4000, widget=forms.Textarea(attrs={"rows": 3})
    )
    agreement = forms.CharField(
        label=_("What the parties agreed"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4})
    )
    perform_by = DayField(label=_("To be performed by"))
    on = DayField(label=_("Signed on"))

    def __init__(self, *args: Any, parties: Iterable[ArbitrationParty], **options: Any) -> None:
        super().__init__(*args, **options)
        for party in parties:
            self.fields |= _of_party(party)

    def told(self) -> dict[str, Any]:
        """What the act takes."""
        data = self.cleaned_data
        consents = {
            side: Consent(
                signed_by=data[side], bears=data[f"{side}_bears"], representative=data[f"{side}_representative"],
                address=data[f"{side}_address"],
            )
            for side in ArbitrationParty.Side.values
        }  # fmt: skip
        plain: dict[str, str | date] = {name: data[name] for name in ("facts", "agreement", "perform_by", "on")}
        return plain | {"consents": consents}


def _of_party(party: ArbitrationParty) -> dict[str, forms.Field]:
    """What a party bears, its particulars, and who signed for it."""
    about = {"side": party.get_side_display(), "name": party.name}
    return {
        f"{party.side}_bears": forms.CharField(
            label=_("%(side)s %(name)s bears") % about, max_length=2000, widget=forms.Textarea(attrs={"rows": 2}),
            help_text=_("What it does or pays, and its share of the costs; “nothing” where it bears none."),
        ),
        f"{party.side}_address": forms.CharField(
            label=_("Address of %(name)s") % about, max_length=300, required=False, initial=party.address
        ),
        f"{party.side}_representative": forms.CharField(
            label=_("Legal representative of %(name)s") % about, max_length=200, required=False,
            initial=party.representative, help_text=REPRESENTATIVE,
        ),
        party.side: forms.CharField(label=_("Signed for %(name)s by") % about, max_length=200),
    }  # fmt: skip
