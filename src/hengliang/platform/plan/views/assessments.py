"""Assessments: commissioned on a snapshot, opinions of a third party, accepted; the report as page, PDF and DOCX."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from hengliang.platform.core.pages.acts import history_tab
from hengliang.platform.core.pages.confirm import ReasonForm
from hengliang.platform.core.pages.form_page import form_page, given
from hengliang.platform.core.pages.objects import Action, Crumb, ObjectPage
from hengliang.platform.core.requests import Request
from hengliang.platform.core.rights import is_permitted, permit
from hengliang.platform.plan import services
from hengliang.platform.plan.forms.participation import CommissionForm, ConclusionForm, OpinionForm, PracticeForm
from hengliang.platform.plan.models import Plan, PlanAssessment, PlanTarget
from hengliang.platform.plan.participation_tables import AssessmentTable
from hengliang.platform.plan.reports import kept_report, report_bytes
from hengliang.platform.plan.selectors.assessments import assessed
from hengliang.platform.plan.selectors.frozen import plan_then
from hengliang.platform.plan.selectors.plans import snapshot_list

ACTS = ("return", "accept", "withdraw")
_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


@login_required
def assessment_list(request: Request) -> HttpResponseBase:
    """The assessments that one sees."""
    rows = PlanAssessment.objects.visible_to(request.actor).select_related("plan", "assessor")
    return AssessmentTable().respond(request, rows.defer("plan__text", "plan__found"))


@login_required
def assessment_commission(request: Request, pk: int) -> HttpResponse:
    """Ask a third party to assess a plan on a snapshot."""
    snapshot = get_object_or_404(snapshot_list(request.actor), pk=pk)
    permit(request.actor, "assessment_commission", region_id=snapshot.plan.region_id)
    form = CommissionForm(request.actor.today, *given(request)[:1])

    def commissioned() -> str:
        made = services.assessment_commission(actor=request.actor, snapshot=snapshot, **form.cleaned_data)
        return reverse("plan:assessment", args=[made.pk])

    return form_page(request, form, commissioned, title=_("Commission an assessment"), verb=_("Commission"),
                     lead=str(snapshot), back=reverse("plan:snapshot", args=[pk]))  # fmt: skip


def _visible(request: Request, pk: int) -> PlanAssessment:
    rows = PlanAssessment.objects.visible_to(request.actor).select_related("plan", "snapshot", "assessor")
    return get_object_or_404(rows, pk=pk)


@login_required
def assessment(request: Request, pk: int) -> HttpResponseBase:
    """One assessment: frozen figures with an opinion beside each, practices, conclusion."""
    shown, actor = _visible(request, pk), request.actor
    opines = shown.state == "in_work" and is_permitted(actor, "target_opine", organisations=[shown.assessor_id])
    context = {
        "assessment": shown, "rows": assessed(shown), "practices": shown.practices.all(), "opines": opines,
        "kept": [one for kind in ("pdf", "docx") if (one := kept_report(shown, kind))],
    }  # fmt: skip

    def overview(_r: object) -> SafeString:
        reads = Plan.objects.visible_to(actor).filter(pk=shown.plan_id).exists()
        return SafeString(render_to_string("plan/assessment.html", context | {"may_read": reads}, request))

    page = ObjectPage(kind=shown.get_kind_display(), name=plan_then(shown.snapshot).title,
                      state=f"plan_assessment.{shown.state}",
                      crumbs=[Crumb(_("Assessments of plans"), reverse("plan:assessment_list"))],
                      actions=_actions(request, shown, opines=opines), overview=overview,
                      history=lambda _r: history_tab(shown))  # fmt: skip
    return page.respond(request)


def _actions(request: Request, shown: PlanAssessment, *, opines: bool) -> list[Action]:
    words = _("Report as %(kind)s") if shown.state == "accepted" else _("Draft of the report as %(kind)s")
    found = [Action(words % {"kind": "PDF"}, reverse("plan:assessment_pdf", args=[shown.pk])),
             Action(words % {"kind": "DOCX"}, reverse("plan:assessment_docx", args=[shown.pk]))]  # fmt: skip
    if opines:
        found += [Action(_("Submit an assessment"), reverse("plan:assessment_submit", args=[shown.pk]), primary=True),
                  Action(_("Name a typical practice"), reverse("plan:practice_add", args=[shown.pk]))]  # fmt: skip
    verbs = {"accept": _("Accept an assessment"), "return": _("Give back"), "withdraw": _("Withdraw")}
    if is_permitted(request.actor, "assessment_accept", region_id=shown.plan.region_id):
        names = {"submitted": ("accept", "return", "withdraw"), "in_work": ("withdraw",)}.get(shown.state, ())
        found += [Action(verbs[one], reverse("plan:assessment_act", args=[shown.pk, one]), primary=one == "accept",
                         danger=one == "withdraw") for one in names]  # fmt: skip
    return found


@login_required
def opine(request: Request, pk: int, target: int) -> HttpResponse:
    """What the assessor says of one target."""
    shown = _visible(request, pk)
    permit(request.actor, "target_opine", organisations=[shown.assessor_id])
    about = get_object_or_404(PlanTarget, pk=target, plan_id=shown.plan_id)
    form, back = OpinionForm(*given(request)[:1]), reverse("plan:assessment", args=[pk])

    def told() -> str:
        services.target_opine(actor=request.actor, assessment=shown, target=about, **form.cleaned_data)
        return back

    return form_page(
        request, form, told, title=_("Give an opinion on a target"), verb=_("Save"), lead=about.text, back=back
    )


@login_required
def practice_add(request: Request, pk: int) -> HttpResponse:
    """Name a practice that others may learn from."""
    shown = _visible(request, pk)
    permit(request.actor, "practice_add", organisations=[shown.assessor_id])
    form, back = PracticeForm(*given(request)[:1]), reverse("plan:assessment", args=[pk])

    def added() -> str:
        services.practice_add(actor=request.actor, assessment=shown, **form.cleaned_data)
        return back

    return form_page(
        request, form, added, title=_("Name a typical practice"), verb=_("Add"), lead=shown.plan.title, back=back
    )


@login_required
def assessment_submit(request: Request, pk: int) -> HttpResponse:
    """Hand the assessment in."""
    shown = _visible(request, pk)
    permit(request.actor, "assessment_submit", organisations=[shown.assessor_id])
    form, back = ConclusionForm(*given(request)[:1]), reverse("plan:assessment", args=[pk])

    def submitted() -> str:
        services.assessment_submit(actor=request.actor, assessment=shown, **form.cleaned_data)
        return back

    return form_page(request, form, submitted, title=_("Submit an assessment"), verb=_("Submit"), lead=shown.plan.title,
                     back=back)  # fmt: skip


@login_required
def assessment_act(request: Request, pk: int, act: str) -> HttpResponse:
    """Accept, give back or withdraw."""
    shown = _visible(request, pk)
    if act not in ACTS:
        raise Http404
    permit(request.actor, f"assessment_{act}", region_id=shown.plan.region_id)
    form, back = ReasonForm(*given(request)[:1]), reverse("plan:assessment", args=[pk])

    def done() -> str:
        getattr(services, f"assessment_{act}")(actor=request.actor, assessment=shown, **form.cleaned_data)
        return back

    titles = {"return": _("Give an assessment back"), "accept": _("Accept an assessment"),
              "withdraw": _("Withdraw an assessment")}  # fmt: skip
    return form_page(request, form, done, title=titles[act], verb=titles[act], lead=shown.plan.title, back=back)


@login_required
def assessment_as_docx(request: Request, pk: int) -> HttpResponse:
    """The report as a document to work on."""
    return _report(_visible(request, pk), "docx", "attachment")


@login_required
def assessment_as_pdf(request: Request, pk: int) -> HttpResponse:
    """The report as it is printed."""
    return _report(_visible(request, pk), "pdf", "inline")


def _report(shown: PlanAssessment, kind: str, disposition: str) -> HttpResponse:
    data = report_bytes(shown, kind)
    if data is None:
        return HttpResponse(_("This file is missing or damaged in the store; its hash remains."), status=410)
    name = f"assessment-{shown.pk}" if shown.state == "accepted" else f"assessment-{shown.pk}-draft"
    answer = HttpResponse(data, content_type=_TYPES[kind])
    answer["Content-Disposition"] = f'{disposition}; filename="{name}.{kind}"'
    return answer
