"""What core tells: regions of a day, the history of an object, attachments."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any

from django.db import connection, models
from django.db.models import Q
from django.utils import timezone

from hengliang.norms import Value
from hengliang.platform.core.acts import subject_ref
from hengliang.platform.core.models import (
    Act,
    Attachment,
    DatedRow,
    LocalRule,
    Notification,
    Region,
    RegionVersion,
    RuleApproval,
    StateChange,
)
from hengliang.platform.core.models.rules import STANDING
from hengliang.platform.core.rights import Actor

_UNDER = """
    WITH RECURSIVE now_known AS (
        SELECT region_id, parent_id FROM core_regionversion
        WHERE known_to IS NULL AND valid_from <= %(on)s AND (valid_to IS NULL OR valid_to > %(on)s)
    ), tree AS (
        SELECT unnest(%(roots)s::bigint[]) AS region_id
        UNION SELECT n.region_id FROM now_known n JOIN tree t ON n.parent_id = t.region_id
    ) SELECT region_id FROM tree
"""


def regions_under(roots: Iterable[int], on: date) -> frozenset[int]:
    """The regions named, with all regions below them in the tree of that day."""
    with connection.cursor() as cursor:
        cursor.execute(_UNDER, {"roots": list(roots), "on": on})
        return frozenset(row[0] for row in cursor.fetchall())


def region_list(
    on: date, *, level: Region.Level | None = None, known_at: datetime | None = None
) -> "models.QuerySet[RegionVersion]":
    """The regions of a day with their codes and names, in the order of their codes."""
    rows = RegionVersion.objects.on(on, known_at).select_related("region").order_by("code")
    return rows if level is None else rows.filter(region__level=level)


def history_of(*subjects: models.Model) -> "models.QuerySet[Act]":
    """Every act that touched one of the objects, newest first: those that name it, those that moved it on (a lot
    closes many tasks at once), and those that left dated rows about it.

    Each is found by its own index and then they are joined: asked with OR, all acts would be read.
    """
    found = [one for subject in subjects for one in _acts_on(subject)]
    return Act.objects.filter(pk__in=found[0].union(*found[1:])).order_by("-at", "-pk")


def _acts_on(subject: models.Model) -> "Iterator[models.QuerySet[Any, Any]]":
    label, pk = subject_ref(subject)
    yield Act.objects.filter(subject_type=label, subject_id=pk).values("pk")
    if isinstance(subject.pk, int):
        yield StateChange.objects.filter(subject_type=label, subject_id=subject.pk).values("act")
    for relation in subject._meta.related_objects:
        model = relation.related_model
        if isinstance(model, type) and issubclass(model, DatedRow):
            rows = model._default_manager.filter(**{relation.field.name: subject})
            yield rows.values("act")
            yield rows.exclude(ended_by=None).values("ended_by")


def state_since(subject: models.Model) -> date | None:
    """The day, where we are, on which an object came into the state in which it is; None where none was noted."""
    label, pk = subject_ref(subject)
    at = (
        StateChange.objects.filter(subject_type=label, subject_id=pk)
        .order_by("-at", "-pk")
        .values_list("at", flat=True)
    )
    return timezone.localdate(last) if (last := at.first()) else None


def attachments_of(subject: models.Model) -> "models.QuerySet[Attachment]":
    """The files attached to an object, oldest first."""
    label, pk = subject_ref(subject)
    return Attachment.objects.filter(subject_type=label, subject_id=pk).order_by("pk")


def notifications_of(actor: Actor) -> "models.QuerySet[Notification]":
    """The actor's notifications, newest first."""
    return Notification.objects.filter(account_id=actor.account_id or 0).order_by("-created_at")


def unread_count(actor: Actor) -> int:
    """How many notifications the actor has not read; no more than 100 are counted."""
    return notifications_of(actor).filter(read_at=None).order_by().values("pk")[:100].count() if actor.account_id else 0


def approvals_of(norm: str) -> "models.QuerySet[RuleApproval]":
    """Everything that was checked, approved, rejected or withdrawn of a rule, newest first."""
    return RuleApproval.objects.filter(norm=norm).order_by("-pk")


def standing_approval(value: Value) -> RuleApproval | None:
    """The approval or check that holds for this very content."""
    rows = RuleApproval.objects.filter(norm=value.norm, start=value.start, content_hash=value.content_hash)
    return rows.filter(state__in=STANDING).first()


def is_withdrawn(value: Value) -> bool:
    """Whether the last word on this very content was to take the approval back; never of one given in a file."""
    rows = RuleApproval.objects.filter(norm=value.norm, start=value.start, content_hash=value.content_hash)
    last = rows.order_by("-pk").values_list("state", flat=True).first()
    return last is not None and last not in STANDING


def local_rules() -> "models.QuerySet[LocalRule]":
    """The authority's own rule files that stand."""
    return LocalRule.objects.filter(ended_by=None).select_related("act").order_by("norm")


def history_of_rule(norm: str) -> "models.QuerySet[Act]":
    """Every act on a rule: its approvals and the authority's own files, newest first."""
    touched = Q()
    for model in (RuleApproval, LocalRule):
        keys = [str(pk) for pk in model._default_manager.filter(norm=norm).values_list("pk", flat=True)]
        touched |= Q(subject_type=model._meta.label_lower, subject_id__in=keys)
    return Act.objects.filter(touched).order_by("-at", "-pk")
