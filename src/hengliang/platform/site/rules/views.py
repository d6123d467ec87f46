"""Pages of the rules, for everybody who works here: what is in force, why, who approved it, where it is used."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.db.models import Count
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from hengliang.norms import Norm, Value
from hengliang.norms.load import OWN_LAYER
from hengliang.platform.core.models import Attachment, RuleApproval
from hengliang.platform.core.pages.acts import event_of
from hengliang.platform.core.pages.desk import Work, work_list
from hengliang.platform.core.pages.looks import look_of
from hengliang.platform.core.pages.objects import Action, Crumb, Fact, ObjectPage, facts, history
from hengliang.platform.core.pages.rows import Rows
from hengliang.platform.core.requests import Request
from hengliang.platform.core.rights import Actor
from hengliang.platform.core.rule_effects import uses_of
from hengliang.platform.core.rule_rights import may_keep_rules
from hengliang.platform.core.rules import rule_problems, rules
from hengliang.platform.core.selectors import approvals_of, history_of_rule
from hengliang.platform.site.rules.approving import approving_actions
from hengliang.platform.site.rules.confirming import Difference
from hengliang.platform.site.rules.fault_words import fault_told
from hengliang.platform.site.rules.found import beneath, edition_of, rule_of
from hengliang.platform.site.rules.outline import outline_of
from hengliang.platform.site.rules.tables import EditionTable, RuleTable
from hengliang.platform.site.rules.words import BASES, KINDS, LOOKS, layer_words, note_of, state_of, titled
from hengliang.platform.verification.models import Record, Task

CALENDAR = "calendar/china"
LATEST = 200
CORRECTABLE = frozenset({"scalar", "bracket_table", "procedure", "period", "coefficients"})  # those that have figures


@login_required
def rule_list(request: Request) -> HttpResponseBase:
    """Every rule with what is in force today; above it, what waits to be approved."""
    used = _used(request.actor, "procedure")
    listed = [_row(norm, request.actor.today, used) for norm in rules().values()]
    own = Action(_("Own rules"), reverse("rules:own_list"))
    context = {
        "summary": _summary(listed, request.actor.today),
        "problems": [fault_told(fault) for fault in rule_problems()],
    }
    return RuleTable().respond(request, Rows(listed), actions=[own], context=context)


def _summary(listed: Iterable[Mapping[str, Any]], today: date) -> SafeString:
    """How many rules are in which state, and calendars whose holidays are not known yet."""
    counted = Counter(str(row["state"]) for row in listed)
    address = reverse("rules:rule_list")
    piles = [Work(counted[key], look.words, f"{address}?state={key}", look.tone) for key, look in LOOKS.items()]
    known = rules()[CALENDAR].values[-1].start.year
    if known <= today.year:
        words = _("Calendar: holidays after %(year)s are not announced; terms are provisional") % {"year": known}
        piles.append(Work(1, words, reverse("rules:rule", args=[CALENDAR]), "warning"))
    return work_list(piles)


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
        "layer": str(layer_words((value or norm.values[-1]).layer)),
        "state": state_of(value),
    }


@login_required
def rule(request: Request, norm: str) -> HttpResponseBase:
    """One rule in one edition (default: of today): what it says, after which source, and who approved it."""
    shown = rule_of(norm)
    value = edition_of(shown, request.GET.get("edition", ""), request.actor.today)
    in_force = value is shown.value_at(request.actor.today)
    page = ObjectPage(
        kind=KINDS[shown.kind],
        name=titled(shown.title),
        where=value.source.document,
        state=state_of(value),
        since=value.start,
        crumbs=[Crumb(_("Rules"), reverse("rules:rule_list"))],
        actions=[*approving_actions(request.actor, value), *_actions(request.actor, shown, value)],
        notice=_notice(value, in_force=in_force),
        overview=lambda _r: _overview(request.actor, shown, value),
        records=lambda r: EditionTable().embed(r, _editions(r, shown)),
        proofs=lambda _r: _proofs(shown),
        history=lambda _r: history([event_of(act) for act in history_of_rule(shown.id)[:LATEST]]),
    )
    return page.respond(request)


def _notice(value: Value, *, in_force: bool) -> str:
    told = [] if in_force else [_("This edition is not the one in force today.")]
    if value.draft and _lapsed(value):
        told.append(_("It was approved, and its content was changed since: it is a draft again."))
    elif value.draft and not value.repealed:
        told.append(
            _("A draft: it judges; what is issued by it here, in training, is a training paper without force.")
            if settings.TRAINING
            else _("A draft: it judges, but nothing is issued by it until two people have approved it.")
        )
    elif value.status == "checked":
        told.append(_("One person has checked it: nothing is issued by it until a second one confirms."))
    return " ".join(told)


def _lapsed(value: Value) -> bool:
    rows = approvals_of(value.norm).filter(start=value.start, state="approved")
    return rows.exclude(content_hash=value.content_hash).exists()


def _actions(actor: Actor, shown: Norm, value: Value) -> list[Action]:
    at = shown.values.index(value)
    made = []
    if len(shown.values) > 1:
        one, other = (at - 1, at) if at else (at, at + 1)
        asked = f"?before={shown.values[one].start}&after={shown.values[other].start}"
        made = [
            Action(_("Compare editions"), reverse("rules:compare", args=[shown.id]) + asked),
            Action(_("What would change"), reverse("rules:effects", args=[shown.id]) + asked),
        ]
    if (
        value.layer == OWN_LAYER
        and (before := beneath(value)) is not None
        and before.content_hash != value.content_hash
    ):
        asked = f"?before=shipped:{value.start}&after={value.start}"
        made.append(Action(_("What the own correction changes"), reverse("rules:effects", args=[shown.id]) + asked))
    template = reverse("rules:own_add") + f"?template={shown.id}"
    keeper = lambda reader: may_keep_rules(reader, "local_rule_put")  # noqa: E731 - asked of the reader by the kit
    correct = reverse("rules:correct", args=[shown.id]) + f"?edition={value.start}"
    if value.kind in CORRECTABLE and not value.repealed:
        made.append(Action(_("Correct a value"), correct, visible=keeper))
    return [*made, Action(_("Take as a template"), template, visible=keeper)]


def _overview(actor: Actor, shown: Norm, value: Value) -> SafeString:
    source, approval, note = value.source, value.approval, note_of(value.note or shown.note)
    quote = source.quote or (approval.quote if approval else None)
    head = facts(
        Fact(_("Source"), f"{source.document} {source.clause}".strip()),
        *([Fact(_("Quote"), quote)] if quote else []),
        Fact(_("Basis"), BASES[source.basis]),
        *([Fact(_("Read by way of"), source.via)] if source.via else []),
        Fact(_("Approved by"), "、".join(approval.by) if approval else "", note=approval.against if approval else ""),
        *([Fact(_("Unit"), value.unit)] if value.unit else []),
        *([Fact(_("Note"), note)] if note else []),
        Fact(_("Given by"), layer_words(value.layer)),
        Fact(_("Id"), shown.id),
        Fact("SHA-256", value.content_hash, note=_("of content and source; stored with every result")),
        title=_("Where it comes from"),
    )
    lines = [Fact(use.label, use.count, url=use.url) for use in uses_of(shown, actor)]
    used = facts(*lines, title=_("Where it is used")) if lines else SafeString("")
    content = render_to_string("site/rules/content.html", {"parts": outline_of(value)})
    return SafeString(head + used + content)


def _proofs(shown: Norm) -> SafeString:
    """Every approval with the text compared with."""
    rows = list(approvals_of(shown.id)[:LATEST])
    label = RuleApproval._meta.label_lower
    files = Attachment.objects.filter(subject_type=label, subject_id__in=[str(row.pk) for row in rows])
    by_row = {file.subject_id: file for file in files}
    told = [(row, look_of(f"rule_approval.{row.state}"), by_row.get(str(row.pk))) for row in rows]
    return SafeString(render_to_string("site/rules/proofs.html", {"rows": told}))


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
    shown = rule_of(norm)
    today = request.actor.today
    before = edition_of(shown, request.GET.get("before", ""), today)
    after = edition_of(shown, request.GET.get("after", ""), today)
    context = {
        "title": _("%(rule)s: two editions") % {"rule": titled(shown.title)},
        "before": before,
        "after": after,
        "editions": shown.values,
        "difference": Difference.of(before, after),
        "sides": [(value, outline_of(value)) for value in (before, after)],
        "effects": reverse("rules:effects", args=[shown.id]) + f"?before={before.start}&after={after.start}",
        "crumbs": [
            Crumb(_("Rules"), reverse("rules:rule_list")),
            Crumb(titled(shown.title), reverse("rules:rule", args=[shown.id])),
        ],
    }
    return render(request, "site/rules/compare.html", context)
