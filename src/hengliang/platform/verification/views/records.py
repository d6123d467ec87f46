"""Original records: what was measured, and the signatures on it."""

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hengliang.platform.core.listed import listed
from hengliang.platform.core.pages.acts import history_tab
from hengliang.platform.core.pages.confirm import Confirmation
from hengliang.platform.core.pages.objects import Action, Crumb, Fact, ObjectPage, facts
from hengliang.platform.core.pages.words import titled
from hengliang.platform.core.requests import Request
from hengliang.platform.core.rights import is_permitted
from hengliang.platform.registry.spoken import spoken
from hengliang.platform.verification.decisions import concluded_items
from hengliang.platform.verification.entry import filled_grid, sections_of
from hengliang.platform.verification.follow_ups import follow_ups
from hengliang.platform.verification.forms.work import budget_words
from hengliang.platform.verification.jobs import job_kind, job_title
from hengliang.platform.verification.models import Record, Round, Task
from hengliang.platform.verification.places import places_by_item
from hengliang.platform.verification.rounds.contested import conflict_page, contest_of
from hengliang.platform.verification.rules import rule_as_used, unapproved, validity_of
from hengliang.platform.verification.services import record_approve, record_review, record_send_back, record_void
from hengliang.platform.verification.services.retest_order import by_authorised_laboratory
from hengliang.platform.verification.stated import joined
from hengliang.platform.verification.statements import decision_words, stated_lines
from hengliang.platform.verification.verdicts import judged_lines, verdict_words
from hengliang.platform.verification.views.conditions import conditions_facts

SIGN = {"record_review": record_review, "record_approve": record_approve}
TAKE_BACK = {"record_send_back": record_send_back, "record_void": record_void}
WORDS = {
    "record_review": gettext_lazy("Review"),
    "record_approve": gettext_lazy("Approve"),
    "record_send_back": gettext_lazy("Send back"),
    "record_void": gettext_lazy("Void"),
}
POSSIBLE = {
    "submitted": ("record_review", "record_send_back", "record_void"),
    "reviewed": ("record_approve", "record_send_back", "record_void"),
    "approved": ("record_send_back", "record_void"),
}


def _visible(request: Request, pk: int) -> Record:
    rows = Record.objects.filter(task__in=Task.objects.visible_to(request.actor))
    people = (
        "verifier",
        "reviewer",
        "approver",
        "rule",
        "task__body",
        "task__owner",
        "task__instrument__item",
        "budget__budget",
    )
    return get_object_or_404(rows.select_related(*people), pk=pk)


@login_required
def record(request: Request, pk: int) -> HttpResponseBase:
    """One record with its verdicts and signatures."""
    shown = _visible(request, pk)
    contest = contest_of(shown) if shown.state in POSSIBLE else None
    page = ObjectPage(
        kind=_("Original record"),
        name=shown.number,
        where=f"{spoken(shown.task.instrument.name)} {shown.task.instrument.printed_code}",
        state=f"record.{shown.state}",
        since=shown.verified_on,
        crumbs=[
            Crumb(_("Verification work"), reverse("verification:task_list")),
            Crumb(shown.task.instrument.printed_code, reverse("verification:task", args=[shown.task_id])),
        ],
        actions=_actions(request, shown, contest),
        notice=_contest_notice(contest) if contest else _draft_notice(shown),
        overview=lambda _r: _overview(shown),
        records=lambda _r: _measured(shown),
        history=lambda _r: history_tab(shown),
    )
    return page.respond(request)


def _contest_notice(contest: Round) -> str:
    told = _(
        "Two devices of round %(round)s differ about this instrument. Nobody signs before it is decided which holds."
    )
    return told % {"round": contest.number}


def _draft_notice(shown: Record) -> str:
    """A draft that judged leaves its mark, until two people have approved it."""
    drafts = [titled(value.title) for value in unapproved(shown)]
    told = (
        _("“%(rules)s” is a draft. This is a training deployment: what is issued here is a training paper.")
        if settings.TRAINING
        else _(
            "“%(rules)s” is a draft: it judges, and nothing is issued by it until two people of the authority have "
            "approved it."
        )
    )
    return told % {"rules": listed(drafts)} if drafts else ""


def _overview(shown: Record) -> SafeString:
    judgement = shown.judgement
    particulars = facts(
        Fact(_("Kind of job"), job_title(shown.job, shown.verified_on)),
        *(
            [Fact(_("Verdict"), verdict_words(judgement["verdict"]), note=_by_class(judgement))]
            if judgement["verdict"]
            else []
        ),
        Fact(_("Kind of verification"), shown.get_regime_display()),
        *([Fact(_("Uncertainty by budget"), budget_words(shown.budget))] if shown.budget else []),
        *([Fact(_("Decision rule"), decision_words(judgement))] if judgement.get("decision") else []),
        Fact(_("Class"), judgement.get("accuracy_class") or ""),
        Fact(_("Verified on"), shown.verified_on),
        Fact(_("Place of verification"), shown.place),
        *conditions_facts(shown),
        Fact(
            _("Rule"),
            judgement["document"],
            note=_("edition of %(day)s, fingerprint %(hash)s") % {"day": shown.edition, "hash": shown.rule_id[:16]},
            url=_rule_page(shown),
        ),
        Fact(_("Measurement standards"), listed(s.name for s in shown.standards.all())),
        Fact(_("Verified by"), shown.verifier.name),
        Fact(_("Reviewed by"), shown.reviewer.name if shown.reviewer else ""),
        Fact(_("Approved by"), shown.approver.name if shown.approver else ""),
        title=_("Particulars"),
    )
    return SafeString(particulars + _judged(shown))


