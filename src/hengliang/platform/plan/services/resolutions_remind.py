from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.urls import reverse

from hengliang.platform.core.models import Notification
from hengliang.platform.core.rights import Actor, Role
from hengliang.platform.core.services import notify
from hengliang.platform.parties.models import RoleAssignment
from hengliang.platform.parties.selectors import accounts_of
from hengliang.platform.plan.messages import LATE, SOON
from hengliang.platform.plan.models import Resolution
from hengliang.platform.plan.rights import REPORTERS

DAYS_BEFORE = 7


def resolutions_remind(*, actor: Actor) -> int:
    """Who answers for an open resolution is told a week before it falls due, and once more when it is overdue; the
    authority of the region too, when it is overdue or nobody known here answers for it.

    It changes nothing in the ledger and can be run again: nobody is told twice. Gives how many messages went out.
    """
    soon = actor.today + timedelta(days=DAYS_BEFORE)
    rows = list(
        Resolution.objects.filter(state="open", due_on__isnull=False, due_on__lte=soon)
        .select_related("meeting__conference")
        .order_by("pk")
    )
    told = _told(rows)
    units = accounts_of({one.organisation_id for one in rows if one.organisation_id}, REPORTERS, actor.today)
    count = 0
    for one in rows:
        kind = LATE if one.due_on is not None and one.due_on < actor.today else SOON
        if (kind, one.pk) in told:
            continue
        accounts = set(units.get(one.organisation_id or 0, ()))
        if kind == LATE or not accounts:
            accounts |= set(_authority(one, actor))
        with transaction.atomic():
            count += len(_tell(one, kind, accounts, actor))
    return count


def _tell(one: Resolution, kind: str, accounts: Iterable[int], actor: Actor) -> list[Notification]:
    return notify(
        accounts=accounts, kind=kind, at=actor.at, resolution=one.pk, unit=one.unit, text=one.text[:120],
        meeting=one.meeting.title, due_on=one.due_on.isoformat() if one.due_on else "",
        url=reverse("plan:conference", args=[one.meeting.conference_id]),
    )  # fmt: skip


def _told(rows: Iterable[Resolution]) -> set[tuple[str, int]]:
    known = Notification.objects.filter(
        kind__in=[SOON, LATE], params__resolution__in=[one.pk for one in rows]
    ).values_list("kind", "params__resolution")
    return {(kind, int(pk)) for kind, pk in known}


def _authority(one: Resolution, actor: Actor) -> list[int]:
    region = one.meeting.conference.region_id
    held = RoleAssignment.objects.on(actor.today).filter(role=Role.AUTHORITY)
    near = Q(organisation__region_id=region) | Q(region_id=region)
    return list(held.filter(near).values_list("account_id", flat=True).distinct())
