"""The desk of a verification body: late, today, and what waits for each pair of hands."""

from collections.abc import Mapping
from datetime import timedelta

from django.db.models import Count, Min, Q
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from hengliang.platform.certificates.marks.removal import due_off
from hengliang.platform.certificates.models import Certificate, Mark
from hengliang.platform.core.pages.desk import Figure, Work
from hengliang.platform.core.rights import BODY_ROLES, Actor, Role
from hengliang.platform.site.desks.authority import OPEN_TASKS
from hengliang.platform.site.desks.desk import Desk, address
from hengliang.platform.verification.models import Application, Task

LISTED = "verification:task_list"


def body_desk(actor: Actor) -> Desk:
    """The desk of whoever works at a body."""
    bodies = actor.organisations(BODY_ROLES)
    return Desk(_("Verification"), _work(actor, bodies), _figures(actor, bodies), charts=True)


def _work(actor: Actor, bodies: frozenset[int]) -> list[Work]:
    today, open_tasks = actor.today, Q(state__in=OPEN_TASKS)
    found = Task.objects.filter(body__in=bodies).aggregate(
        late=Count("pk", filter=open_tasks & Q(promised_on__lt=today)),
        oldest=Min("promised_on", filter=open_tasks & Q(promised_on__lt=today)),
        today=Count("pk", filter=Q(state="waiting", scheduled_on=today)),
        **{state: Count("pk", filter=Q(state=state)) for state in OPEN_TASKS},
    )
    return [
        Work(
            found["late"], _("late: the promised day has passed"),
            address(LISTED, state=OPEN_TASKS, promised_to=today - timedelta(days=1)), "bad", found["oldest"],
        ),
        Work(
            found["today"], _("to measure today"),
            address(LISTED, state="waiting", scheduled_from=today, scheduled_to=today), "warning",
        ),
        Work(found["waiting"], _("waiting to be measured"), address(LISTED, state="waiting"), "pending"),
        *_asked(actor, bodies),
        _to_remove(bodies),
        *_to_sign(actor, found),
    ]  # fmt: skip


def _asked(actor: Actor, bodies: frozenset[int]) -> list[Work]:
    if not actor.has(Role.BODY_MANAGER, Role.VERIFIER):
        return []
    asked = Application.objects.filter(body__in=bodies, state="submitted").aggregate(
        count=Count("pk"), oldest=Min("applied_at")
    )
    since = localdate(asked["oldest"]) if asked["oldest"] else None
    listed = address("verification:application_list", state="submitted")
    return [Work(asked["count"], _("applications to accept"), listed, "warning", since)]


def _to_remove(bodies: frozenset[int]) -> Work:
    marks = due_off(Mark.objects.filter(body__in=bodies)).aggregate(count=Count("pk"), oldest=Min("on"))
    listed = address("certificates:mark_list", due_off="1")
    return Work(marks["count"], _("labels and marks to be removed"), listed, "warning", marks["oldest"])


def _to_sign(actor: Actor, found: Mapping[str, int]) -> list[Work]:
    approves = (Role.APPROVER, Role.DEPUTY_APPROVER, Role.BODY_MANAGER)
    steps = (
        ("measured", _("to review"), (Role.REVIEWER, Role.BODY_MANAGER)),
        ("reviewed", _("to approve"), approves),
        ("approved", _("to issue"), approves),
    )
    return [
        Work(found[state], says, address(LISTED, state=state), "pending")
        for state, says, roles in steps
        if actor.has(*roles)
    ]


def _figures(actor: Actor, bodies: frozenset[int]) -> list[Figure]:
    first = actor.today.replace(month=1, day=1)
    found = Certificate.objects.filter(body__in=bodies, issued_on__gte=first).aggregate(
        all=Count("pk"), passed=Count("pk", filter=Q(kind=Certificate.Kind.CERTIFICATE))
    )
    share = round(100 * found["passed"] / found["all"], 1) if found["all"] else None
    listed = address("certificates:certificate_list", verified_from=first)
    return [
        Figure(
            _("Proofs issued this year"), found["all"],
            _("Certificates and notices of result issued since 1 January."), actor.today, url=listed,
        ),
        Figure(
            _("Share passed"), share, _("Certificates among the proofs issued since 1 January."), actor.today, "%",
            note=f"{found['passed']} / {found['all']}",
        ),
    ]  # fmt: skip
