"""Joint conferences: members, meetings, resolutions and their follow-up."""

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
from hengliang.platform.plan.forms.participation import ConferenceForm, FollowUpForm, LeaveForm, MeetingForm, MemberForm
from hengliang.platform.plan.models import Conference, ConferenceMember, Membership, Resolution
from hengliang.platform.plan.participation_tables import ConferenceTable

RESOLUTION_ACTS = ("close", "reopen", "drop")


@login_required
def conference_list(request: Request) -> HttpResponseBase:
    """The conferences that one sees."""
    belonging = Membership.objects.on(request.actor.today)
    rows = Conference.objects.visible_to(request.actor).annotate(
        members_now=Count("members", filter=Q(members__in=belonging.values("member_id")), distinct=True),
        open_now=Count("meetings__resolutions", filter=Q(meetings__resolutions__state="open"), distinct=True),
    )
    may = any(is_permitted(request.actor, "conference_found", region_id=one) for one in request.actor.regions())
    actions = [Action(_("Found a joint conference"), reverse("plan:conference_found"), primary=True)] if may else []
    return ConferenceTable().respond(request, rows, actions=actions)


@login_required
def conference_found(request: Request) -> HttpResponse:
    """Found a conference."""
    form = ConferenceForm(request.actor, *given(request)[:1])

    def founded() -> str:
        told = dict(form.cleaned_data)
        region = Region.objects.get(pk=told.pop("region"))
        return reverse(
            "plan:conference", args=[services.conference_found(actor=request.actor, region=region, **told).pk]
        )

    return form_page(request, form, founded, title=_("Found a joint conference"), verb=_("Found a joint conference"),
                     back=reverse("plan:conference_list"))  # fmt: skip


def _visible(request: Request, pk: int) -> Conference:
    return get_object_or_404(Conference.objects.visible_to(request.actor), pk=pk)


@login_required
def conference(request: Request, pk: int) -> HttpResponseBase:
    """One conference: members, meetings, and what became of what they resolved."""
    shown, actor = _visible(request, pk), request.actor
    may = is_permitted(actor, "meeting_hold", region_id=shown.region_id)
    actions = [
        Action(_("Enter a meeting"), reverse("plan:meeting_hold", args=[pk]), primary=True),
        Action(_("Add a member"), reverse("plan:member_join", args=[pk])),
    ] if may else []  # fmt: skip
    meetings = [
        (meeting, [(one, one.shown_state(actor.today), _may_report(request, one)) for one in meeting.resolutions.all()])
        for meeting in shown.meetings.prefetch_related("resolutions__follow_ups", "resolutions__meeting__conference")
    ]
    members = Membership.objects.known().filter(member__conference=shown).select_related("member")
    context = {"conference": shown, "members": members.order_by("valid_from", "pk"), "meetings": meetings, "may": may}

    def overview(_r: object) -> SafeString:
        return SafeString(render_to_string("plan/conference.html", context, request))

    page = ObjectPage(kind=_("Joint conference"), name=shown.title, actions=actions, overview=overview,
                      crumbs=[Crumb(_("Joint conferences"), reverse("plan:conference_list"))],
                      history=lambda _r: history_tab(shown))  # fmt: skip
    return page.respond(request)


def _may_report(request: Request, one: Resolution) -> bool:
    region = one.meeting.conference.region_id
    return one.state == "open" and is_permitted(
        request.actor, "follow_up", organisations=[one.organisation_id], region_id=region
    )


@login_required
def member_join(request: Request, pk: int) -> HttpResponse:
    """A unit joins."""
    shown = _visible(request, pk)
    permit(request.actor, "member_join", region_id=shown.region_id)
    form = MemberForm(sent(request), initial={"on": request.actor.today})

    def joined() -> str:
        services.member_join(
            actor=request.actor, conference=shown, organisation=form.organisation(), **form.cleaned_data
        )
        return reverse("plan:conference", args=[pk])

    return form_page(request, form, joined, title=_("Add a member"), verb=_("Add"), lead=shown.title,
                     back=reverse("plan:conference", args=[pk]))  # fmt: skip


@login_required
def member_leave(request: Request, pk: int) -> HttpResponse:
    """A unit leaves."""
    seen = Conference.objects.visible_to(request.actor)
    shown = get_object_or_404(ConferenceMember.objects.filter(conference__in=seen).select_related("conference"), pk=pk)
    permit(request.actor, "member_leave", region_id=shown.conference.region_id)
    form, back = LeaveForm(*given(request)[:1]), reverse("plan:conference", args=[shown.conference_id])

    def left() -> str:
        services.member_leave(actor=request.actor, member=shown, **form.cleaned_data)
        return back

    return form_page(
        request, form, left, title=_("End a membership"), verb=_("End a membership"), lead=shown.name, back=back
    )


@login_required
def meeting_hold(request: Request, pk: int) -> HttpResponse:
    """Enter a meeting with its resolutions."""
    shown = _visible(request, pk)
    permit(request.actor, "meeting_hold", region_id=shown.region_id)
    form = MeetingForm(shown, *given(request)[:1], initial={"on": request.actor.today})

    def held() -> str:
        services.meeting_hold(actor=request.actor, conference=shown, **form.cleaned_data)
        return reverse("plan:conference", args=[pk])

    return form_page(request, form, held, title=_("Enter a meeting"), verb=_("Enter a meeting"), lead=shown.title,
                     back=reverse("plan:conference", args=[pk]))  # fmt: skip


def _resolution(request: Request, pk: int) -> Resolution:
    seen = Conference.objects.visible_to(request.actor)
    rows = Resolution.objects.filter(meeting__conference__in=seen).select_related("meeting__conference")
    return get_object_or_404(rows, pk=pk)


@login_required
def follow_up(request: Request, pk: int) -> HttpResponse:
    """A unit says what it did."""
    shown = _resolution(request, pk)
    region = shown.meeting.conference.region_id
    permit(request.actor, "follow_up", organisations=[shown.organisation_id], region_id=region)
    form = FollowUpForm(sent(request), initial={"on": request.actor.today})
    back = reverse("plan:conference", args=[shown.meeting.conference_id])

    def told() -> str:
        services.follow_up(actor=request.actor, resolution=shown, **form.cleaned_data)
        return back

    return form_page(
        request, form, told, title=_("Report on a resolution"), verb=_("Report"), lead=shown.text, back=back
    )


@login_required
def resolution_act(request: Request, pk: int, act: str) -> HttpResponse:
    """Close, open again or drop a resolution."""
    shown = _resolution(request, pk)
    if act not in RESOLUTION_ACTS:
        raise Http404
    permit(request.actor, f"resolution_{act}", region_id=shown.meeting.conference.region_id)
    form, back = ReasonForm(*given(request)[:1]), reverse("plan:conference", args=[shown.meeting.conference_id])

    def done() -> str:
        getattr(services, f"resolution_{act}")(actor=request.actor, resolution=shown, **form.cleaned_data)
        return back

    titles = {"close": _("Close a resolution"), "reopen": _("Open a resolution again"), "drop": _("Drop a resolution")}
    return form_page(request, form, done, title=titles[act], verb=titles[act], lead=shown.text, back=back)
