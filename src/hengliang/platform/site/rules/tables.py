"""The list of rules, and the editions of one."""

from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from hengliang.platform.core.pages import cells, looks
from hengliang.platform.core.pages.table import ChoiceFilter, Column, Empty, Table, TextFilter
from hengliang.platform.site.rules.words import KINDS, LOOKS


def _state(key: str) -> Column:
    return Column(
        key, _("State"), sort=key, cell=cells.state, plain=lambda value, _row: str(looks.look_of(value).words)
    )


def own_links(value: Any, _row: Any) -> SafeString:
    """The file itself, and the way to take it away."""
    return format_html(
        '<a href="{}">{}</a> · <a href="{}">{}</a>',
        reverse("rules:own_file", args=[value]), _("Open"), reverse("rules:own_remove", args=[value]), _("Remove"),
    )  # fmt: skip


class RuleTable(Table):
    """Every rule, with what is in force today."""

    name, title = "rules", _("Rules")
    pk_path = "id"
    columns = (
        Column("title", _("Title"), sort="title", opens=True),
        Column("kind", _("Kind"), sort="kind", plain=lambda value, _row: str(value)),
        Column("document", _("Source"), sort="document"),
        Column("clause", _("Clause"), hidden=True),
        Column("start", _("In force since"), sort="start"),
        Column("editions", _("Editions"), align="end", sort="editions"),
        Column("layer", _("Given by"), sort="layer", hidden=True),
        Column("records", _("Records judged by it"), align="end", sort="records"),
        _state("state"),
        Column("id", _("Id"), sort="id", hidden=True),
    )
    filters = (
        TextFilter("q", _("Search"), fields=("title", "id", "document")),
        ChoiceFilter("kind", _("Kind"), field="kind_key", choices=list(KINDS.items()), several=True),
        ChoiceFilter(
            "state", _("State"), field="state", choices=lambda _actor: [(k, str(v.words)) for k, v in LOOKS.items()]
        ),
    )
    default_sort = "kind"
    template = "site/rules/list.html"
    empty = Empty(_("No such rule"), _("Take a filter away."))

    def row_url(self, row: Any) -> str:
        """The rule's page."""
        return reverse("rules:rule", args=[row["id"]])


class EditionTable(Table):
    """The editions of one rule."""

    name, title = "editions", _("Editions")
    pk_path = "id"
    columns = (
        Column("start", _("In force since"), sort="start", opens=True),
        Column("document", _("Source"), sort="document"),
        Column("clause", _("Clause")),
        Column("layer", _("Given by")),
        Column("records", _("Records judged by it"), align="end"),
        Column("approved", _("Approved by")),
        _state("state"),
    )
    default_sort = "-start"
    empty = Empty(_("No edition"), _("A rule has at least one."))

    def row_url(self, row: Any) -> str:
        """The rule's page in that edition."""
        return str(row["url"])


class OwnTable(Table):
    """The authority's own rule files."""

    name, title = "own_rules", _("Own rules")
    pk_path = "id"
    template = "site/rules/own_list.html"
    columns = (
        Column("title", _("Title"), sort="title", opens=True),
        Column("id", _("Id"), sort="id"),
        Column("on", _("Since"), sort="on"),
        Column("by", _("Given by")),
        Column("reason", _("Reason")),
        Column("tables", _("Tables"), align="end"),
        Column("pk", _("File"), cell=own_links, plain=lambda value, _row: str(value)),
    )
    default_sort = "id"
    empty = Empty(
        _("No rule of one's own"),
        _("A local regulation or a county's list belongs here, laid over the shipped rules. Begin with a template."),
    )

    def row_url(self, row: Any) -> str:
        """The rule's page."""
        return reverse("rules:rule", args=[row["id"]])
