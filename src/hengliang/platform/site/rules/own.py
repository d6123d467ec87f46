"""The authority's own rules: which stand, a file given and previewed, taken away. Shipped files are never touched."""

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from hengliang.norms import Value
from hengliang.norms.load import SHIPPED
from hengliang.platform.core.errors import InputRefused
from hengliang.platform.core.local_rules import Proposal, proposal
from hengliang.platform.core.models import LocalRule
from hengliang.platform.core.pages.confirm import Confirmation
from hengliang.platform.core.pages.form_page import beside
from hengliang.platform.core.pages.objects import Action, Crumb
from hengliang.platform.core.pages.rows import Rows
from hengliang.platform.core.requests import Request
from hengliang.platform.core.rule_effects import Comparison, Tally, effects_of
from hengliang.platform.core.rule_rights import may_keep_rules, permit_on_rules
from hengliang.platform.core.rules import rule_problems, rules
from hengliang.platform.core.selectors import local_rules
from hengliang.platform.core.services import local_rule_put, local_rule_remove
from hengliang.platform.site.rules.confirming import Difference, RuleConfirmation
from hengliang.platform.site.rules.effects import MOST
from hengliang.platform.site.rules.fault_words import fault_told
from hengliang.platform.site.rules.forms import OwnRuleForm
from hengliang.platform.site.rules.found import rule_of
from hengliang.platform.site.rules.tables import OwnTable
from hengliang.platform.site.rules.words import titled


@login_required
def own_list(request: Request) -> HttpResponseBase:
    """The authority's own rule files, and the folders of the operator."""
    found = rules()
    rows = Rows(
        {
            "id": row.norm, "pk": row.pk, "title": titled(found[row.norm].title) if row.norm in found else row.norm,
            "by": row.act.account_name, "on": row.act.on, "tables": len(row.tables), "reason": row.act.reason,
        }
        for row in local_rules()
    )  # fmt: skip
    add = Action(
        _("Add a rule"), reverse("rules:own_add"), primary=True, visible=lambda a: may_keep_rules(a, "local_rule_put")
    )
    context = {
        "folders": [folder.name for folder in settings.NORM_OVERLAYS],
        "problems": [fault_told(fault) for fault in rule_problems()],
    }
    return OwnTable().respond(request, rows, actions=[add], crumbs=_crumbs(), context=context)


def _crumbs() -> list[Crumb]:
    return [Crumb(_("Rules"), reverse("rules:rule_list"))]


@login_required
def own_add(request: Request) -> HttpResponse:
    """A file is given, examined, shown with what it would change, and only then laid over the others."""
    permit_on_rules(request.actor, "local_rule_put")
    form = OwnRuleForm(request.POST or None, request.FILES or None, initial={"text": _template(request)})
    if request.method == "POST" and request.POST.get("confirmed") == "1":
        return preview(request, proposal(request.POST.get("text", ""), _carried(request)))
    if request.method == "POST" and form.is_valid():
        given = proposal(form.cleaned_data["text"], form.cleaned_data["csv"] or _carried(request))
        if not given.problems:
            return preview(request, given)
        return _form(request, form, given)
    return _form(request, form, None)


def _template(request: Request) -> str:
    """The text of a shipped or own rule to begin with."""
    norm = request.GET.get("template", "")
    if not norm:
        return ""
    rule_of(norm)
    own = LocalRule.objects.filter(norm=norm, ended_by=None).first()
    path = SHIPPED / f"{norm}.yaml"
    return own.text if own else path.read_text(encoding="utf-8") if path.is_file() else ""


def _carried(request: Request) -> dict[str, str]:
    return dict(zip(request.POST.getlist("csv_name"), request.POST.getlist("csv_text"), strict=False))


