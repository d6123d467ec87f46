"""The lists of plans, and the rows behind a figure."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hengliang.platform.core.listed import listed
from hengliang.platform.core.pages import cells
from hengliang.platform.core.pages.looks import look_of
from hengliang.platform.core.pages.table import ChoiceFilter, Column, DateFilter, Empty, Table, TextFilter
from hengliang.platform.plan.kinds import kinds
from hengliang.platform.plan.models import Achievement, Plan, PlanTask, TaskUnit
from hengliang.platform.plan.states import ACHIEVEMENT, PLAN, TASK
from hengliang.platform.registry.models import InstrumentState
from hengliang.platform.registry.selectors import searched
from hengliang.platform.registry.spoken import spoken
from hengliang.platform.standards.models import MeasurementStandard
from hengliang.platform.supervision.tables import instrument_url

_EMPTY = Empty(_("No row"), _("Nothing of this kind is in the ledger for this question."))


class LedgerRowTable(Table):
    """Versions of the ledger: what it said about an instrument, from a day until a day."""

    name, title = "figure-rows", _("Rows behind the figure")
    columns = (
        Column("name", _("Instrument"), get=lambda r: spoken(r.instrument.name), opens=True),
        Column("code", _("Code"), cell=cells.unbroken, get=lambda r: r.instrument.printed_code),
        Column("owner", _("User"), get=lambda r: r.owner.name),
        Column("region", _("Region"), get=lambda r: r.region_name),
        Column("status", _("State"), get=lambda r: f"instrument.{r.status}", cell=cells.state),
        Column("due_on", _("Due"), sort="due_on"),
        Column("last_on", _("Last verified"), sort="last_on"),
        Column("last_result", _("Result"), get=lambda r: r.get_last_result_display()),
        Column("valid_from", _("This entry from"), sort="valid_from"),
        Column("valid_to", _("until before"), sort="valid_to"),
        Column("known_from", _("Known from"), hidden=True),
    )
    filters = (
        TextFilter("q", _("Search"), narrow_by=searched),
        ChoiceFilter("result", _("Result"), field="last_result", choices=InstrumentState.Result.choices[1:]),
        DateFilter("due", _("Due"), field="due_on"),
    )
    # In the order of the ledger: the first page is met on the way, whatever a row has to meet.
    default_sort = ""
    empty = _EMPTY

    def row_url(self, row: InstrumentState) -> str:
        """The instrument's page."""
        return instrument_url(row.instrument.code)


class ItemTable(Table):
    """Items of the catalogue."""

    name, title = "figure-items", _("Items behind the figure")
    columns = (
        Column("name", _("Item"), sort="name"),
        Column("code", _("Code"), sort="code"),
        Column("control", _("Control"), get=lambda i: i.get_control_display()),
        Column("mark", _("How sure this row is")),
        Column("source", _("Source")),
    )
    filters = (TextFilter("q", _("Search"), fields=("name", "code")),)
    default_sort = "code"
    empty = _EMPTY


class StandardTable(Table):
    """Measurement standards behind a figure."""

    name, title = "figure-standards", _("Measurement standards behind the figure")
    columns = (
        Column("name", _("Measurement standard"), sort="name"),
        Column("level", _("Level"), get=lambda s: s.get_level_display()),
        Column("organisation", _("Kept by"), get=lambda s: s.organisation.name),
    )
    filters = (TextFilter("q", _("Search"), fields=("name", "organisation__name")),)
    default_sort = "name"
    empty = _EMPTY

    def row_url(self, row: MeasurementStandard) -> str:
        """The standard's page."""
        return reverse("standards:standard", args=[row.pk])


