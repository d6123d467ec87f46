"""The drawings of the desks."""

from calendar import monthrange
from collections.abc import Sequence
from datetime import date, timedelta

from django.utils.translation import gettext as _

from hengliang.platform.core.pages import charts
from hengliang.platform.core.pages.looks import Tone
from hengliang.platform.core.rights import Actor
from hengliang.platform.registry.models import CatalogueItem
from hengliang.platform.registry.selectors import MonthDue, due_months
from hengliang.platform.registry.spoken import spoken
from hengliang.platform.site.desks.desk import address
from hengliang.platform.site.desks.tally import Tally, tally_of

MOST_BARS = 12
LIKELY = 20  # fewer verifications than this say nothing about a kind


def due_drawing(actor: Actor) -> charts.Chart:
    """What falls due in each of the next twelve months."""
    kinds: dict[bool, tuple[str, Tone]] = {True: (_("on site"), "pending"), False: (_("sent in"), "muted")}
    found = [
        charts.Due(
            one.month,
            kinds[one.on_site][0],
            one.count,
            kinds[one.on_site][1],
            address("supervision:entry_list", due_from=max(one.month, actor.today), due_to=_last(one.month)),
        )
        for one in _every_month(due_months(actor))
    ]
    return charts.due_wave(_("What falls due, by month"), found, quantity=_("Instruments"))


def _every_month(found: Sequence[MonthDue]) -> list[MonthDue]:
    """With the months between in which nothing falls due: an axis of time has no holes."""
    if not found:
        return []
    month, last, filled = found[0].month, found[-1].month, list(found)
    while month < last:
        if not any(one.month == month for one in found):
            filled.append(MonthDue(month, found[0].on_site, 0))
        month = _last(month) + timedelta(days=1)
    return sorted(filled, key=lambda one: (one.month, one.on_site))


def _last(first: date) -> date:
    return first.replace(day=monthrange(first.year, first.month)[1])


def pass_drawing(actor: Actor, tally: Tally | None = None) -> charts.Chart:
    """The share passed of each kind of instrument verified this year, the lowest first."""
    items = {pk: (code, spoken(name)) for pk, code, name in CatalogueItem.objects.values_list("pk", "code", "name")}
    names = dict(items.values())
    shares = []
    for code, part in (tally or tally_of(actor)).by(lambda cell: items[cell.item_id][0]).items():
        passed, tested = part.tested()
        if tested >= LIKELY:
            shares.append((100 * passed / tested, str(code), tested))
    found = [
        charts.Bar(
            f"{names.get(code, code)} ({tested})",
            round(share, 1),
            "bad" if share < 90 else "warning" if share < 95 else "good",
            address("supervision:entry_list", item=code),
        )
        for share, code, tested in sorted(shares)[:MOST_BARS]
    ]
    return charts.bars(
        _("Which kinds pass least often"), found, quantity=_("passed"), unit="%",
        subtitle=_("Instruments by their last verification in this year; kinds with fewer than %(count)d are left out")
        % {"count": LIKELY},
    )  # fmt: skip
