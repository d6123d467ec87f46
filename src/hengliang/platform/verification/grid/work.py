"""What may stand together in one grid: waiting tasks of one rule, regime and kind of job."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, QuerySet
from django.urls import reverse

from hengliang.platform.core.pages.words import titled
from hengliang.platform.core.rights import Actor, Role
from hengliang.platform.registry.models import CatalogueItem
from hengliang.platform.standards.models import MeasurementStandard
from hengliang.platform.standards.selectors import ancestors
from hengliang.platform.verification.errors import NoRule
from hengliang.platform.verification.jobs import job_kind, job_title
from hengliang.platform.verification.models import Task, VerificationRegime
from hengliang.platform.verification.rules import Rule, rule_for

MOST_ROWS = 200
VERIFIERS = frozenset({Role.VERIFIER})


@dataclass(frozen=True)
class Kind:
    """What the rows of a grid have in common, and which of the waiting ones stand in it.

    body_id : the body whose work it is
    items : the catalogue items that the rule judges, by their keys
    ticked : tasks that were chosen in a list; empty: all that wait
    """

    rule: Rule
    regime: str
    job: str
    body_id: int
    items: frozenset[int]
    ticked: tuple[int, ...] = ()

    @property
    def title(self) -> str:
        """The rule's name."""
        return titled(self.rule.procedure.title)

    def words(self, on: date) -> str:
        """Regime and kind of job."""
        return " · ".join([str(VerificationRegime(self.regime).label), job_title(self.job, on)])

    @property
    def query(self) -> str:
        """What the address of its grid asks for."""
        asked = {"rule": self.rule.procedure_id, "regime": self.regime, "job": self.job, "body": self.body_id}
        return urlencode(asked | ({"tasks": ",".join(map(str, self.ticked))} if self.ticked else {}))

    def address(self) -> str:
        """The page of its grid."""
        return f"{reverse('verification:grid')}?{self.query}"


def waiting(actor: Actor) -> "QuerySet[Task]":
    """The tasks that the actor may measure."""
    rows = Task.objects.visible_to(actor).filter(state="waiting", body_id__in=actor.organisations(VERIFIERS))
    return rows.order_by("promised_on", "pk")


def kinds_of(actor: Actor, ticked: tuple[int, ...] = ()) -> list[tuple[Kind, int]]:
    """What waits, by what may stand in one grid, with how many pieces; the most first.

    Jobs that give values instead of a conclusion, and items that no rule judges today, stand in none.
    """
    rows = waiting(actor).filter(pk__in=ticked) if ticked else waiting(actor)
    counted = rows.order_by().values_list("instrument__item", "regime", "job", "body").annotate(n=Count("pk"))
    by_item = _rules({row[0] for row in counted}, actor.today)
    alike: dict[tuple[str, str, str, int], dict[int, int]] = {}
    for item, regime, job, body, pieces in counted:
        if item in by_item and regime in by_item[item].procedure.regimes and job_kind(job, actor.today).concludes:
            alike.setdefault((by_item[item].procedure_id, regime, job, body), {})[item] = pieces
    made = [
        (Kind(by_item[next(iter(items))], regime, job, body, frozenset(items), ticked), sum(items.values()))
        for (_rule, regime, job, body), items in alike.items()
    ]
    return sorted(made, key=lambda pair: (-pair[1], pair[0].title))


def _rules(items: set[int], on: date) -> Mapping[int, Rule]:
    return dict(_judged(CatalogueItem.objects.filter(pk__in=items).select_related("parent__parent"), on))


def _judged(items: "QuerySet[CatalogueItem]", on: date) -> Iterator[tuple[int, Rule]]:
    for item in items:
        try:
            yield item.pk, rule_for(item, on)
        except NoRule:
            continue


def kind_asked(actor: Actor, asked: Mapping[str, Any]) -> Kind | None:
    """The kind that an address names, if anything of it waits."""
    ticked = ticked_in(asked)
    wanted = tuple(asked.get(name) for name in ("rule", "regime", "job", "body"))
    found = (kind for kind, _n in kinds_of(actor, ticked))
    return next((k for k in found if (k.rule.procedure_id, k.regime, k.job, str(k.body_id)) == wanted), None)


def ticked_in(asked: Mapping[str, Any]) -> tuple[int, ...]:
    """The tasks that an address names."""
    return tuple(int(text) for text in str(asked.get("tasks", "")).split(",") if text.isascii() and text.isdigit())


def tasks_of(actor: Actor, kind: Kind) -> "QuerySet[Task]":
    """The waiting tasks of a kind, with all that a grid shows of them."""
    rows = waiting(actor).filter(
        instrument__item__in=kind.items, regime=kind.regime, job=kind.job, body_id=kind.body_id
    )
    rows = rows.filter(pk__in=kind.ticked) if kind.ticked else rows
    with_all = rows.select_related("instrument__item__parent__parent", "owner", "draft")
    return with_all.prefetch_related("instrument__parts")


def standards_of(kind: Kind) -> "QuerySet[MeasurementStandard]":
    """The measurement standards of the body that serve any of the items; each row asks for its own again."""
    items = CatalogueItem.objects.filter(pk__in=kind.items).select_related("parent__parent")
    above = {key for item in items for key in ancestors(item)}
    rows = MeasurementStandard.objects.filter(organisation=kind.body_id, items__in=above)
    return rows.distinct().order_by("name")
