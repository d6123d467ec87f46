"""Consultations: put up, comments read and answered, closed."""

from django.contrib.auth.decorators import login_required
from django.db.models import Count, Q
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from hengliang.platform.core.models import Region
from hengliang.platform.core.pages.acts import history_tab
from hengliang.platform.core.pages.confirm import ReasonForm
from hengliang.platform.core.pages.form_page import form_page, given, sent
from hengliang.platform.core.pages.objects import Action, Crumb, ObjectPage
from hengliang.platform.core.requests import Request
from hengliang.platform.core.rights import is_permitted, permit
from hengliang.platform.plan import services
from hengliang.platform.plan.forms.participation import AnswerForm, ConsultationForm, PublishForm, SummaryForm
from hengliang.platform.plan.models import Comment, Consultation, Plan
from hengliang.platform.plan.participation_tables import ConsultationTable

COMMENT_ACTS = {"publish": "comment_publish", "withhold": "comment_withhold", "answer": "comment_answer"}


@login_required
def consultation_list(request: Request) -> HttpResponseBase:
    """The consultations that one sees."""
    waiting = Count("comments", filter=Q(comments__state__in=["entered", "published"]))
    rows = Consultation.objects.visible_to(request.actor).annotate(waiting=waiting)
    may = any(is_permitted(request.actor, "consultation_open", region_id=one) for one in request.actor.regions())
    actions = [Action(_("Put a draft up for comments"), reverse("plan:consultation_open"), primary=True)] if may else []
    return ConsultationTable().respond(request, rows, actions=actions)


@login_required
def consultation_open(request: Request) -> HttpResponse:
    """Put a draft up."""
    today = request.actor.today
    form = ConsultationForm(request.actor, *given(request)[:1], initial={"opens_on": today})

    def opened() -> str:
        told = form.cleaned_data
        plan = Plan.objects.visible_to(request.actor).filter(pk=told["plan"] or 0).first()
        made = services.consultation_open(
            actor=request.actor, region=Region.objects.get(pk=told["region"]), title=told["title"], plan=plan,
            clauses=() if plan else form.told(), lead=told["lead"], opens_on=told["opens_on"],
            closes_on=told["closes_on"], short_because=told["short_because"],
        )  # fmt: skip
        return reverse("plan:consultation", args=[made.pk])

    return form_page(request, form, opened, title=_("Put a draft up for comments"), verb=_("Put up"),
                     back=reverse("plan:consultation_list"))  # fmt: skip


def _visible(request: Request, pk: int) -> Consultation:
    return get_object_or_404(Consultation.objects.visible_to(request.actor), pk=pk)


@login_required
def consultation(request: Request, pk: int) -> HttpResponseBase:
    """One consultation: its term, its clauses, its comments."""
    shown = _visible(request, pk)
    actions = [Action(_("The public page"), reverse("public_consultation", args=[pk]))]
    if shown.state == "open" and is_permitted(request.actor, "consultation_close", region_id=shown.region_id):
        runs = request.actor.today <= shown.closes_on
        actions.append(Action(_("Close"), reverse("plan:consultation_end", args=[pk, "close"]), primary=True,
                              blocked=_("It is still open.") if runs else ""))  # fmt: skip
        actions.append(Action(_("Withdraw"), reverse("plan:consultation_end", args=[pk, "withdraw"]), danger=True))
    comments = shown.comments.select_related("clause").order_by("-at", "-pk")[:500]
    context = {"consultation": shown, "comments": comments,
               "may": is_permitted(request.actor, "comment_answer", region_id=shown.region_id)}  # fmt: skip

    def overview(_r: object) -> SafeString:
        return SafeString(render_to_string("plan/consultation.html", context, request))

    page = ObjectPage(kind=_("Public consultation"), name=shown.title, state=f"consultation.{shown.state}",
                      crumbs=[Crumb(_("Public consultations"), reverse("plan:consultation_list"))],
                      actions=actions, overview=overview, history=lambda _r: history_tab(shown))  # fmt: skip
    return page.respond(request)


@login_required
def consultation_end(request: Request, pk: int, act: str) -> HttpResponse:
    """Close with a summary, or withdraw with a reason."""
    shown = _visible(request, pk)
    if act not in ("close", "withdraw"):
        raise Http404
    permit(request.actor, f"consultation_{act}", region_id=shown.region_id)
    form = (SummaryForm if act == "close" else ReasonForm)(*given(request)[:1])
    service = services.consultation_close if act == "close" else services.consultation_withdraw

    def ended() -> str:
        service(actor=request.actor, consultation=shown, **form.cleaned_data)
        return reverse("plan:consultation", args=[pk])

    title = _("Close a consultation") if act == "close" else _("Withdraw a consultation")
    return form_page(
        request, form, ended, title=title, verb=title, lead=shown.title, back=reverse("plan:consultation", args=[pk])
    )


@login_required
def comment(request: Request, pk: int, act: str) -> HttpResponse:
    """Show, withhold or answer one comment."""
    shown = get_object_or_404(Comment.objects.visible_to(request.actor).select_related("consultation"), pk=pk)
    if act not in COMMENT_ACTS:
        raise Http404
    permit(request.actor, COMMENT_ACTS[act], region_id=shown.consultation.region_id)
    forms = {"publish": PublishForm, "withhold": ReasonForm, "answer": AnswerForm}
    form = forms[act](sent(request), initial={"shown_text": shown.shown_text or shown.said})

    def done() -> str:
        told = dict(form.cleaned_data)
        if act == "answer":
            told["accepted"] = told["accepted"] == "yes"
        getattr(services, COMMENT_ACTS[act])(actor=request.actor, comment=shown, **told)
        return reverse("plan:consultation", args=[shown.consultation_id])

    titles = {"publish": _("Show a comment"), "withhold": _("Not show a comment"), "answer": _("Answer a comment")}
    return form_page(request, form, done, title=titles[act], verb=titles[act], lead=shown.said,
                     back=reverse("plan:consultation", args=[shown.consultation_id]))  # fmt: skip
