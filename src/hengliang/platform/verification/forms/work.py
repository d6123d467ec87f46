"""What people type about applications, tasks and records."""

from datetime import date
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from hengliang.platform.core.pages.confirm import ReasonForm
from hengliang.platform.core.pages.forms import DayField, UnitInput
from hengliang.platform.parties.models import Organisation, Person
from hengliang.platform.standards.models import BudgetVersion, MeasurementStandard
from hengliang.platform.verification.jobs import job_kinds
from hengliang.platform.verification.models import VerificationRegime


class ApplicationForm(forms.Form):
    """Which kind of job, to which body, how and by when."""

    job = forms.ChoiceField(label=_("Kind of job"))
    body = forms.ModelChoiceField(
        Organisation.objects.filter(is_verification_body=True).order_by("name"),
        label=_("Verification body"),
        required=False,
        help_text=_("Mandatory verification needs no choice: it goes to the designated body."),
    )
    on_site = forms.BooleanField(label=_("Verify on site"), required=False)
    wanted_on = DayField(label=_("Wanted by"), required=False)
    agreed_months = forms.IntegerField(
        label=_("Agreed interval"),
        widget=UnitInput(_("months")),
        min_value=1,
        max_value=240,
        required=False,
        help_text=_("Calibration only: empty, and the certificate names no next date."),
    )
    fee = forms.DecimalField(
        label=_("Agreed fee"), widget=UnitInput(_("CNY")), min_value=0, max_digits=12, decimal_places=2, required=False,
        help_text=_("Mandatory verification is free."),
    )  # fmt: skip
    note = forms.CharField(label=_("Note"), widget=forms.Textarea, required=False, max_length=1000)

    def __init__(self, *args: Any, on: date, **options: Any) -> None:
        super().__init__(*args, **options)
        kinds = [kind for kind in job_kinds(on).values() if not kind.by_authority]
        cast("forms.ChoiceField", self.fields["job"]).choices = [(kind.code, kind.title) for kind in kinds]


class BodyForm(ReasonForm):
    """Which body, and why."""

    body: Any = forms.ModelChoiceField(
        Organisation.objects.filter(is_verification_body=True).order_by("name"), label=_("Verification body")
    )
    field_order = ("body", "reason")


class RegimeForm(ReasonForm):
    """Which regime, and why."""

    regime = forms.ChoiceField(label=_("Kind of verification"), choices=VerificationRegime.choices)
    field_order = ("regime", "reason")


class AssignForm(forms.Form):
    """Who verifies, and on which day."""

    verifier: Any = forms.ModelChoiceField(Person.objects.none(), label=_("Verifier"))
    scheduled_on = DayField(label=_("Scheduled on"), required=False)

    def __init__(self, *args: Any, body: Organisation, **options: Any) -> None:
        super().__init__(*args, **options)
        field = cast("forms.ModelChoiceField[Person]", self.fields["verifier"])
        field.queryset = Person.objects.filter(organisation=body).order_by("name")


def budget_words(version: BudgetVersion) -> str:
    """A version of a budget as a choice shows it."""
    return f"{version.budget.name} v{version.number}"


class RecordForm(forms.Form):
    """What stands around the measured values."""

    verified_on = DayField(label=_("Verified on"))
    place = forms.CharField(label=_("Place of verification"), max_length=300, required=False)
    standards: Any = forms.ModelMultipleChoiceField(
        MeasurementStandard.objects.none(), label=_("Measurement standards used"), widget=forms.CheckboxSelectMultiple
    )

    budget: Any = forms.ModelChoiceField(
        BudgetVersion.objects.none(), label=_("Uncertainty by budget"), required=False,
        help_text=_("It is attached to the certificate; then U of a value may be left out."),
    )  # fmt: skip

    def __init__(self, *args: Any, standards: Any, budgets: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if budgets is None:
            del self.fields["budget"]
        else:
            found = cast("forms.ModelChoiceField[BudgetVersion]", self.fields["budget"])
            found.queryset = budgets
            found.label_from_instance = budget_words  # type: ignore[method-assign, assignment]
        field = cast("forms.ModelMultipleChoiceField[MeasurementStandard]", self.fields["standards"])
        field.queryset = standards
