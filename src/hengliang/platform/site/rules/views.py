"""Pages of the rules, for everybody who works here. Read only: an authority's overlay folder changes them."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import Count
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from hengliang.norms import Norm, NormError, Value
from hengliang.norms.diff import diff
from hengliang.platform.core.pages.objects import Action, Crumb, Fact, ObjectPage, facts
from hengliang.platform.core.pages.rows import Rows
from hengliang.platform.core.requests import Request
from hengliang.platform.core.rights import Actor
from hengliang.platform.core.rules import rules
from hengliang.platform.site.rules.outline import outline, text_of
from hengliang.platform.site.rules.tables import EditionTable, RuleTable
from hengliang.platform.site.rules.words import BASES, KINDS, layer_words, state_of, titled
from hengliang.platform.verification.models import Record, Task


@login_required
def rule_list(request: Request) -> HttpResponseBase:
    """Every rule with what is in force today."""
    used = _used(request.actor, "procedure")
    rows = Rows(_row(norm, request.actor.today, used) for norm in rules().values())
    return RuleTable().respond(request, rows)


def _used(actor: Actor, *by: str, **only: str) -> dict[Any, int]:
    """How many records that the actor may see were judged by each rule (and edition)."""
    seen = Record.objects.filter(task__in=Task.objects.visible_to(actor), **only).order_by()
    counted = seen.values_list(*by).annotate(n=Count("pk"))
    return {row[0] if len(by) == 1 else row[:-1]: row[-1] for row in counted}


def _row(norm: Norm, today: date, used: Mapping[Any, int]) -> dict[str, Any]:
    value = norm.value_at(today)
    return {
        "id": norm.id,
        "title": titled(norm.title),
        "kind": KINDS[norm.kind],
        "kind_key": norm.kind,
        "document": value.source.document if value else "",
        "clause": value.source.clause if value else "",
        "start": value.start if value else None,
        "editions": len(norm.values),
        "records": used.get(norm.id, 0) if norm.kind == "procedure" else None,
        "state": state_of(value),
    }


def _norm(norm: str) -> Norm:
    try:
        return rules()[norm]
    except NormError as unknown:
        raise Http404 from unknown


def _edition(norm: Norm, day: str, today: date) -> Value:
    chosen = [value for value in norm.values if value.start.isoformat() == day]
    if day and not chosen:
        raise Http404
    return chosen[0] if chosen else norm.value_at(today) or norm.values[-1]


@login_required
def rule(request: Request, norm: str) -> HttpResponseBase:
    """One rule in one edition (default: of today): what it says, after which source, and who approved it."""
    shown = _norm(norm)
    value = _edition(shown, request.GET.get("edition", ""), request.actor.today)
    in_force = value is shown.value_at(request.actor.today)
    page = ObjectPage(
        kind=KINDS[shown.kind],
        name=titled(shown.title),
        where=value.source.document,
        state=state_of(value),
        since=value.start,
        crumbs=[Crumb(_("Rules"), reverse("rules:rule_list"))],
        actions=_actions(shown, value),
        notice=_notice(value, in_force=in_force),
        overview=lambda _r: _overview(shown, value),
        records=lambda r: EditionTable().embed(r, _editions(r, shown)),
    )
    return page.respond(request)


def _notice(value: Value, *, in_force: bool) -> str:
    told = [] if in_force else [_("This edition is not the one in force today.")]
    if value.draft:
        told.append(_("A draft: it judges, but nothing is issued by it until two people have approved it."))
    return " ".join(told)


def _actions(shown: Norm, value: Value) -> list[Action]:
    at = shown.values.index(value)
    if at == 0:
        return []
    asked = f"?before={shown.values[at - 1].start}&after={value.start}"
    return [Action(_("Compare with the edition before"), reverse("rules:compare", args=[shown.id]) + asked)]


def _overview(shown: Norm, value: Value) -> SafeString:
    source, approval, note = value.source, value.approval, value.note or shown.note
    head = facts(
        Fact(_("Source"), f"{source.document} {source.clause}".strip()),
        *([Fact(_("Quote"), source.quote)] if source.quote else []),
        Fact(_("Basis"), BASES[source.basis]),
        *([Fact(_("Read by way of"), source.via)] if source.via else []),
        Fact(_("Approved by"), "、".join(approval.by) if approval else "", note=approval.against if approval else ""),
        *([Fact(_("Unit"), value.unit)] if value.unit else []),
        *([Fact(_("Note (in English)"), note)] if note else []),
        Fact(_("Given by"), layer_words(value.layer)),
        Fact(_("Id"), shown.id),
        Fact("SHA-256", value.content_hash, note=_("of content and source; stored with every result")),
        title=_("Where it comes from"),
    )
    return SafeString(head + render_to_string("site/rules/content.html", {"parts": outline(value.content)}))


def _editions(request: Any, shown: Norm) -> Rows:
    used = _used(request.actor, "edition", procedure=shown.id)
    address = reverse("rules:rule", args=[shown.id])
    return Rows(
        {
            "id": value.start.isoformat(),
            "url": f"{address}?edition={value.start}",
            "start": value.start,
            "document": value.source.document,
            "clause": value.source.clause,
            "layer": str(layer_words(value.layer)),
            "records": used.get(value.start.isoformat(), 0) if shown.kind == "procedure" else None,
            "approved": "、".join(value.approval.by) if value.approval else "",
            "state": state_of(value),
        }
        for value in shown.values
    )


@login_required
def compare(request: Request, norm: str) -> HttpResponse:
    """Two editions of a rule side by side: every place that differs."""
    shown = _norm(norm)
    today = request.actor.today
    before = _edition(shown, request.GET.get("before", ""), today)
    after = _edition(shown, request.GET.get("after", ""), today)
    changes = [(change.place, text_of(change.before), text_of(change.after)) for change in diff(before, after)]
    context = {
        "title": _("%(rule)s: two editions") % {"rule": titled(shown.title)},
        "before": before,
        "after": after,
        "editions": shown.values,
        "changes": changes,
        "crumbs": [
            Crumb(_("Rules"), reverse("rules:rule_list")),
            Crumb(titled(shown.title), reverse("rules:rule", args=[shown.id])),
        ],
    }
    return render(request, "site/rules/compare.html", context)
