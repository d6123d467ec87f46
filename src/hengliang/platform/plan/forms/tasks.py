"""Forms about tasks and reports."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hengliang.platform.core.pages.forms import DayField
from hengliang.platform.plan.forms.files import FilesField
from hengliang.platform.plan.models import Plan, PlanTask
from hengliang.platform.plan.services.units import match_units


class TaskForm(forms.Form):
    """What is to be done, by whom, by when."""

    title = forms.CharField(label=_("Task"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
    units = forms.CharField(
        label=_("Units"), widget=forms.Textarea(attrs={"rows": 4}), max_length=4000,
        help_text=_("One a line; the first one leads. Names known here are tied to their organisations."),
    )  # fmt: skip
    clause = forms.ChoiceField(label=_("Clause"), required=False)
    starts_on = DayField(label=_("Begins on"), required=False)
    due_on = DayField(label=_("Deadline"), required=False)

    def __init__(self, plan: Plan, task: PlanTask | None, data: Any = None) -> None:
        told = {}
        if task is not None:
            told = {"title": task.title, "starts_on": task.starts_on, "due_on": task.due_on,
                    "units": "\n".join(one.name for one in task.units.all())}  # fmt: skip
        super().__init__(data, initial=told)
        self.plan = plan
        field: Any = self.fields["clause"]
        field.choices = [("", "—"), *((str(c.pk), str(c)[:60]) for c in plan.clauses.order_by("ordinal"))]
        if task is not None:
            del self.fields["clause"]

    def names(self) -> list[str]:
        """The units, in their order."""
        lines = self.cleaned_data["units"].replace("、", "\n").splitlines()
        return [one.strip() for one in lines if one.strip()]

    def units_told(self) -> list[tuple[str, str, int | None]]:
        """Name, role and organisation of each."""
        return match_units(self.names(), self.plan)


class ReportForm(forms.Form):
    """What a unit did."""

    unit = forms.ChoiceField(label=_("Reported by"))
    on = DayField(label=_("On"))
    says = forms.CharField(label=_("What was done"), max_length=5000, widget=forms.Textarea(attrs={"rows": 5}))
    attached = FilesField(label=_("Evidence"), required=False, help_text=_("PDF, pictures or Office documents."))

    def __init__(self, task: PlanTask, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        field: Any = self.fields["unit"]
        field.choices = [(one.name, one.name) for one in task.units.all()]
