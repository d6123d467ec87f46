"""The entry of an original record: grids that keep and judge what is typed, and the submission."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hengliang.metrology.judge import BadRecord, CellProblem, Preview
from hengliang.platform.core.errors import InputRefused, PlatformError, StaleWrite
from hengliang.platform.core.pages.form_page import beside
from hengliang.platform.core.pages.grid import saved, stale
from hengliang.platform.core.requests import Request
from hengliang.platform.core.rights import permit
from hengliang.platform.registry.spoken import spoken
from hengliang.platform.standards.models import BudgetVersion
from hengliang.platform.standards.selectors import standards_for
from hengliang.platform.verification.budgets import fitting_budgets
from hengliang.platform.verification.drafts import begun
from hengliang.platform.verification.entry import Section, merged, posted, sections_of
from hengliang.platform.verification.errors import DraftRefused
from hengliang.platform.verification.forms.work import RecordForm
from hengliang.platform.verification.jobs import job_kind
from hengliang.platform.verification.judging import previewed
from hengliang.platform.verification.models import RecordDraft, Task
from hengliang.platform.verification.problem_words import marks_of, summary_of
from hengliang.platform.verification.rules import Rule, rule_for
from hengliang.platform.verification.services import draft_save, record_submit
from hengliang.platform.verification.verdicts import conclusion, grid_verdict

DECLINED = "none"


def _task(request: Request, pk: int) -> Task:
    rows = Task.objects.visible_to(request.actor).select_related("instrument__item__parent", "body", "owner")
    shown = get_object_or_404(rows, pk=pk)
    permit(request.actor, "record_submit", organisations=[shown.body_id])
    return shown


def _data(task: Task) -> dict[str, Any]:
    draft = RecordDraft.objects.filter(task=task).first()
    parts = list(task.instrument.parts.order_by("part_label").values_list("part_label", flat=True))
    return begun(task, draft, parts)


def _form(task: Task, rule: Rule) -> dict[str, Any]:
    return rule.form(task.regime)


def _sections(request: Request, task: Task, form: Mapping[str, Any], data: Mapping[str, Any]) -> list[Section]:
    return sections_of(form, data, data.get("parts") or (), concludes=_concludes(request, task))


def _concludes(request: Request, task: Task) -> bool:
    return job_kind(task.job, request.actor.today).concludes


def _budgets(request: Request, task: Task, rule: Rule) -> "QuerySet[BudgetVersion] | None":
    """The body's budgets of what the rule measures, where the job states uncertainties instead of a conclusion."""
    if _concludes(request, task):
        return None
    rows = BudgetVersion.objects.filter(pk__in=fitting_budgets(task.placed_body, rule.procedure))
    return rows.select_related("budget").order_by("budget__name", "-number")


@login_required
def record_entry(request: Request, pk: int) -> HttpResponse:
    """The page on which a verifier types; submitted, it becomes the original record."""
    shown = _task(request, pk)
    rule = rule_for(shown.instrument.item, request.actor.today)
    form = RecordForm(
        request.POST or None,
        standards=standards_for(shown.placed_body, shown.instrument.item),
        budgets=_budgets(request, shown, rule),
        initial={"verified_on": request.actor.today},
    )
    data = _data(shown)
    filled: dict[str, list[str]] = {}
    if request.method == "POST":
        data, filled = _posted(request, shown, _form(shown, rule), data)
    page = EntryPage(request, shown, rule, data, filled, form)
    if request.method != "POST":
        return page.respond()
    if form.is_valid():
        return _submit(page) or page.respond()
    page.examine()
    return page.respond()


def _posted(
    request: Request, task: Task, form: Mapping[str, Any], data: dict[str, Any]
) -> tuple[dict[str, Any], dict[str, list[str]]]:
    """The record's JSON with all that was posted, and the keys of the rows in which something stands."""
    data, filled = posted(lambda known: _sections(request, task, form, known), data, request.POST)
    accepted = request.POST.get("accepted_class", "")
    return ({**data, "accepted_class": accepted} if accepted not in ("", DECLINED) else data), filled


def _submit(page: "EntryPage") -> HttpResponse | None:
    form, request = page.form, page.request
    try:
        if page.undecided():
            form.add_error(None, _("The instrument misses its class. Say below whether it is lowered."))
            return None
        record = record_submit(actor=request.actor, task=page.task, data=page.data, **form.cleaned_data)
    except DraftRefused as refused:
        page.problems = refused.faults
        form.add_error(None, str(refused))
    except PlatformError as refused:
        beside(form, refused)
    else:
        return redirect("verification:record", record.pk)
    return None


