"""Forms of consultations, conferences and assessments."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from hengliang.platform.core.pages.confirm import ReasonForm
from hengliang.platform.core.pages.forms import DayField
from hengliang.platform.core.rights import Role
from hengliang.platform.core.selectors import region_list
from hengliang.platform.parties.models import Organisation, RoleAssignment
from hengliang.platform.plan.models import Conference, ConferenceMember, Consultation, GoalRating, Plan, PlanAssessment
from hengliang.platform.plan.services import Resolved
from hengliang.platform.plan.services.comment_enter import LONGEST


def _text(label: Any, rows: int = 4, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, widget=forms.Textarea(attrs={"rows": rows}), max_length=20000, **more)


class RegionForm(forms.Form):
    """A form that begins with one of the regions of the actor."""

    region = forms.ChoiceField(label=_("Region"))

    def __init__(self, actor: Any, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        rows = [one for one in region_list(actor.today) if one.region_id in actor.regions()]
        field: Any = self.fields["region"]
        field.choices = [(str(one.region_id), one.name) for one in rows]


class ConsultationForm(RegionForm):
    """What is put up, and for how long."""

    title = forms.CharField(label=_("Title"), max_length=300)
    plan = forms.ChoiceField(label=_("Plan"), required=False, help_text=_("Its clauses are put up as they stand now."))
    clauses = _text(_("Clauses"), 8, required=False, help_text=_("Without a plan: one clause a line."))
    lead = _text(_("What is asked"), 3, required=False)
    opens_on = DayField(label=_("Open from"))
    closes_on = DayField(label=_("Open until"))
    short_because = _text(_("Why the term is short"), 2, required=False)

    def __init__(self, actor: Any, *given: Any, **more: Any) -> None:
        super().__init__(actor, *given, **more)
        plans = Plan.objects.visible_to(actor).filter(state__in=["draft", "in_force"]).defer("text", "found")
        field: Any = self.fields["plan"]
        field.choices = [("", "—"), *((str(one.pk), one.title) for one in plans)]

    def told(self) -> list[tuple[str, str]]:
        """The clauses typed in."""
        return [("", line) for line in self.cleaned_data["clauses"].splitlines()]


class CommentForm(forms.Form):
    """What anybody says of a draft; neither name nor login is needed."""

    clause = forms.ChoiceField(label=_("About"), required=False)
    said = forms.CharField(label=_("Your comment"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 6}))
    name = forms.CharField(label=_("Name (not shown, may stay empty)"), max_length=60, required=False)
    contact = forms.CharField(label=_("How to reach you (not shown, may stay empty)"), max_length=120, required=False)

    def __init__(self, consultation: Consultation, *given: Any) -> None:
        super().__init__(*given)
        field: Any = self.fields["clause"]
        told = ((str(one.pk), str(one)[:40]) for one in consultation.clauses.all())
        field.choices = [("", _("The draft as a whole")), *told]


class PublishForm(forms.Form):
    """What everybody may read."""

    shown_text = _text(
        _("As shown"),
        help_text=_("Take out names, numbers and addresses, or put … in their place; the rest stays as it was said."),
    )


class AnswerForm(forms.Form):
    """What became of a comment."""

    accepted = forms.ChoiceField(
        label=_("Taken up"), choices=[("yes", _("Taken up")), ("no", _("Not taken up"))], widget=forms.RadioSelect
    )
    answer = _text(_("Answer"))


class SummaryForm(forms.Form):
    """What was said and what became of it."""

    summary = _text(_("Summary"), 6)


class ConferenceForm(RegionForm):
    """A joint conference and its foundation."""

    title = forms.CharField(label=_("Title"), max_length=200)
    basis = _text(_("Founded by"), 2, required=False)


class MemberForm(forms.Form):
    """A unit that joins."""

    name = forms.CharField(label=_("Unit"), max_length=200)
    part = forms.ChoiceField(label=_("Part in the conference"), choices=ConferenceMember.Part.choices)
    on = DayField(label=_("Since"))

    def organisation(self) -> Organisation | None:
        """The organisation of that name, if it is known here."""
        return Organisation.objects.filter(name=self.cleaned_data["name"].strip()).first()


class LeaveForm(ReasonForm):
    """The day from which a unit no longer belongs."""

    on = DayField(label=_("Until"))


class MeetingForm(forms.Form):
    """A meeting, and what it resolved."""

    title = forms.CharField(label=_("Meeting"), max_length=200)
    on = DayField(label=_("Held on"))
    present = forms.MultipleChoiceField(label=_("Present"), required=False, widget=forms.CheckboxSelectMultiple)
    minutes = _text(_("Minutes"), 5, required=False)
    resolved = _text(
        _("Resolutions"), 5, required=False, help_text=_("One a line: what | unit | due day (2026-06-30).")
    )

    def __init__(self, conference: Conference, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        field: Any = self.fields["present"]
        field.choices = [(one.name, one.name) for one in conference.members.all()]

    def clean_resolved(self) -> list[Resolved]:
        """The resolutions line by line."""
        return [_resolved(line) for line in self.cleaned_data["resolved"].splitlines() if line.strip()]


def _resolved(line: str) -> Resolved:
    parts = [part.strip() for part in line.replace("｜", "|").split("|")]
    if len(parts) not in (2, 3) or not all(parts[:2]):
        raise ValidationError(_("Write “%(line)s” as: what | unit | due day."), params={"line": line[:40]})
    try:
        return Resolved(parts[0], parts[1], date.fromisoformat(parts[2]) if len(parts) == 3 and parts[2] else None)
    except ValueError as error:
        raise ValidationError(_("“%(day)s” is no day; write 2026-06-30."), params={"day": parts[2][:20]}) from error


class FollowUpForm(forms.Form):
    """What a unit did."""

    on = DayField(label=_("On"))
    says = _text(_("What was done"))


class CommissionForm(forms.Form):
    """Who is asked, for which of the two assessments, by when."""

    kind = forms.ChoiceField(label=_("Kind"), choices=PlanAssessment.Kind.choices)
    assessor = forms.ModelChoiceField(
        label=_("Assessing organisation"),
        queryset=Organisation.objects.none(),
        help_text=_("Organisations where somebody holds the role of an assessor. The administrator gives that role."),
    )
    due_on = DayField(label=_("To be handed in by"), required=False)

    def __init__(self, on: date, *given: Any) -> None:
        super().__init__(*given)
        held = RoleAssignment.objects.on(on).filter(role=Role.ASSESSOR)
        field: Any = self.fields["assessor"]
        field.queryset = Organisation.objects.filter(pk__in=held.values("organisation_id")).order_by("name")


class OpinionForm(forms.Form):
    """What the assessor says of a target."""

    grade = forms.ChoiceField(label=_("Rating"), choices=GoalRating.Grade.choices, widget=forms.RadioSelect)
    opinion = _text(_("Opinion"))


class PracticeForm(forms.Form):
    """A practice that others may learn from."""

    title = forms.CharField(label=_("Practice"), max_length=200)
    unit = forms.CharField(label=_("Unit"), max_length=200)
    text = _text(_("What was done, and what came of it"), 6)


class ConclusionForm(forms.Form):
    """The conclusion of an assessment."""

    conclusion = _text(_("Conclusion of the assessment"), 6)
    advice = _text(_("Advice"), 5, required=False)
