"""Uncertainty budgets: named, owned by an organisation, kept in versions that never change."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from hengliang.platform.core.models import LedgerRow
from hengliang.platform.core.rights import BODY_ROLES, Actor, Role
from hengliang.platform.parties.models import Organisation


class BudgetQuerySet(models.QuerySet["Budget"]):
    """Budgets, scoped."""

    def visible_to(self, actor: Actor) -> Self:
        """A body sees its own; regional roles see those of the bodies in their regions."""
        if actor.has(Role.ADMINISTRATOR):
            return self
        return self.filter(
            models.Q(organisation_id__in=actor.organisations(BODY_ROLES))
            | models.Q(organisation__region_id__in=actor.regions())
        )


class Budget(LedgerRow):
    """An uncertainty budget (测量不确定度评定) of an organisation; what it says stands in its versions."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="budgets")
    name = models.CharField(_("name"), max_length=120)

    objects = BudgetQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "name"], name="budget_name_once_a_body")]
        verbose_name = _("uncertainty budget")

    def __str__(self) -> str:
        return self.name


class BudgetVersion(LedgerRow):
    """One saved state of a budget: model, inputs and what came of them, so that it can be computed again."""

    budget = models.ForeignKey(Budget, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField(_("version"))
    saved_on = models.DateField(_("saved on"))
    note = models.CharField(_("what changed"), max_length=200, blank=True)
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["budget", "number"], name="budget_version_once")]
        verbose_name = _("version of a budget")

    def __str__(self) -> str:
        return f"{self.budget_id} v{self.number}"