@dataclass
class EntryPage:
    """The page with the grids, and what is wrong with what was posted."""

    request: Request
    task: Task
    rule: Rule
    data: dict[str, Any]
    filled: Mapping[str, Sequence[str]]
    form: RecordForm
    problems: Sequence[CellProblem] = ()

    def examine(self) -> None:
        """Find what is wrong with the cells, so that it is told in one go with what is wrong around them."""
        self.problems = previewed(self.rule, self.task.instrument.item, self.data)[1].problems

    def undecided(self) -> bool:
        """Whether the instrument misses its class, meets a coarser one, and nobody said what becomes of it."""
        return bool(self._conclusion()["proposed"]) and "accepted_class" not in self.request.POST

    def _conclusion(self) -> dict[str, str]:
        if not _concludes(self.request, self.task):
            return {"proposed": ""}
        try:
            record, seen = previewed(self.rule, self.task.instrument.item, self.data)
        except BadRecord:
            return {"proposed": ""}
        return conclusion(self.rule.procedure, record, seen)

    def respond(self) -> HttpResponse:
        """The page."""
        asked = _form(self.task, self.rule)
        sections = {section.key: section for section in _sections(self.request, self.task, asked, self.data)}
        context = {
            "title": _("Measure %(name)s") % {"name": spoken(self.task.instrument.name)},
            "task": self.task,
            "rule": self.rule,
            "document": self.rule.procedure.document,
            "form": self.form,
            "grids": self._grids(asked, sections),
            "told": summary_of(self.problems, sections, self.filled, asked),
            "conclusion": self._conclusion(),
            "concludes": _concludes(self.request, self.task),
            "may_lower": bool(asked["downgrade"]),
            "chosen": self.request.POST.get("accepted_class", ""),
            "parts_asked": bool(asked["part"]),
            "back": reverse("verification:task", args=[self.task.pk]),
        }
        status = 422 if self.form.is_bound else 200
        return render(self.request, "verification/record_entry.html", context, status=status)

    def _grids(self, asked: Mapping[str, Any], sections: Mapping[str, Section]) -> list[SafeString]:
        draft = RecordDraft.objects.filter(task=self.task).first()
        versions = draft.versions if draft else {}
        marks = marks_of(self.problems, sections, self.filled, asked)
        refused = "?refused=1" if self.problems else ""
        return [
            section.grid(
                self.data,
                verdict_url=reverse("verification:record_verdict", args=[self.task.pk, key]) + refused,
                save_url=reverse("verification:draft_save", args=[self.task.pk, key]),
                version=versions.get(key, 0),
                marks=marks,
            ).render(self.request)
            for key, section in sections.items()
        ]


@login_required
@require_POST
def draft_keep(request: Request, pk: int, key: str) -> JsonResponse:
    """What the grid of a section sends as one types."""
    shown = _task(request, pk)
    section = _section(request, shown, key)
    typed, version = _sent(section, request)
    base = _data(shown)
    try:
        new = draft_save(
            actor=request.actor,
            task=shown,
            section=key,
            change=lambda data: merged(base | dict(data), section, typed),
            version=version,
        )
    except StaleWrite as refused:
        return stale(str(refused))
    return saved(new)


@login_required
@require_POST
def record_verdict(request: Request, pk: int, key: str) -> JsonResponse:
    """What the rule says of a section so far, and what the whole record comes to: the same judge as at submission.

    After a record was refused (`?refused=1`) empty cells are marked too; before, they are no fault yet.
    """
    shown = _task(request, pk)
    section = _section(request, shown, key)
    typed, _version = _sent(section, request)
    rule = rule_for(shown.instrument.item, request.actor.today)
    record, seen = previewed(rule, shown.instrument.item, merged(_data(shown), section, typed))
    form, concludes = _form(shown, rule), _concludes(request, shown)
    told = seen if concludes else Preview((), seen.problems)
    verdict = grid_verdict(section, section.filled(typed), told, form, strict="refused" in request.GET)
    return JsonResponse(verdict | ({"conclusion": conclusion(rule.procedure, record, seen)} if concludes else {}))


def _section(request: Request, task: Task, key: str) -> Section:
    rule, data = rule_for(task.instrument.item, request.actor.today), _data(task)
    found = {section.key: section for section in _sections(request, task, _form(task, rule), data)}
    if key not in found:
        raise InputRefused("unknown_section", "The rule has no item “%(key)s”.", key=key)
    return found[key]


def _sent(section: Section, request: Request) -> tuple[dict[str, dict[str, str]], int]:
    try:
        return section.grid({}).typed_json(request.body)
    except (ValueError, RecursionError) as fault:
        raise InputRefused("grid_malformed", "The page sent something that is no grid. Reload it.") from fault
