"""The page of one round: what it is for, how it stands, where two devices differ, and what is asked of whom."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from hengliang.platform.core.listed import listed
from hengliang.platform.core.pages.acts import history_tab
from hengliang.platform.core.pages.objects import Action, Fact, ObjectPage, facts
from hengliang.platform.core.requests import Request
from hengliang.platform.core.rights import is_permitted
from hengliang.platform.core.selectors import state_since
from hengliang.platform.parties.selectors import person_of
from hengliang.platform.registry.spoken import spoken
from hengliang.platform.registry.states import IN_USE
from hengliang.platform.verification.models import Record, Round, RoundUpload, Task
from hengliang.platform.verification.rounds.refusals import refusal_words
from hengliang.platform.verification.rounds.sides import sides_of
from hengliang.platform.verification.rounds.standing import STATES, Standing, Subject, standing_of
from hengliang.platform.verification.rounds.words import asked_by, held_words, subject_title, unknown_words
from hengliang.platform.verification.services.round_records import CHANGED_USER
from hengliang.platform.verification.tables.work import RecordTable
from hengliang.platform.verification.totals import spent_by_round
from hengliang.platform.verification.views.rounds import rounds_crumb, visible_round


@login_required
def round_page(request: Request, pk: int) -> HttpResponseBase:
    """One round."""
    shown = visible_round(request, pk)
    page = ObjectPage(
        kind=_("Round"),
        name=shown.number,
        where=shown.place,
        state=f"round.{shown.state}",
        since=state_since(shown) or shown.starts_on,
        crumbs=[rounds_crumb()],
        actions=_actions(request, shown),
        overview=lambda _r: _overview(request, shown),
        records=lambda r: RecordTable().embed(r, _records(request, shown)),
        proofs=lambda _r: _papers(shown),
        history=lambda _r: history_tab(shown),
    )
    return page.respond(request)


def _records(request: Request, shown: Round) -> QuerySet[Record]:
    tasks = Task.objects.visible_to(request.actor)
    return Record.objects.filter(field_entry__round=shown, task__in=tasks).select_related("verifier")


def _actions(request: Request, shown: Round) -> list[Action]:
    actor, verbs = request.actor, []
    body, both = [shown.body_id], [shown.body_id, shown.organiser_id]

    def may(kind: str, organisations: "list[int | None]") -> bool:
        return is_permitted(actor, kind, organisations=organisations, region_id=shown.region_id)

    def act(verb: str, name: str, *, primary: bool = False, danger: bool = False) -> Action:
        address = reverse("verification:round_act", args=[shown.pk, name])
        return Action(verb, address, primary=primary, danger=danger)

    staff = reverse("verification:round_staff", args=[shown.pk])
    if shown.state == "planned" and shown.kind != Round.Kind.APPOINTMENT and may("round_announce", [*body]):
        verbs.append(Action(_("Announce"), staff, primary=True))
    if (
        shown.state in ("planned", "proposed")
        and shown.kind == Round.Kind.APPOINTMENT
        and may("round_propose", [*body])
    ):
        verbs.append(Action(_("Propose a day"), staff, primary=True))
    if shown.state == "proposed" and may("round_confirm", [shown.organiser_id]):
        verbs.append(act(_("Confirm the day"), "confirm", primary=True))
    if shown.state in ("confirmed", "out", "back") and _is_verifier(request, shown):
        verbs.append(Action(_("On site"), reverse("verification:round_field", args=[shown.pk]), primary=True))
    if shown.state == "out" and may("round_return", [*body]):
        verbs.append(act(_("Record the return"), "return"))
    if shown.state in ("out", "back", "closed") and may("worktime_enter", [*body]):
        verbs.append(Action(_("Enter working time"), f"{reverse('verification:worktime_new')}?round={shown.pk}"))
    if shown.state == "back" and may("round_close", [*body]):
        verbs.append(act(_("Close the round"), "close", primary=True))
    if shown.state in ("planned", "proposed", "confirmed") and may("round_cancel", [*both]):
        verbs.append(act(_("Cancel the round"), "cancel", danger=True))
    return verbs


def _is_verifier(request: Request, shown: Round) -> bool:
    if not is_permitted(request.actor, "round_take_out", organisations=[shown.body_id]):
        return False
    return person_of(request.actor).pk in (shown.first_id, shown.second_id)


def _overview(request: Request, shown: Round) -> SafeString:
    standing = standing_of(shown)
    verifiers = listed(one.name for one in (shown.first, shown.second) if one)
    head = facts(
        Fact(_("Kind of round"), shown.get_kind_display()),
        Fact(_("Verification body"), shown.body.name),
        *(Fact(label, name) for label, name in asked_by(shown)),
        Fact(_("Days"), f"{shown.starts_on} … {shown.ends_on}" if shown.ends_on > shown.starts_on else shown.starts_on),
        Fact(_("Verifiers of the round"), verifiers),
        Fact(_("Route"), " → ".join(shown.stops.order_by("rank").values_list("name", flat=True)[:30])),
        Fact(_("Note"), shown.note),
        *_spent(request, shown),
        title=_("Particulars"),
    )
    return SafeString(head + render_to_string("verification/round.html", _shown(request, shown, standing), request))


def _spent(request: Request, shown: Round) -> list[Fact]:
    """What the round took, for those who may see it."""
    return [
        Fact(
            _("Working time"),
            _("%(hours)s h at work, %(travel)s h on the way, %(kilometres)s km, %(pieces)s pieces")
            % {"hours": one.hours, "travel": one.travel_hours, "kilometres": one.kilometres, "pieces": one.pieces},
            url=f"{reverse('verification:worktime_list')}?q={shown.number}",
        )
        for one in spent_by_round(request.actor, shown)
    ]


def _shown(request: Request, shown: Round, standing: Standing) -> dict[str, Any]:
    actor, of_body = request.actor, is_permitted(request.actor, "round_take_out", organisations=[shown.body_id])
    mine = [
        one for one in standing.subjects
        if of_body and one.speaks is not None and one.speaks.record_id is None and one.speaks.content.get("data")
        and one.speaks.person_id == person_of(actor).pk and (one.line is not None or one.speaks.instrument_id)
    ]  # fmt: skip
    return {
        "round": shown,
        "counts": [(f"round_line.{state}", standing.counts[state]) for state in STATES if standing.counts[state]],
        "total": len(standing.subjects),
        "conflicts": [(one, subject_title(one), sides_of(one.open)) for one in standing.conflicts],
        "held": [
            (one, subject_title(one), held_words(one.in_the_way), one.in_the_way.held.get("code") == CHANGED_USER)
            for one in standing.subjects
            if one.in_the_way is not None
        ],
        "settled": [(one, subject_title(one), sides_of(one.earlier)) for one in standing.subjects if one.earlier],
        "unknown": [_unknown(one) for one in standing.subjects if one.line is None and one.speaks is not None],
        "rows": [
            (one, spoken(one.line.instrument.name), f"round_line.{one.state}")
            for one in standing.subjects
            if one.line is not None
        ],
        "refused": [(upload, refusal_words(upload.refusal, upload.params)) for upload in refused_still(shown)],
        "packages": shown.packages.select_related("person", "act").order_by("pk"),
        "mine": len(mine),
        "may_settle": is_permitted(actor, "round_settle", organisations=[shown.body_id]),
        "may_file": is_permitted(
            actor, "instrument_file", organisations=[shown.organiser_id], region_id=shown.region_id
        ),
        "may_add": is_permitted(actor, "round_add", organisations=[shown.body_id]),
        "may_upload": of_body and shown.state in ("out", "back") and _is_verifier(request, shown),
    }


def refused_still(shown: Round) -> "QuerySet[RoundUpload]":
    """The files that were refused, but for those that their owner has sent since and that were taken."""
    taken = shown.uploads.filter(refusal="").values("sha256")
    rows = shown.uploads.exclude(refusal="").exclude(sha256__in=taken)
    return rows.select_related("person", "act").order_by("-pk")


def _unknown(subject: Subject) -> dict[str, Any]:
    """What was met and no ledger knew, and how far it is: written down, filed, accepted, in the round."""
    entry = subject.speaks
    if entry is None:
        return {}
    words = unknown_words(entry)
    state = entry.instrument.states.current().values_list("status", flat=True).first() if entry.instrument else None
    joined = bool(entry.instrument) and entry.round.lines.filter(instrument=entry.instrument).exists()
    return {
        "entry": entry, "words": words, "filed": entry.instrument, "state": f"instrument.{state}" if state else "",
        "addable": state == IN_USE and not joined, "joined": joined,
    }  # fmt: skip


def _papers(shown: Round) -> SafeString:
    signatures = shown.signatures.select_related("picture").order_by("pk")
    return SafeString(render_to_string("verification/round_papers.html", {"round": shown, "signatures": signatures}))
