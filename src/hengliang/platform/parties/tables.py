"""The lists of parties."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hengliang.platform.core.pages.table import BooleanFilter, Column, Empty, Table, TextFilter
from hengliang.platform.core.search import matching
from hengliang.platform.parties.models import Organisation


class OrganisationTable(Table):
    """Organisations that one may see."""

    name, title = "organisations", _("Organisations")
    columns = (
        Column("name", _("Name"), sort="name", opens=True),
        Column("credit_code", _("Credit code"), sort="credit_code"),
        Column(
            "is_verification_body", _("Verification body"), get=lambda o: _("yes") if o.is_verification_body else ""
        ),
        Column("is_market", _("Market"), get=lambda o: _("yes") if o.is_market else "", hidden=True),
    )
    filters = (
        TextFilter("q", _("Search"), fields=("name",), narrow_by=matching),
        BooleanFilter("body", _("Verification body"), field="is_verification_body"),
    )
    default_sort = "name"
    empty = Empty(_("No organisation yet"), _("Organisations whose instruments stand in the ledger belong here."))

    def row_url(self, row: Organisation) -> str:
        """The organisation's page."""
        return reverse("parties:organisation", args=[row.pk])


class RoleTable(Table):
    """Who holds which role at an organisation."""

    name, title = "roles", _("Roles")
    columns = (
        Column("account", _("Account"), get=lambda r: str(r.account), opens=False),
        Column("role", _("Role"), get=lambda r: r.get_role_display()),
        Column("valid_from", _("From"), sort="valid_from"),
        Column("valid_to", _("Until"), sort="valid_to"),
    )
    default_sort = "valid_from"
    empty = Empty(_("Nobody yet"), _("Invite the people who work here."))
