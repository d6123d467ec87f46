"""Forms about achievements."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hengliang.platform.core.pages.confirm import ReasonForm
from hengliang.platform.core.pages.forms import DayField
from hengliang.platform.core.rights import BODY_ROLES, HOLDER_ROLES, Actor
from hengliang.platform.core.selectors import region_list
from hengliang.platform.parties.models import Organisation
from hengliang.platform.plan.kinds import kinds
from hengliang.platform.plan.models import Achievement


class AchievementForm(forms.Form):
    """An achievement and the document that proves it."""

    kind = forms.ChoiceField(label=_("Kind"))
    level = forms.ChoiceField(label=_("Level"), choices=Achievement.Level.choices)
    stage = forms.ChoiceField(label=_("Stage"), choices=Achievement.Stage.choices, initial="completed")
    name = forms.CharField(label=_("Name"), max_length=200)
    holder = forms.CharField(
        label=_("Holder"), required=False, max_length=200,
        help_text=_("Unified social credit code or full name of the organisation."),
    )  # fmt: skip
    region = forms.ChoiceField(label=_("Region"))
    authority = forms.CharField(label=_("Approved by"), max_length=200)
    document_number = forms.CharField(label=_("Document number"), max_length=100)
    approved_on = DayField(label=_("Date of the document"))
    apart = forms.CharField(
        label=_("Another one of the same document"), required=False, max_length=300,
        help_text=_("Only where a document that has been entered proves several: say why this is another one."),
    )  # fmt: skip
    file = forms.FileField(
        label=_("The document"), help_text=_("PDF, picture or Office document, up to 20 MB."),
        widget=forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png,.docx,.ofd"}),
    )  # fmt: skip

    def __init__(self, actor: Actor, *given: Any) -> None:
        super().__init__(*given)
        self.actor = actor
        field: Any = self.fields["kind"]
        field.choices = [(one.code, one.title) for one in kinds(actor.today).values()]
        field = self.fields["region"]
        own = Organisation.objects.filter(pk__in=actor.organisations(HOLDER_ROLES | BODY_ROLES))
        mine = actor.regions() | frozenset(own.values_list("region_id", flat=True))
        field.choices = [(str(r.region_id), r.name) for r in region_list(actor.today) if r.region_id in mine]

    def organisation(self) -> Organisation | None:
        """The holder, if it is known here by its code or its full name."""
        words = self.cleaned_data["holder"].strip()
        if not words:
            own = self.actor.organisations(HOLDER_ROLES | BODY_ROLES)
            return Organisation.objects.filter(pk__in=own).first() if not self.actor.regions() else None
        rows = Organisation.objects.visible_to(self.actor)
        return rows.filter(credit_code=words).first() or rows.filter(name=words).first()


class WithdrawForm(ReasonForm):
    """From which day on it counts no longer."""

    on = DayField(
        label=_("Counts no longer from"),
        help_text=_("The day of its cancellation; the date of the document itself, if it was entered by mistake."),
    )  # fmt: skip
    field_order = ("on", "reason")
