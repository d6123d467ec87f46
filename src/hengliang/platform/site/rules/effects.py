"""The page “what would change”: another edition, or another rule, counted on the ledger."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from hengliang.norms import Norm, Value
from hengliang.platform.core.pages.objects import Crumb
from hengliang.platform.core.requests import Request
from hengliang.platform.core.rule_effects import Comparison, effects_of
from hengliang.platform.core.rules import rules, rules_beneath
from hengliang.platform.site.rules.found import edition_of, rule_of
from hengliang.platform.site.rules.words import titled

MOST = 1_000  # records that a page judges twice: about a second; the command judges all


def _befores(shown: Norm) -> dict[str, Value]:
    """What can be compared: every edition, and beneath a corrected one what was shipped for the same day."""
    beneath = rules_beneath().get(shown.id)
    shipped = {value.start: value for value in (beneath.values if beneath else ())}
    found: dict[str, Value] = {}
    for value in shown.values:
        found[value.start.isoformat()] = value
        old = shipped.get(value.start)
        if old is not None and old.content_hash != value.content_hash:
            found[f"shipped:{value.start.isoformat()}"] = old
    return found


@login_required
def effects(request: Request, norm: str) -> HttpResponse:
    """Which instruments, open tasks and indicators would change verdict or date."""
    shown = rule_of(norm)
    today = request.actor.today
    befores = _befores(shown)
    chosen = request.GET.get("before", "")
    before = befores[chosen] if chosen in befores else edition_of(shown, chosen, today)
    other = rule_of(request.GET.get("other") or norm)
    after = edition_of(other, request.GET.get("after", ""), today)
    asked = Comparison(before, after, request.actor, most=MOST)
    comparable = not before.repealed and not after.repealed
    tallies = effects_of(asked) if comparable else None
    alike = [one for one in rules().of_kind(shown.kind) if one.id == shown.id or shown.kind == "procedure"]
    context = {
        "title": _("%(rule)s: what would change") % {"rule": titled(shown.title)},
        "before": before,
        "after": after,
        "other": other,
        "befores": list(befores.items()),
        "other_editions": other.values,
        "alike": [(one.id, titled(one.title)) for one in alike],
        "tallies": tallies,
        "asked": asked,
        "bounded": asked.looked < asked.all,
        "crumbs": [
            Crumb(_("Rules"), reverse("rules:rule_list")),
            Crumb(titled(shown.title), reverse("rules:rule", args=[shown.id])),
        ],
    }
    return render(request, "site/rules/effects.html", context)
