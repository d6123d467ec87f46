"""The desk of an authority: what asks for an act first, then how its regions stand."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db.models import Count, Min, Q
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from hengliang.norms.indicators import Indicator
from hengliang.platform.core.pages.desk import Figure, Work
from hengliang.platform.core.pages.looks import Tone
from hengliang.platform.core.pages.values import Absent
from hengliang.platform.core.rights import Actor
from hengliang.platform.core.selectors import region_list
from hengliang.platform.exchange.selectors import waiting
from hengliang.platform.parties.models import Organisation
from hengliang.platform.plan.engine import Scope, compute, indicators
from hengliang.platform.plan.words import definition_of, title_of
from hengliang.platform.registry.models import CatalogueItem
from hengliang.platform.registry.spoken import spoken
from hengliang.platform.site.desks.delays import delays
from hengliang.platform.site.desks.desk import Breakdown, Desk, Line, address
from hengliang.platform.site.desks.tally import Tally, tally_of
from hengliang.platform.supervision.models import Order
from hengliang.platform.verification.delay import BODY_LATE, CAME_IN_VAIN, NO_CAPABILITY, OF_USER
from hengliang.platform.verification.models import Application, Task

OPEN_TASKS = ("waiting", "measured", "reviewed", "approved")
SHOWN = ("tested-rate", "tested-on-time-rate", "valid-rate")
MOST_LINES = 12
# Targets are counted row by row, two seconds for a million: of a large ledger they follow when the desk is there.
COUNTED_AT_ONCE = 100_000


def authority_desk(actor: Actor) -> Desk:
    """The desk of whoever holds a role over regions."""
    tally = tally_of(actor)
    later = tally.count() > COUNTED_AT_ONCE
    return Desk(
        _("Supervision"),
        _work(actor, tally),
        () if later else authority_figures(actor),
        _breakdowns(actor, tally),
        charts=True,
        tally=tally,
        figures_url=reverse("desk_figures") if later else "",
    )


def _work(actor: Actor, tally: Tally) -> list[Work]:
    listed = "supervision:entry_list"
    yesterday = actor.today - timedelta(days=1)
    orders = Order.objects.visible_to(actor).aggregate(
        late=Count("pk", filter=Q(state="open", due_by__lt=actor.today)),
        oldest=Min("due_by", filter=Q(state="open", due_by__lt=actor.today)),
        open=Count("pk", filter=Q(state="open", due_by__gte=actor.today)),
    )
    late = (
        Task.objects.visible_to(actor)
        .filter(state__in=OPEN_TASKS, promised_on__lt=actor.today)
        .aggregate(count=Count("pk"), bodies=Count("body", distinct=True), oldest=Min("promised_on"))
    )
    return [
        Work(
            tally.count("failed"), _("failed and still in use"), address(listed, standing="failed"), "bad",
            tally.oldest("failed"),
        ),
        Work(
            tally.count("overdue"), _("overdue"), address(listed, standing="overdue"), "bad", tally.oldest("overdue")
        ),
        *_why(actor),
        Work(
            orders["late"], _("rectification orders whose term has ended"),
            address("supervision:order_list", late=1), "bad", orders["oldest"],
        ),
        Work(
            late["count"], _("verifications late at %(count)d bodies") % {"count": late["bodies"]},
            address("verification:task_list", state=OPEN_TASKS, promised_to=yesterday), "warning", late["oldest"],
        ),
        Work(
            tally.count("filed"), _("filings to accept"), address("registry:list", status="filed"), "pending",
        ),
        *_differences(actor),
        Work(tally.count("soon"), _("due within 30 days"), address(listed, standing="soon"), "warning"),
        Work(
            orders["open"], _("rectification orders running"),
            address("supervision:order_list", state="open", kind="rectification"), "pending",
        ),
    ]  # fmt: skip


def _differences(actor: Actor) -> list[Work]:
    """What other systems hold otherwise, and since when the oldest waits."""
    found = waiting(actor)
    url = address("exchange:discrepancy_list", waits="1")
    return [Work(found.count, _("differences with other systems"), url, "warning", found.oldest)]


def _why(actor: Actor) -> list[Work]:
    """The overdue by whose it is to act, and the applications that have no body."""
    found, listed = delays(actor), "supervision:entry_list"

    def pile(codes: tuple[str, ...], says: str, tone: Tone) -> Work:
        count = sum(found.get(code, 0) for code in codes)
        return Work(count, says, address(listed, delay=codes), tone)

    unplaced = (
        Application.objects.visible_to(actor).filter(state="unplaced").aggregate(n=Count("pk"), at=Min("applied_at"))
    )
    return [
        pile(OF_USER, _("overdue: not filed or not applied for"), "bad"),
        pile((BODY_LATE,), _("overdue: applied for in time, the body is late"), "warning"),
        pile((CAME_IN_VAIN,), _("overdue: the body came and could not verify"), "open"),
        pile((NO_CAPABILITY,), _("overdue: nobody can verify them there"), "open"),
        Work(
            unplaced["n"], _("applications without a body"), address("verification:application_list", state="unplaced"),
            "warning", localdate(unplaced["at"]) if unplaced["at"] else None,
        ),
    ]  # fmt: skip


def authority_figures(actor: Actor) -> list[Figure]:
    """The targets that are shown first, of the actor's regions and of today."""
    scope = Scope(actor.today, None, None, actor.regions())
    found = indicators(actor.today)
    return [_figure(name, found[name], scope) for name in SHOWN if name in found]


def _figure(name: str, indicator: Indicator, scope: Scope) -> Figure:
    figure = compute(indicator, scope)
    return Figure(
        title_of(figure.indicator),
        Absent(figure.absent) if figure.absent else figure.value,
        definition_of(figure.indicator),
        scope.on,
        figure.indicator.unit,
        url=reverse("plan:target", args=[name]),
        note="" if figure.numerator is None else f"{figure.numerator} / {figure.denominator}",
    )


def _breakdowns(actor: Actor, tally: Tally) -> list[Breakdown]:
    regions = {row.region_id: row.name for row in region_list(actor.today)}
    items = {pk: (code, spoken(name)) for pk, code, name in CatalogueItem.objects.values_list("pk", "code", "name")}
    bodies = dict(Organisation.objects.filter(is_verification_body=True).values_list("pk", "name"))
    return [
        Breakdown(_("By region"), _lines(tally.by(lambda cell: cell.region_id), "region", regions)),
        Breakdown(
            _("By kind of instrument"),
            _lines(tally.by(lambda cell: items[cell.item_id][0]), "item", dict(items.values())),
        ),
        Breakdown(_("By verification body"), _lines(tally.by(lambda cell: cell.body_id), "body", bodies)),
    ]


def _lines(parts: Mapping[Any, Tally], asked: str, names: Mapping[Any, str]) -> list[Line]:
    lines = []
    for value, part in list(parts.items())[:MOST_LINES]:
        passed, tested = part.tested()
        urls = {
            standing: address("supervision:entry_list", **{asked: value, "standing": standing})
            for standing in ("soon", "overdue", "failed")
        } | {"control": address("supervision:entry_list", **{asked: value})}
        if value is None:
            urls = {}
        label = names.get(value) or _("No body assigned")
        lines.append(
            Line(
                label,
                part.count(),
                part.count("soon"),
                part.count("overdue"),
                part.count("failed"),
                passed,
                tested,
                urls,
            )
        )
    return lines
