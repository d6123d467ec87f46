"""Differences: the list, and one of them side by side."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from hengliang.platform.core.models import RegionVersion
from hengliang.platform.core.pages.acts import history_tab
from hengliang.platform.core.pages.objects import Action, Crumb, Fact, ObjectPage, facts
from hengliang.platform.core.pages.rows import Rows
from hengliang.platform.core.pages.table import Table
from hengliang.platform.core.requests import Request
from hengliang.platform.exchange.looks import LOOKS
from hengliang.platform.exchange.models import Discrepancy
from hengliang.platform.exchange.ours import ours_of
from hengliang.platform.exchange.profiles.profile import LEDGER
from hengliang.platform.exchange.reasons import field_title, reason_words, shown_value
from hengliang.platform.exchange.selectors import discrepancy_list, system_list
from hengliang.platform.exchange.states import UNSETTLED
from hengliang.platform.exchange.tables.differences import (
    CandidateTable,
    DiscrepancyTable,
    ProposedTable,
    SideTable,
    TheirsTable,
)
from hengliang.platform.exchange.views.systems import crumbs, system_crumb
from hengliang.platform.exchange.views.verbs import VERBS, is_possible
from hengliang.platform.registry.models import Instrument


@login_required
def differences(request: Request) -> HttpResponseBase:
    """The differences of one's regions; at its bare address those that wait. The order is said too, so that the address
    without the filter is not the bare one."""
    if not request.GET:
        request.GET = QueryDict("waits=1&sort=since")
    return DiscrepancyTable().respond(request, discrepancy_list(request.actor), crumbs=crumbs())


def visible_difference(request: Request, pk: int) -> Discrepancy:
    """A difference that the reader may see."""
    return get_object_or_404(discrepancy_list(request.actor).select_related("batch__accepted_by"), pk=pk)


@login_required
def discrepancy(request: Request, pk: int) -> HttpResponseBase:
    """One difference, field by field."""
    shown = visible_difference(request, pk)
    page = ObjectPage(
        kind=str(LOOKS[f"difference.{shown.found}"].words), name=shown.name, where=shown.system.name,
        state=f"discrepancy.{shown.state}", since=shown.since,
        crumbs=difference_crumbs(request, shown), actions=_actions(request, shown),
        notice=_why(shown) if shown.state in UNSETTLED else "",
        overview=lambda _r: _overview(request, shown), history=lambda _r: history_tab(shown),
    )  # fmt: skip
    return page.respond(request)


def _why(shown: Discrepancy) -> str:
    return reason_words(shown.reason.get("code", ""), shown.reason.get("params", {}))


def _overview(request: Request, shown: Discrepancy) -> SafeString | HttpResponseBase:
    lines = _lines(shown, request.actor.today)
    table: Table = _tables(shown)()
    side = table.embed(request, Rows(lines)) if lines else ""
    if isinstance(side, HttpResponseBase):
        return side
    changed = _changed(shown)
    return SafeString(
        side
        + facts(
            _instrument(_("Instrument here"), shown.instrument),
            *([Fact(_("Last changed here"), changed["at"], note=changed["by"])] if changed else []),
            *([_instrument(_("Perhaps this one"), shown.proposed)] if shown.proposed else []),
            Fact(_("Their number"), shown.outside_id),
            Fact(_("Different since"), shown.since),
            Fact(_("Last seen"), shown.seen_on),
            Fact(
                _("File"),
                shown.batch.file_name,
                note=_("row %(number)s") % {"number": shown.number} if shown.number else "",
                url=reverse("exchange:batch", args=[shown.batch_id]) if _sees_system(request, shown) else "",
            ),
            *([Fact(_("Left until"), shown.ignored_until)] if shown.state == "ignored" else []),
            title=_("Particulars"),
        )
    )


def _tables(shown: Discrepancy) -> type[Table]:
    if shown.proposed is None:
        return TheirsTable if shown.kind == Discrepancy.Kind.ONLY_THERE else SideTable
    return CandidateTable if shown.instrument else ProposedTable


def _lines(shown: Discrepancy, on: date) -> list[dict[str, Any]]:
    """Field by field; of what is only there, or whose number moved, all that the other system says."""
    says = _words(on)
    if shown.proposed or shown.kind == Discrepancy.Kind.ONLY_THERE:
        held = [one for one in (shown.instrument, shown.proposed) if one is not None]
        ours = ours_of(held, on)
        return [
            {"at": at, "title": field_title(name), "theirs": says(name, shown.cells[name])}
            | {
                side: says(name, ours.get(one.pk, {}).get(name, "")) if one else ""
                for side, one in (("ours", shown.instrument), ("proposed", shown.proposed))
            }
            for at, name in enumerate(LEDGER) if shown.cells.get(name)
        ]  # fmt: skip
    return [
        {
            "at": at,
            "title": field_title(one["field"]),
            "ours": says(one["field"], one["ours"]),
            "theirs": says(one["field"], one["theirs"]),
            "base": says(one["field"], one.get("base") or ""),
            "side": one.get("side", ""),
        }
        for at, one in enumerate(shown.fields)
    ]


def _words(on: date) -> Callable[[str, str], str]:
    """How a value is said: a region by its name, beside its code."""
    names = dict(RegionVersion.objects.on(on).values_list("code", "name"))

    def says(field: str, value: str) -> str:
        return f"{names[value]} {value}" if field == "region" and value in names else shown_value(field, value)

    return says


def _sees_system(request: Request, shown: Discrepancy) -> bool:
    """A county sees the differences of its region, not always the system of the city that they come from."""
    return system_list(request.actor).filter(pk=shown.system_id).exists()


def difference_crumbs(request: Request, shown: Discrepancy) -> list[Crumb]:
    """The way to a difference; by its system where the reader may see that."""
    mine = Crumb(_("Differences"), reverse("exchange:discrepancy_list"))
    return crumbs(system_crumb(shown.system), mine) if _sees_system(request, shown) else crumbs(mine)


def _instrument(label: str, one: Instrument | None) -> Fact:
    if one is None:
        return Fact(label, "")
    return Fact(label, f"{one.name} {one.printed_code}", url=reverse("registry:instrument", args=[one.code]))


def _changed(shown: Discrepancy) -> dict[str, Any]:
    """By whom ours was last changed."""
    if shown.instrument is None:
        return {}
    last = shown.instrument.states.current().select_related("act").first()
    acts = [act for act in (last.act if last else None, shown.instrument.act) if act is not None]
    newest = max(acts, key=lambda act: act.at)
    return {"at": newest.at, "by": newest.account_name}


def _actions(request: Request, shown: Discrepancy) -> list[Action]:
    return [
        Action(
            verb.verb, reverse("exchange:discrepancy_act", args=[shown.pk, name]), danger=verb.danger,
            primary=name == ("link" if shown.proposed_id else "keep"),
        )
        for name, verb in VERBS.items() if is_possible(request.actor, name, shown)
    ]  # fmt: skip
