"""Forms about a document and what it demands."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hengliang.platform.core.pages.confirm import ReasonForm
from hengliang.platform.core.pages.forms import DayField
from hengliang.platform.core.rights import Actor, Role
from hengliang.platform.core.selectors import region_list
from hengliang.platform.plan.forms.files import FilesField
from hengliang.platform.plan.models import Comparator, GoalRating, Mode, Plan, PlanTarget
from hengliang.platform.plan.services import Demand
from hengliang.platform.plan.services.demand import demand_of
from hengliang.platform.plan.suggestions import candidates, every_indicator
from hengliang.platform.plan.words import title_of

_BEST = 5


class ImportForm(forms.Form):
    """A document, as a file or as text."""

    region = forms.ChoiceField(label=_("Region that the plan is for"))
    file = forms.FileField(
        label=_("File"),
        required=False,
        help_text=_("TXT, HTML, DOCX, or PDF with text; up to 32 MB."),
        widget=forms.FileInput(attrs={"accept": ".txt,.html,.htm,.docx,.pdf"}),
    )
    text = forms.CharField(
        label=_("Or its text"),
        required=False,
        max_length=300_000,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_("Paste it as it is; broken characters and web furniture are mended."),
    )

    def __init__(self, actor: Actor, *given: Any) -> None:
        super().__init__(*given)
        mine = actor.regions({Role.AUTHORITY})
        field: Any = self.fields["region"]
        field.choices = [(str(r.region_id), r.name) for r in region_list(actor.today) if r.region_id in mine]

    def clean(self) -> dict[str, Any]:
        """One of the two."""
        told: dict[str, Any] = super().clean() or {}
        if not self.errors and not told.get("file") and not (told.get("text") or "").strip():
            self.add_error("file", _("Choose a file, or paste the text."))
        return told


class PlanForm(forms.Form):
    """Title, issuer and term."""

    title = forms.CharField(label=_("Title"), max_length=300)
    issuer = forms.CharField(label=_("Published by"), max_length=200, required=False)
    issued_on = DayField(label=_("Issued on"), required=False)
    starts_on = DayField(label=_("Begins on"))
    ends_on = DayField(label=_("Ends on"))
    tasks_follow = forms.BooleanField(label=_("Its tasks follow"), required=False)

    def __init__(self, plan: Plan, data: Any = None) -> None:
        told = {name: getattr(plan, name) for name in self.base_fields if name != "tasks_follow"}
        super().__init__(data, initial=told | {"tasks_follow": True})
        ending = plan.tasks.filter(state="open", due_on=plan.ends_on).count()
        if ending:
            self.fields["tasks_follow"].help_text = _(
                "%(count)s tasks are due on %(day)s, the last day of the plan so far; they move with it."
            ) % {"count": ending, "day": plan.ends_on.isoformat()}
        else:
            del self.fields["tasks_follow"]


class DemandForm(forms.Form):
    """What the document demands; corrected where the program read it wrongly."""

    metric = forms.CharField(label=_("Name of the target"), max_length=300)
    mode = forms.ChoiceField(label=_("Counted as"), choices=Mode.choices)
    comparator = forms.ChoiceField(label=_("Comparison"), required=False, choices=[("", "—"), *Comparator.choices])
    goal = forms.DecimalField(label=_("Goal in the document"), required=False, max_digits=18, decimal_places=4)
    goal_upper = forms.DecimalField(label=_("Upper end of a range"), required=False, max_digits=18, decimal_places=4)
    unit = forms.CharField(label=_("Unit"), required=False, max_length=20)
    deadline = DayField(label=_("Deadline"), required=False)
    firmness = forms.ChoiceField(label=_("Firmness"), choices=PlanTarget.Firmness.choices)
    indicator = forms.ChoiceField(
        label=_("Computed by"),
        required=False,
        help_text=_("Those that fit the words best stand first. The figure itself is never typed."),
    )
    within = forms.ChoiceField(label=_("Milestone within"), required=False)

    def __init__(self, target: PlanTarget, data: Any = None) -> None:
        told = {
            name: getattr(target, name)
            for name in ("metric", "mode", "comparator", "unit", "deadline", "firmness", "indicator")
        }
        told |= {name: _short(getattr(target, name)) for name in ("goal", "goal_upper")}
        super().__init__(data, initial=told | {"within": target.within_id or ""})
        field: Any = self.fields["indicator"]
        field.choices = indicator_choices(target)
        others = target.plan.targets.standing().exclude(pk=target.pk).exclude(mode=Mode.QUALITATIVE)
        field = self.fields["within"]
        field.choices = [
            ("", "—"),
            *((str(o.pk), f"{o.metric} {_short(o.goal)}{o.unit} {o.deadline or ''}") for o in others),
        ]

    def demand(self) -> Demand:
        """What was said."""
        told = dict(self.cleaned_data)
        within = told.pop("within")
        told.pop("reason", None)
        return demand_of(told | {"within_id": int(within) if within else None})


class AmendForm(DemandForm):
    """The same for a plan in force: with the reason, which the public reads."""

    reason = forms.CharField(
        label=_("Reason"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("It stands on the public page beside the change, once a second person has confirmed it."),
    )  # fmt: skip


def _short(value: Any) -> Any:
    return None if value is None else f"{value.normalize():f}"


def indicator_choices(target: PlanTarget) -> list[Any]:
    """The indicators that fit the words best, then all others, each with the word whether it is computed."""
    known = every_indicator()
    found = candidates(target.metric, target.text, target.mode)
    rows = [(one.name, title_of(known[one.name])) for one in found]
    return [
        ("", _("None yet")),
        (_("Fit the words"), rows[:_BEST]),
        (_("All others"), sorted(rows[_BEST:], key=lambda row: row[1])),
        (_("Judged by people"), [("goal-rating", title_of(known["goal-rating"]))]),
    ]


class AddForm(forms.Form):
    """Words of the text that the program missed."""

    quote = forms.CharField(
        label=_("Words of the document"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3, "data-quote": ""}),
        help_text=_("Mark them in the text on the left, or copy them exactly."),
    )
    clause = forms.ChoiceField(label=_("Clause"), required=False)

    def __init__(self, plan: Plan, *given: Any) -> None:
        super().__init__(*given)
        field: Any = self.fields["clause"]
        field.choices = [
            ("", _("Wherever they stand first")),
            *((str(c.pk), str(c)[:60]) for c in plan.clauses.order_by("ordinal")),
        ]


class RatingForm(ReasonForm):
    """A grade in words, what it rests on, and who disagrees."""

    on = DayField(label=_("On"))
    grade = forms.ChoiceField(label=_("Rating"), choices=GoalRating.Grade.choices, widget=forms.RadioSelect)
    evidence = forms.CharField(label=_("Evidence"), widget=forms.Textarea(attrs={"rows": 4}), max_length=5000)
    dissent = forms.CharField(
        label=_("Dissenting opinion"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=5000,
        help_text=_("Who sees it otherwise, and why. It stays beside the rating."),
    )
    attached = FilesField(label=_("Files"), required=False)
    field_order = ("on", "grade", "evidence", "dissent", "attached", "reason")


class SnapshotForm(forms.Form):
    """For which occasion, of which day."""

    title = forms.CharField(label=_("Occasion"), max_length=200)
    on = DayField(label=_("On"))
