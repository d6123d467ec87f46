"""What people type about applications, tasks and records."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from hengliang.platform.core.pages.forms import DayInput
from hengliang.platform.parties.models import Organisation, Person
from hengliang.platform.standards.models import MeasurementStandard


class ApplicationForm(forms.Form):
    """To which body, how and by when."""

    body = forms.ModelChoiceField(
        Organisation.objects.filter(is_verification_body=True).order_by("name"), label=_("Verification body")
    )
    on_site = forms.BooleanField(label=_("Verify on site"), required=False)
    wanted_on = forms.DateField(label=_("Wanted by"), widget=DayInput, required=False)
    note = forms.CharField(label=_("Note"), widget=forms.Textarea, required=False, max_length=1000)


class AssignForm(forms.Form):
    """Who verifies, and on which day."""

    verifier: Any = forms.ModelChoiceField(Person.objects.none(), label=_("Verifier"))
    scheduled_on = forms.DateField(label=_("Scheduled on"), widget=DayInput, required=False)

    def __init__(self, *args: Any, body: Organisation, **options: Any) -> None:
        super().__init__(*args, **options)
        field = cast("forms.ModelChoiceField[Person]", self.fields["verifier"])
        field.queryset = Person.objects.filter(organisation=body).order_by("name")


class RecordForm(forms.Form):
    """What stands around the measured values."""

    verified_on = forms.DateField(label=_("Verified on"), widget=DayInput)
    place = forms.CharField(label=_("Place of verification"), max_length=300, required=False)
    standards: Any = forms.ModelMultipleChoiceField(
        MeasurementStandard.objects.none(), label=_("Measurement standards used"), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, standards: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field = cast("forms.ModelMultipleChoiceField[MeasurementStandard]", self.fields["standards"])
        field.queryset = standards
