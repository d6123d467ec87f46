"""The lists of standards, authorisations and qualifications."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hengliang.platform.core.models import day_before
from hengliang.platform.core.pages import cells, looks
from hengliang.platform.core.pages.table import ChoiceFilter, Column, DateFilter, Empty, Table, TextFilter
from hengliang.platform.registry.spoken import spoken
from hengliang.platform.standards.models import MeasurementStandard

CONDITIONS = ("in_order", "due_soon", "not_in_order", "suspended")
PAPER_CONDITIONS = ("in_order", "due_soon", "expired", "to_come")


def words_of(conditions: tuple[str, ...]) -> list[tuple[str, str]]:
    """The choices of a filter by condition, in the words of the tags."""
    return [(one, str(looks.look_of(f"standards.{one}").words)) for one in conditions]


def last_day(first_bad: Any) -> Any:
    """The last good day before the first bad one."""
    return day_before(first_bad) if first_bad and first_bad.year < 9999 else None


def _condition(label: Any) -> Column:
    return Column(
        "condition", label, sort="condition", cell=cells.state, get=lambda r: f"standards.{r.condition}",
        plain=lambda key, _row: str(looks.look_of(key).words),
    )  # fmt: skip


class StandardTable(Table):
    """Measurement standards with their condition today."""

    name, title = "measurement-standards", _("Measurement standards")
    columns = (
        Column("name", _("Name"), sort="name", opens=True),
        Column("code", _("Code"), sort="code"),
        Column("organisation", _("Kept by"), sort="organisation__name", get=lambda s: s.organisation.name),
        Column("level", _("Level"), sort="level", get=lambda s: s.get_level_display()),
        Column("measuring_range", _("Measuring range")),
        Column("uncertainty", _("Uncertainty, class or MPE")),
        Column("good_to", _("Papers good until"), sort="good_to", get=lambda s: last_day(s.good_to)),
        _condition(_("State")),
    )
    filters = (
        TextFilter("q", _("Search"), fields=("name", "code", "organisation__name")),
        ChoiceFilter(
            "condition", _("State"), field="condition", choices=lambda _actor: words_of(CONDITIONS), several=True
        ),
        ChoiceFilter("level", _("Level"), field="level", choices=MeasurementStandard.Level.choices),
    )
    default_sort = "good_to"
    empty = Empty(
        _("No measurement standard yet"), _("A record names the standards used; here stand their papers and dates.")
    )

    def row_url(self, row: MeasurementStandard) -> str:
        """The standard's page."""
        return reverse("standards:standard", args=[row.pk])


class PaperTable(Table):
    """The papers that one measurement standard rests on."""

    name, title = "standard-papers", _("Papers")
    columns = (
        Column("kind", _("Kind"), get=lambda p: p.get_kind_display()),
        Column("number", _("Certificate number"), sort="number"),
        Column("issuer", _("Issued by")),
        Column("valid_from", _("Good from"), sort="valid_from"),
        Column("valid_to", _("Good until"), sort="valid_to", get=lambda p: last_day(p.valid_to)),
        _condition(_("State")),
    )
    default_sort = "-valid_from"
    empty = Empty(_("No paper yet"), _("Without examination and traceability nothing can be verified with it."))


class AuthorisationTable(Table):
    """Which body may verify what, until when."""

    name, title = "authorisations", _("Authorisations")
    columns = (
        Column("body", _("Verification body"), sort="body__name", get=lambda r: r.body.name),
        Column("item", _("Item"), sort="item__name", get=lambda r: spoken(r.item.name)),
        Column("number", _("Document number"), sort="number", opens=True),
        Column("scope", _("Range and accuracy")),
        Column("valid_from", _("Good from"), sort="valid_from"),
        Column("valid_to", _("Good until"), sort="valid_to", get=lambda r: last_day(r.valid_to)),
        _condition(_("State")),
    )
    filters = (
        TextFilter("q", _("Search"), fields=("number", "body__name", "item__name")),
        ChoiceFilter(
            "condition", _("State"), field="condition", choices=lambda _actor: words_of(PAPER_CONDITIONS), several=True
        ),
        DateFilter("until", _("Good until"), field="valid_to"),
    )
    default_sort = "valid_to"
    empty = Empty(_("No authorisation yet"), _("The authority authorises bodies, item by item."))

    def row_url(self, row: Any) -> str:
        """The authorisation's page."""
        return reverse("standards:authorisation", args=[row.pk])


