"""The lists of consultations, conferences and assessments."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hengliang.platform.core.pages import cells
from hengliang.platform.core.pages.table import ChoiceFilter, Column, Empty, Table, TextFilter
from hengliang.platform.plan.assessment_states import ASSESSMENT
from hengliang.platform.plan.consultation_states import CONSULTATION
from hengliang.platform.plan.models import Conference, Consultation, PlanAssessment


class ConsultationTable(Table):
    """Drafts that stood open."""

    name, title = "consultations", _("Public consultations")
    columns = (
        Column("title", _("Title"), opens=True),
        Column("opens_on", _("Open from"), sort="opens_on"),
        Column("closes_on", _("Open until"), sort="closes_on"),
        Column("waiting", _("Comments to be read or answered"), align="end"),
        Column("state", _("State"), get=lambda r: f"consultation.{r.state}", cell=cells.state),
    )
    filters = (
        TextFilter("q", _("Search"), fields=("title",)),
        ChoiceFilter("state", _("State"), choices=CONSULTATION.choices()),
    )
    default_sort = "-closes_on"
    empty = Empty(_("No consultation yet"), _("A draft that stands open to everybody is listed here."))

    def row_url(self, row: Consultation) -> str:
        """Its page."""
        return reverse("plan:consultation", args=[row.pk])


class ConferenceTable(Table):
    """Joint conferences."""

    name, title = "conferences", _("Joint conferences")
    columns = (
        Column("title", _("Title"), opens=True),
        Column("members_now", _("Members"), align="end"),
        Column("open_now", _("Resolutions in work"), align="end"),
    )
    filters = (TextFilter("q", _("Search"), fields=("title",)),)
    default_sort = "title"
    empty = Empty(_("No joint conference yet"), _("Found one to keep its members, meetings and resolutions."))

    def row_url(self, row: Conference) -> str:
        """Its page."""
        return reverse("plan:conference", args=[row.pk])


class AssessmentTable(Table):
    """Assessments of plans."""

    name, title = "plan-assessments", _("Assessments of plans")
    columns = (
        Column("plan", _("Plan"), get=lambda r: r.plan.title, opens=True),
        Column("kind", _("Kind"), get=lambda r: r.get_kind_display()),
        Column("assessor", _("Assessing organisation"), get=lambda r: r.assessor.name),
        Column("due_on", _("To be handed in by"), sort="due_on"),
        Column("state", _("State"), get=lambda r: f"plan_assessment.{r.state}", cell=cells.state),
    )
    filters = (ChoiceFilter("state", _("State"), choices=ASSESSMENT.choices()),)
    default_sort = "due_on"
    empty = Empty(_("No assessment yet"), _("Commission one on the page of a snapshot."))

    def row_url(self, row: PlanAssessment) -> str:
        """Its page."""
        return reverse("plan:assessment", args=[row.pk])
