"""Sheets brought into the ledger."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hengliang.platform.core.models import LedgerRow
from hengliang.platform.core.rights import HOLDER_ROLES, Actor, Role
from hengliang.platform.parties.models import Organisation
from hengliang.platform.registry.states import IMPORT


class InstrumentImportQuerySet(models.QuerySet["InstrumentImport"]):
    """Imports, scoped."""

    def visible_to(self, actor: Actor) -> Self:
        """One's own, those for one's organisations, and those for organisations in one's regions."""
        if actor.has(Role.ADMINISTRATOR):
            return self
        return self.filter(
            Q(act__account_id=actor.account_id or 0)
            | Q(organisation_id__in=actor.organisations(HOLDER_ROLES))
            | Q(organisation__region_id__in=actor.regions())
        )


class InstrumentImport(LedgerRow):
    """A sheet brought into the ledger: received, read, checked, previewed, applied as one act or not at all.

    Its rows lie in the staging table until it is applied or dropped; those that were refused stay for the error file.
    """

    # The sheet is held under its digest; what is found in it is told until the import is applied.
    changing = frozenset(
        {"applied_by_id", "changed", "columns", "done", "headers", "new", "notices", "problem", "refused"}
        | {"root", "rows", "sample", "sha256", "size", "state", "step", "unchanged"}
    )

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, related_name="+", verbose_name=_("user of rows that name none")
    )
    on = models.DateField(_("day from which it speaks"))
    file_name = models.CharField(_("file"), max_length=255)
    sha256 = models.CharField("SHA-256", max_length=64)
    size = models.BigIntegerField(_("size (bytes)"), default=0)
    state = models.CharField(_("state"), max_length=16, choices=IMPORT.choices(), default="received")
    headers = models.JSONField(_("headers of the sheet"), default=list)
    columns = models.JSONField(_("which column was read as which field"), default=dict)
    notices = models.JSONField(_("what its sender should know"), default=list)
    problem = models.JSONField(_("why it can't be read"), default=dict)
    sample = models.JSONField(_("some of what it would do"), default=list)
    rows = models.IntegerField(_("rows"), default=0)
    new = models.IntegerField(_("new"), default=0)
    changed = models.IntegerField(_("changed"), default=0)
    unchanged = models.IntegerField(_("unchanged"), default=0)
    refused = models.IntegerField(_("refused"), default=0)
    step = models.CharField(_("what is being done"), max_length=16, blank=True)
    done = models.IntegerField(_("rows done in this step"), default=0)
    root = models.CharField(_("Merkle root over its rows"), max_length=64, blank=True)
    applied_by = models.ForeignKey("core.Act", models.PROTECT, null=True, related_name="+")

    objects = InstrumentImportQuerySet.as_manager()

    class Meta:
        verbose_name = _("import")

    def __str__(self) -> str:
        return self.file_name