class DesignationTable(Table):
    """Which body verifies what where."""

    name, title = "designations", _("Designations")
    columns = (
        Column("body", _("Verification body"), sort="body__name", get=lambda r: r.body.name, opens=True),
        Column("item", _("Item"), sort="item__name", get=lambda r: spoken(r.item.name)),
        Column("region_name", _("Region"), sort="region_name"),
        Column("number", _("Document number"), sort="number"),
        Column("valid_from", _("Good from"), sort="valid_from"),
        Column("valid_to", _("Good until"), sort="valid_to", get=lambda r: last_day(r.valid_to)),
        _condition(_("State")),
    )
    filters = (
        TextFilter("q", _("Search"), fields=("number", "body__name", "item__name", "region_name")),
        ChoiceFilter(
            "condition", _("State"), field="condition", choices=lambda _actor: words_of(PAPER_CONDITIONS), several=True
        ),
        DateFilter("until", _("Good until"), field="valid_to"),
    )
    default_sort = "item"
    empty = Empty(
        _("No designation yet"),
        _("The authority designates a body for each item and area; applications for mandatory verification go there."),
    )

    def row_url(self, row: Any) -> str:
        """The designation's page."""
        return reverse("standards:designation", args=[row.pk])


class QualificationTable(Table):
    """Who may verify what, until when."""

    name, title = "qualifications", _("Qualifications")
    columns = (
        Column("person", _("Person"), sort="person__name", get=lambda r: r.person.name, opens=True),
        Column("body", _("Verification body"), sort="body__name", get=lambda r: r.body.name),
        Column("item", _("Item"), sort="item__name", get=lambda r: spoken(r.item.name)),
        Column("number", _("Certificate number"), sort="number"),
        Column("valid_from", _("Good from"), sort="valid_from"),
        Column("valid_to", _("Good until"), sort="valid_to", get=lambda r: last_day(r.valid_to)),
        _condition(_("State")),
    )
    filters = (
        TextFilter("q", _("Search"), fields=("number", "person__name", "item__name")),
        ChoiceFilter(
            "condition", _("State"), field="condition", choices=lambda _actor: words_of(PAPER_CONDITIONS), several=True
        ),
        DateFilter("until", _("Good until"), field="valid_to"),
    )
    default_sort = "valid_to"
    empty = Empty(_("No qualification yet"), _("Nobody signs a record without one for the item."))

    def row_url(self, row: Any) -> str:
        """The qualification's page."""
        return reverse("standards:qualification", args=[row.pk])


class BudgetTable(Table):
    """Uncertainty budgets with what their latest version states."""

    name, title = "budgets", _("Uncertainty budgets")
    columns = (
        Column("name", _("Name"), sort="name", opens=True),
        Column("organisation", _("Kept by"), sort="organisation__name", get=lambda r: r.organisation.name),
        Column("stated", _("Result")),
        Column("number", _("Version"), sort="number", align="end"),
        Column("saved_on", _("Saved on"), sort="saved_on"),
    )
    filters = (
        TextFilter("q", _("Search"), fields=("name", "organisation__name")),
        DateFilter("saved", _("Saved on"), field="saved_on"),
    )
    default_sort = "-saved_on"
    empty = Empty(
        _("No uncertainty budget yet"),
        _("A budget is evaluated on the workbench and saved with its name; here stand all with their versions."),
    )

    def row_url(self, row: Any) -> str:
        """The budget's page."""
        return reverse("standards:budget", args=[row.pk])


class VersionTable(Table):
    """The versions of one budget."""

    name, title = "budget-versions", _("Versions")
    columns = (
        Column("number", _("Version"), sort="number", opens=True),
        Column("saved_on", _("Saved on"), sort="saved_on"),
        Column("by", _("By")),
        Column("stated", _("Result"), get=lambda v: v.content["computed"]["stated"]),
        Column("note", _("What changed")),
        Column("sha256", "SHA-256", get=lambda v: v.sha256[:12], hidden=True),
    )
    default_sort = "-number"
    empty = Empty(_("No version yet"), "")

    def row_url(self, row: Any) -> str:
        """The version's page."""
        return reverse("standards:budget_version", args=[row.budget_id, row.number])
