"""The weights of a plan's targets for scoring its districts. No field takes what a district has reached."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hengliang.platform.plan.engine import is_computed
from hengliang.platform.plan.models import Plan, PlanTarget
from hengliang.platform.plan.selectors.progress import confirmed_of
from hengliang.platform.plan.services import Weighed
from hengliang.platform.plan.suggestions import every_indicator
from hengliang.platform.plan.words import demand_words


class ScoringForm(forms.Form):
    """A weight for each target that has a figure; for a number of things also what each district has to reach."""

    remark = forms.CharField(
        label=gettext_lazy("Remark"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, plan: Plan, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        known = every_indicator()
        self.targets: list[PlanTarget] = []
        fields: dict[str, forms.Field] = {}
        for target in confirmed_of(plan):
            indicator = known.get(target.indicator)
            if target.qualitative or indicator is None or not is_computed(indicator):
                continue
            self.targets.append(target)
            fields[f"weight_{target.pk}"] = forms.DecimalField(
                label=_("Weight of “%(metric)s” (%(demand)s)")
                % {"metric": target.metric, "demand": demand_words(target)},
                required=False, min_value=0, max_value=100, max_digits=5, decimal_places=2,
            )  # fmt: skip
            if indicator.denominator is None:
                fields[f"each_{target.pk}"] = forms.DecimalField(
                    label=_("What each district has to reach"), required=False, min_value=0, max_digits=12,
                    decimal_places=2,
                )  # fmt: skip
        self.fields = {**fields, **self.fields}

    def weighed(self) -> list[Weighed]:
        """The targets with a weight."""
        told = self.cleaned_data
        return [
            Weighed(one, told[f"weight_{one.pk}"], told.get(f"each_{one.pk}"))
            for one in self.targets
            if told.get(f"weight_{one.pk}")
        ]
