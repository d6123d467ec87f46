"""Mapping profiles that a body keeps for its own benches."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from hengliang.platform.core.models import LedgerRow
from hengliang.platform.core.rights import BODY_ROLES, Actor, Role
from hengliang.platform.parties.models import Organisation


class BenchProfileQuerySet(models.QuerySet["BenchProfile"]):
    """Own profiles, scoped."""

    def visible_to(self, actor: Actor) -> Self:
        """A body's profiles are its own affair."""
        if actor.has(Role.ADMINISTRATOR):
            return self
        return self.filter(body_id__in=actor.organisations(BODY_ROLES))


class BenchProfile(LedgerRow):
    """How the files of a body's own bench are read; a row is a version, the newest of a name counts from its act on.

    Either only `headers`, laid over a shipped profile: for a column of it the header that this bench writes. Or a whole
    `document` of the shape of a shipped one, with the units, signs and words of this bench; `sample` holds the first
    rows of a file of it (the bytes, base64), by which the next version can be looked at. A profile is withdrawn by a
    last version that says so.
    """

    body = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    name = models.CharField(_("name"), max_length=80)
    base = models.CharField(_("profile that it is laid over"), max_length=40)
    headers = models.JSONField(_("header of each column"))
    document = models.JSONField(_("document"), default=dict)
    version = models.IntegerField(_("version"), default=1)
    sample = models.TextField(_("first rows of a file"), blank=True, default="")
    withdrawn = models.BooleanField(_("withdrawn"), default=False)

    objects = BenchProfileQuerySet.as_manager()

    class Meta:
        verbose_name = _("own mapping profile")

    def __str__(self) -> str:
        return self.name
