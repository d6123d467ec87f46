"""The decision rule of an application."""

from typing import Any, cast

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hengliang.platform.core.pages.form_page import form_page
from hengliang.platform.core.requests import Request
from hengliang.platform.verification.decisions import decision_rules
from hengliang.platform.verification.models import Application
from hengliang.platform.verification.services import decision_agree


class DecisionForm(forms.Form):
    """Which rule, and where it was agreed."""

    rule = forms.ChoiceField(label=gettext_lazy("Decision rule"), widget=forms.RadioSelect)
    agreement = forms.CharField(
        label=gettext_lazy("Where it was agreed"), max_length=200,
        help_text=gettext_lazy("Contract, order or letter, with its number."),
    )  # fmt: skip

    def __init__(self, *args: Any, choices: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        cast("forms.ChoiceField", self.fields["rule"]).choices = choices


@login_required
def application_decision(request: Request, pk: int) -> HttpResponse:
    """Agree the rule by which the certificate states conformity."""
    shown = get_object_or_404(Application.objects.visible_to(request.actor), pk=pk)
    choices = [(one.code, f"{one.title} · {one.clause}") for one in decision_rules(request.actor.today).values()]
    form = DecisionForm(request.POST or None, choices=choices)
    back = reverse("verification:application", args=[pk])

    def agreed() -> None:
        decision_agree(actor=request.actor, application=shown, **form.cleaned_data)

    return form_page(
        request, form, agreed, title=_("Agree a decision rule"), verb=_("Agree"), back=back,
        lead=_("The certificate then says for each value whether it conforms, and names the rule. Without an "
               "agreement it states values and uncertainties only."),
    )  # fmt: skip