def _by_class(judgement: dict[str, Any]) -> str:
    """A class that was missed, and what became of it."""
    if lowered := judgement.get("downgraded_from"):
        told = _("It misses class %(declared)s; the verifier lowered it to class %(class)s.")
        return told % {"declared": lowered, "class": judgement["accuracy_class"]}
    if proposed := judgement.get("proposed_class"):
        return _("It meets class %(class)s; the verifier did not lower it.") % {"class": proposed}
    return ""


def _rule_page(shown: Record) -> str:
    try:
        return f"{reverse('rules:rule', args=[shown.procedure])}?edition={shown.edition}"
    except NoReverseMatch:
        return ""


def _judged(shown: Record) -> SafeString:
    if shown.passed is None:
        return _values(shown)
    rule = {item.id: item for item in rule_as_used(shown).procedure.items}
    places = places_by_item(shown.rule.content, shown.data.get("items") or {})
    rows = [
        line
        for item in concluded_items(shown.judgement)
        if item["reason"] not in ("regime", "conditions")
        for line in judged_lines(
            item,
            titled(rule[item["item"]].title),
            {point.id: titled(point.title) for point in rule[item["item"]].points},
            places.get(item["item"], ()),
        )
    ]
    return SafeString(render_to_string("verification/judged.html", {"rows": rows}) if rows else "")


def _values(shown: Record) -> SafeString:
    """What a calibration or a test found: no verdict of the verification rule stands beside it."""
    rows = stated_lines(shown)
    context = {"rows": rows, "decided": bool(shown.judgement.get("decision"))}
    return SafeString(render_to_string("verification/values.html", context) if rows else "")


def _measured(shown: Record) -> SafeString:
    form = rule_as_used(shown).form(shown.regime)
    data = joined(shown.data, shown.uncertainty)
    concludes = shown.passed is not None
    sections = sections_of(form, data, data.get("parts") or (), concludes=concludes)
    grids = [filled_grid(section, data) for section in sections]
    return SafeString(render_to_string("verification/measured.html", {"grids": grids}))


def _actions(request: Request, shown: Record, contest: Round | None) -> list[Action]:
    stands = _contest_notice(contest) if contest else ""
    own = [
        Action(
            WORDS[act],
            reverse("verification:record_act", args=[shown.pk, act]),
            primary=act in SIGN,
            danger=act == "record_void",
            blocked=stands if act in SIGN else "",
        )
        for act in POSSIBLE.get(shown.state, ())
        if is_permitted(request.actor, act, organisations=[shown.task.body_id])
    ]
    there = [Action(_("To the conflict"), conflict_page(contest), primary=True)] if contest else []
    return [*there, *follow_ups(request.actor, shown), *own, *_retest(request, shown)]


def _retest(request: Request, shown: Record) -> list[Action]:
    """To have it re-tested, where an authorised laboratory verified it."""
    region = shown.task.region_id
    if shown.state != "approved" or not is_permitted(request.actor, "retest_order", region_id=region):
        return []
    if not by_authorised_laboratory(shown):
        return []
    return [Action(_("Order a re-test"), reverse("verification:retest_order", args=[shown.pk]))]


def _will_have_expired(request: Request, shown: Record, act: str) -> list[str]:
    """That its proof would have expired by today, said to whoever signs; whoever issues it is asked for the reason."""
    kind = job_kind(shown.job, shown.verified_on)
    if act not in SIGN or kind.validity != "period" or not shown.passed:
        return []
    found = shown.judgement.get("accuracy_class")
    told = (shown.data.get("instrument") or {}) | ({"accuracy_class": found} if found else {})
    until = validity_of(shown.task.instrument.item, shown.verified_on, told).until
    if until is None or until >= request.actor.today:
        return []
    return [_("A proof issued today has expired already: it holds until %(until)s.") % {"until": until}]


@login_required
def record_act(request: Request, pk: int, act: str) -> HttpResponse:
    """A signature on a record, or the record taken back with its reason."""
    shown = _visible(request, pk)
    signs = act in SIGN
    consequences = {
        "record_review": _("Your name stands on it as reviewer."),
        "record_approve": _("Your name stands on it as approver; the proof can be issued.")
        if job_kind(shown.job, shown.verified_on).documents
        else _("Your name stands on it as approver; the authority that ordered it concludes."),
        "record_send_back": _("The verifier finds all values again as a draft."),
        "record_void": _("It stays readable as void; the instrument is measured again."),
    }
    ask = Confirmation(
        title=f"{WORDS[act]} {shown.number} · {shown.task.instrument.name}",
        verb=_("Sign") if signs else _("Confirm"),
        back=reverse("verification:record", args=[pk]),
        affected=1,
        danger=not signs,
        consequences=[consequences[act], *_will_have_expired(request, shown, act)],
        reason_needed=not signs,
    )
    if ask.confirmed(request):
        if signs:
            SIGN[act](actor=request.actor, record=shown)
        else:
            TAKE_BACK[act](actor=request.actor, record=shown, reason=ask.reason)
        return redirect("verification:record", pk)
    return ask.respond(request)
