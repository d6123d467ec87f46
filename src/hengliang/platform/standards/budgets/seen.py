"""Who sees which budgets, each with its latest version."""

from django.db.models import F, OuterRef, QuerySet, Subquery
from django.db.models.fields.json import KT

from hengliang.platform.core.rights import Actor
from hengliang.platform.standards.models import Budget, BudgetVersion


def budgets_seen(actor: Actor) -> "QuerySet[Budget]":
    """The budgets that the actor may see, with number, day and stated result of the latest version."""
    latest = BudgetVersion.objects.filter(budget=OuterRef("pk")).order_by("-number")
    rows = Budget.objects.visible_to(actor).select_related("organisation")
    return rows.annotate(
        number=Subquery(latest.values("number")[:1]),
        saved_on=Subquery(latest.values("saved_on")[:1]),
        stated=Subquery(latest.annotate(said=KT("content__computed__stated")).values("said")[:1]),
    )


def versions_seen(actor: Actor) -> "QuerySet[BudgetVersion]":
    """The versions of the budgets that the actor may see, with who saved them."""
    rows = BudgetVersion.objects.filter(budget__in=Budget.objects.visible_to(actor))
    return rows.select_related("budget__organisation", "act").annotate(by=F("act__account_name"))
