"""Lists of applications, tasks and records."""

from typing import Any

from django.db.models import Case, Value, When
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hengliang.platform.core.pages import cells
from hengliang.platform.core.pages.table import BulkAct, ChoiceFilter, Column, DateFilter, Empty, Table, TextFilter
from hengliang.platform.core.rights import Actor, Role
from hengliang.platform.registry.models import CatalogueItem
from hengliang.platform.registry.selectors.by_instrument import found_by_instrument
from hengliang.platform.registry.spoken import spoken
from hengliang.platform.verification.jobs import job_kinds, job_title
from hengliang.platform.verification.models import Application, Record, Task
from hengliang.platform.verification.states import APPLICATION, OPEN_TASKS, RECORD, TASK


def _job(row: Application | Task) -> str:
    return job_title(row.job, timezone.localdate())


def _jobs(actor: Actor) -> list[tuple[str, str]]:
    return [(kind.code, kind.title) for kind in job_kinds(actor.today).values()]


def _verdict(record: Record) -> str:
    return {True: "passed", False: "failed"}.get(record.passed, "not_applicable")  # type: ignore[arg-type]


class ApplicationTable(Table):
    """Applications that one made or received."""

    name, title = "applications", _("Applications")
    columns = (
        Column("number", _("Number"), sort="number", opens=True),
        Column("applicant", _("Applicant"), sort="applicant__name", get=lambda a: a.applicant.name),
        Column("job", _("Kind of job"), sort="job", get=_job),
        Column("body", _("Verification body"), sort="body__name", get=lambda a: a.body.name if a.body else ""),
        Column("pieces", _("Pieces"), align="end", get=lambda a: a.pieces),
        Column("applied_at", _("Applied at"), sort="applied_at"),
        Column("wanted_on", _("Wanted by"), sort="wanted_on", hidden=True),
        Column("state", _("State"), sort="state", cell=cells.state, get=lambda a: f"application.{a.state}"),
    )
    filters = (
        TextFilter("q", _("Search"), fields=("number", "applicant__name")),
        ChoiceFilter("state", _("State"), choices=APPLICATION.choices(), several=True),
        ChoiceFilter("job", _("Kind of job"), choices=_jobs, several=True),
        DateFilter("applied", _("Applied"), field="applied_at", moments=True),
    )
    default_sort = "-applied_at"
    empty = Empty(_("No application yet"), _("Choose instruments in the ledger and apply for their verification."))

    def row_url(self, row: Application) -> str:
        """The application's page."""
        return reverse("verification:application", args=[row.pk])


def _items(_actor: Actor) -> list[tuple[str, str]]:
    rows = CatalogueItem.objects.order_by("rank", "code")
    return [(str(key), spoken(name)) for key, name in rows.values_list("pk", "name")]


class TaskTable(Table):
    """The work of a body, the oldest promise first."""

    name, title = "tasks", _("Verification work")
    columns = (
        Column(
            "instrument", _("Instrument"), get=lambda t: spoken(t.instrument.name), sort="instrument__name", opens=True
        ),
        Column(
            "code", _("Code"), cell=cells.unbroken, get=lambda t: t.instrument.printed_code, sort="instrument__code"
        ),
        Column("owner", _("User"), get=lambda t: t.owner.name, sort="owner__name"),
        Column("job", _("Kind of job"), sort="job", get=_job),
        Column("verifier", _("Verifier"), get=lambda t: t.verifier.name if t.verifier else "", sort="verifier__name"),
        Column("scheduled_on", _("Scheduled on"), sort="scheduled_on"),
        Column("promised_on", _("To be done by"), sort="promised_on"),
        Column("state", _("State"), sort="state", cell=cells.state, get=lambda t: f"task.{t.state}"),
    )
    filters = (
        TextFilter("q", _("Search"), hint=_("name, code, user"), narrow_by=found_by_instrument("owner__name")),
        ChoiceFilter("state", _("State"), choices=TASK.choices(), several=True),
        ChoiceFilter("item", _("Catalogue item"), field="instrument__item", choices=_items, several=True, more=True),
        ChoiceFilter("job", _("Kind of job"), choices=_jobs, several=True),
        DateFilter("promised", _("To be done by"), field="promised_on"),
        DateFilter("scheduled", _("Scheduled on"), field="scheduled_on"),
    )
    acts = (
        BulkAct(_("Assign"), "verification:task_assign", visible=lambda actor: actor.has(Role.BODY_MANAGER)),
        BulkAct(_("Print original records"), "verification:print_records"),
        BulkAct(_("Enter in one grid"), "verification:grid_chosen", visible=lambda actor: actor.has(Role.VERIFIER)),
    )
    default_sort = "promised_on"
    empty = Empty(_("Nothing to do"), _("Accepted applications put their instruments here."))

    def ordered(self, rows: Any, sort: str) -> Any:
        """Unless asked otherwise, what is still to be done stands before what is finished."""
        if sort != self.default_sort:
            return super().ordered(rows, sort)
        waits = Case(When(state__in=OPEN_TASKS, then=Value(0)), default=Value(1))
        return rows.order_by(waits, self.default_sort, self.pk_path)

    def row_url(self, row: Task) -> str:
        """The task's page."""
        return reverse("verification:task", args=[row.pk])


class RecordTable(Table):
    """The original records of a task or an instrument."""

    name, title = "records", _("Original records")
    columns = (
        Column("number", _("Number"), sort="number", opens=True),
        Column("verified_on", _("Verified on"), sort="verified_on"),
        Column("edition", _("Rule"), get=lambda r: f"{r.judgement.get('document', '')} {r.edition}"),
        Column("passed", _("Verdict"), cell=cells.state, get=_verdict),
        Column("verifier", _("Verifier"), get=lambda r: r.verifier.name),
        Column("state", _("State"), cell=cells.state, get=lambda r: f"record.{r.state}"),
    )
    filters = (ChoiceFilter("state", _("State"), choices=RECORD.choices(), several=True),)
    default_sort = "-verified_on"
    empty = Empty(_("No record yet"), _("What is measured is kept here, whatever becomes of it."))

    def row_url(self, row: Record) -> str:
        """The record's page."""
        return reverse("verification:record", args=[row.pk])
