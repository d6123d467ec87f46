"""The list of proofs."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hengliang.platform.certificates.models import Certificate
from hengliang.platform.certificates.states import CERTIFICATE
from hengliang.platform.core.pages import cells
from hengliang.platform.core.pages.table import BulkAct, ChoiceFilter, Column, DateFilter, Empty, Table, TextFilter
from hengliang.platform.registry.codes import spaced
from hengliang.platform.registry.selectors.by_instrument import found_by_instrument
from hengliang.platform.registry.spoken import spoken


class CertificateTable(Table):
    """Certificates and notices of result."""

    name, title = "certificates", _("Certificates and notices")
    columns = (
        Column("number", _("Number"), sort="number", opens=True),
        Column("kind", _("Kind"), get=lambda c: c.get_kind_display()),
        Column("instrument", _("Instrument"), get=lambda c: spoken(c.content["instrument"]["name"])),
        Column(
            "code",
            _("Code of the instrument"),
            cell=cells.unbroken,
            get=lambda c: spaced(c.content["instrument"]["code"]),
        ),
        Column("owner", _("User"), get=lambda c: c.content["applicant"]["name"]),
        Column("verified_on", _("Verified on"), sort="verified_on"),
        Column("valid_until", _("Valid until"), sort="valid_until"),
        Column("state", _("State"), sort="state", cell=cells.state, get=lambda c: f"certificate.{c.state}"),
    )
    filters = (
        TextFilter(
            "q",
            _("Search"),
            hint=_("number, name, code"),
            narrow_by=found_by_instrument("number", "instrument__search_text"),
        ),
        ChoiceFilter("kind", _("Kind"), choices=Certificate.Kind.choices),
        ChoiceFilter("state", _("State"), choices=CERTIFICATE.choices()),
        DateFilter("verified", _("Verified on"), field="verified_on"),
        DateFilter("until", _("Valid until"), field="valid_until"),
    )
    acts = (BulkAct(_("Print"), "certificates:print_many"),)
    default_sort = "-verified_on"
    empty = Empty(_("No proof yet"), _("Proofs are issued from approved records."))

    def row_url(self, row: Certificate) -> str:
        """The certificate's page."""
        return reverse("certificates:certificate", args=[row.pk])