class AchievementTable(Table):
    """Achievements."""

    name, title = "achievements", _("Achievements")
    columns = (
        Column("name", _("Name"), sort="name", opens=True),
        Column("kind", _("Kind"), get=lambda a: kind_title(a.kind, a.approved_on)),
        Column("level", _("Level"), get=lambda a: a.get_level_display()),
        Column("stage", _("Stage"), get=lambda a: a.get_stage_display(), hidden=True),
        Column("holder", _("Holder"), get=lambda a: a.organisation.name if a.organisation else a.holder),
        Column("authority", _("Approved by"), hidden=True),
        Column("document_number", _("Document number")),
        Column("approved_on", _("Date of the document"), sort="approved_on"),
        Column("state", _("State"), get=lambda a: f"achievement.{a.state}", cell=cells.state,
               plain=lambda value, _row: look_of(value).words),
    )  # fmt: skip
    filters = (
        TextFilter("q", _("Search"), fields=("name", "holder", "document_number", "authority")),
        ChoiceFilter("kind", _("Kind"), choices=lambda actor: [(k.code, k.title) for k in kinds(actor.today).values()]),
        ChoiceFilter("level", _("Level"), choices=Achievement.Level.choices),
        ChoiceFilter("state", _("State"), choices=ACHIEVEMENT.choices()),
        DateFilter("approved", _("Date of the document"), field="approved_on"),
    )
    default_sort = "-approved_on"
    empty = Empty(
        _("No achievement yet"),
        _("Centres, laboratories, bases, brands, awards and results stand here with the document that proves them."),
    )

    def row_url(self, row: Achievement) -> str:
        """The achievement's page."""
        return reverse("plan:achievement", args=[row.pk])


class PlanTable(Table):
    """Plans."""

    name, title = "plans", _("Plans and targets")
    columns = (
        Column("title", _("Plan"), sort="title", opens=True),
        Column("issuer", _("Published by"), hidden=True),
        Column("starts_on", _("Begins on"), sort="starts_on"),
        Column("ends_on", _("Ends on"), sort="ends_on"),
        Column("confirmed", _("Targets"), align="end"),
        Column("waiting", _("To be confirmed"), align="end"),
        Column("state", _("State"), get=lambda p: f"plan.{p.state}", cell=cells.state,
               plain=lambda value, _row: look_of(value).words),
    )  # fmt: skip
    filters = (
        TextFilter("q", _("Search"), fields=("title", "issuer")),
        ChoiceFilter("state", _("State"), choices=PLAN.choices()),
    )
    default_sort = "-starts_on"
    empty = Empty(_("No plan yet"), _("Read a policy document: its targets are found, confirmed and then computed."))

    def row_url(self, row: Plan) -> str:
        """The plan's page; a draft opens where it is confirmed."""
        return reverse("plan:confirm" if row.state == "draft" else "plan:plan", args=[row.pk])


class TaskTable(Table):
    """Tasks of plans."""

    name, title = "plan-tasks", _("Tasks of the plans")
    columns = (
        Column("title", _("Task"), opens=True),
        Column("clause", _("Clause"), get=lambda t: t.clause.number if t.clause else ""),
        Column("lead", _("Lead"), get=lambda t: listed(u.name for u in t.units.all() if u.role == "lead")),
        Column("joint", _("Joint"), get=lambda t: listed(u.name for u in t.units.all() if u.role == "joint")),
        Column("due_on", _("Deadline"), sort="due_on"),
        Column("reported_on", _("Last reported on")),
        Column("state", _("State"), get=lambda t: f"plan_task.{t.state}", cell=cells.state,
               plain=lambda value, _row: look_of(value).words),
        Column("plan", _("Plan"), get=lambda t: t.plan.title, hidden=True),
    )  # fmt: skip
    filters = (
        TextFilter("q", _("Search"), fields=("title", "clause__text")),
        TextFilter("unit", _("Unit"), narrow_by=lambda rows, words: rows.filter(
            pk__in=TaskUnit.objects.filter(name__icontains=words).values("task"))),
        ChoiceFilter("state", _("State"), choices=TASK.choices()),
        ChoiceFilter("silent", _("Reports"), choices=(("1", _("Never reported")),),
                     narrow_by=lambda rows, _chosen: rows.filter(reports=None)),
        DateFilter("due", _("Deadline"), field="due_on"),
    )  # fmt: skip
    default_sort = "due_on"
    empty = Empty(_("No task yet"), _("Tasks come from the clauses of a plan and the units that they name."))

    def row_url(self, row: PlanTask) -> str:
        """The task's page."""
        return reverse("plan:task", args=[row.pk])


def kind_title(kind: str, on: date) -> str:
    """What a kind of achievement is called."""
    known = kinds(on)
    return known[kind].title if kind in known else kind


_TABLES: dict[str, type[Table]] = {
    "items": ItemTable,
    "instruments": LedgerRowTable,
    "measurement_standards": StandardTable,
    "achievements": AchievementTable,
}


def table_for(counts: str) -> Table:
    """The table that shows rows of a kind of selection."""
    return _TABLES[counts]()