def _form(request: Request, form: OwnRuleForm, given: Proposal | None) -> HttpResponse:
    context = {
        "title": _("Add a rule"), "form": form, "verb": _("Examine"), "back": reverse("rules:own_list"),
        "problems": [fault_told(fault) for fault in given.problems] if given else (),
        "crumbs": [*_crumbs(), Crumb(_("Own rules"), reverse("rules:own_list"))],
    }  # fmt: skip
    return render(request, "site/rules/own_add.html", context, status=422 if form.is_bound else 200)


def preview(request: Request, given: Proposal) -> HttpResponse:
    """What a file would change, and the question whether it is taken over."""
    ask = RuleConfirmation(
        title=_("Lay over the rules: %(norm)s") % {"norm": _name(given)},
        verb=_("Take over"),
        back=reverse("rules:own_add"),
        consequences=_consequences(given),
        carry=[("text", given.text), *_tables(given)],
        crumbs=_crumbs(),
        action=reverse("rules:own_add"),
        differences=[Difference.of(before, after) for before, after in _compared(given)],
        tallies=_tallies(request, given),
    )
    if ask.confirmed(request):
        try:
            local_rule_put(actor=request.actor, text=given.text, tables=given.tables, reason=ask.reason)
        except InputRefused as refused:
            if ask.form is not None:
                beside(ask.form, refused)
        else:
            return redirect("rules:rule", given.norm)
    return ask.respond(request)


def _name(given: Proposal) -> str:
    return next((titled(effect.after.title) for effect in given.effects), given.norm)


def _compared(given: Proposal) -> list[tuple[Value, Value]]:
    """Each edition that the file gives, beside what it stands for: the same edition, or the one in force until then."""
    norm = rules().get(given.norm)
    pairs = [
        (effect.before or (norm.value_at(effect.start) if norm else None), effect.after) for effect in given.effects
    ]
    return [(before, after) for before, after in pairs if before and not before.repealed and not after.repealed]


def _tallies(request: Request, given: Proposal) -> list[Tally]:
    """What the change would do to the ledger, before anything is taken over; counted once, not at the confirmation."""
    changed = _compared(given)
    if not changed or request.POST.get("confirmed") == "1":
        return []
    return effects_of(Comparison(*changed[-1], request.actor, most=MOST)) or []


def _tables(given: Proposal) -> list[tuple[str, str]]:
    return [pair for name, text in given.tables.items() for pair in (("csv_name", name), ("csv_text", text))]


def _consequences(given: Proposal) -> list[Any]:
    told = [_("A new rule.")] if given.adds else []
    for effect in given.effects:
        if effect.new and not given.adds:
            told.append(_("A new edition from %(day)s.") % {"day": effect.start})
        elif not effect.new:
            told.append(_("The edition of %(day)s changes and is a draft again: see below.") % {"day": effect.start})
    if not given.effects:
        told.append(_("Nothing changes: the rules say the same already."))
    return [*told, _("It judges from now on, and issues nothing until two people have approved it.")]


@login_required
def own_remove(request: Request, pk: int) -> HttpResponse:
    """An own file is taken away; the shipped rule holds again."""
    permit_on_rules(request.actor, "local_rule_remove")
    row = get_object_or_404(LocalRule, pk=pk, ended_by=None)
    ask = Confirmation(
        title=_("Remove the own rule %(norm)s") % {"norm": row.norm},
        verb=_("Remove"),
        back=reverse("rules:own_list"),
        danger=True,
        consequences=[_("The shipped rule holds again, where there is one."),
                      _("Records keep the rule by which they were judged, and can be judged again by it.")],
        crumbs=_crumbs(),
    )  # fmt: skip
    if ask.confirmed(request):
        local_rule_remove(actor=request.actor, rule=row, reason=ask.reason)
        return redirect("rules:own_list")
    return ask.respond(request)


@login_required
def own_file(request: Request, pk: int) -> HttpResponse:
    """An own file as it was given, whether it still stands or not."""
    row = get_object_or_404(LocalRule, pk=pk)
    answer = HttpResponse(row.text, content_type="text/plain; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{row.norm.rpartition("/")[2]}.yaml"'
    return answer
