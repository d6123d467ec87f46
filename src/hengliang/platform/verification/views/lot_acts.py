"""What is done with a lot, after a question that says what will happen."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from hengliang.platform.core.errors import PlatformError
from hengliang.platform.core.pages.confirm import Confirmation
from hengliang.platform.core.requests import Request
from hengliang.platform.core.rights import permit, right_of
from hengliang.platform.verification.benches.foreseen import expired_words, late_words, met_in
from hengliang.platform.verification.lot_work import issue_soon, submit_soon
from hengliang.platform.verification.models import Lot
from hengliang.platform.verification.services import lot_approve, lot_drop, lot_review, lot_send_back, lot_void


@dataclass(frozen=True)
class Verb:
    """An act on a lot as its button has it."""

    words: Any
    primary: bool = False
    danger: bool = False


VERBS = {
    "lot_submit": Verb(gettext_lazy("Submit"), primary=True),
    "lot_review": Verb(gettext_lazy("Review"), primary=True),
    "lot_approve": Verb(gettext_lazy("Approve"), primary=True),
    "lot_issue": Verb(gettext_lazy("Issue the results"), primary=True),
    "lot_send_back": Verb(gettext_lazy("Send back")),
    "lot_void": Verb(gettext_lazy("Declare void"), danger=True),
    "lot_drop": Verb(gettext_lazy("Drop")),
}


@login_required
def lot_act(request: Request, pk: int, act: str) -> HttpResponse:
    """One step of a lot, confirmed."""
    lot = get_object_or_404(Lot.objects.visible_to(request.actor).select_related("item", "body", "rule"), pk=pk)
    back = reverse("verification:lot", args=[pk])
    permit(request.actor, act, organisations=[lot.body_id])  # before it is said what would happen
    foreseen = _foreseen(request, lot, act)
    needs_reason = right_of(act).needs_reason or bool(foreseen.reasons)
    ask = Confirmation(
        title=f"{VERBS[act].words} · {lot.number}", verb=VERBS[act].words, back=back, affected=lot.judged or lot.rows,
        reason_needed=needs_reason, danger=VERBS[act].danger,
        consequences=[*foreseen.reasons, *foreseen.met, *_consequences(lot, act)],
    )  # fmt: skip
    if not ask.confirmed(request):
        return ask.respond(request)
    try:
        _do(request, lot, act, ask.reason if needs_reason else "")
    except PlatformError as refused:
        messages.error(request, str(refused))
    return redirect("verification:lot_list" if act == "lot_drop" else back)


def _do(request: Request, lot: Lot, act: str, reason: str) -> None:
    actor = request.actor
    if act in ("lot_submit", "lot_issue"):
        (submit_soon if act == "lot_submit" else issue_soon)(lot, actor, reason)
    elif act in ("lot_send_back", "lot_void"):
        (lot_send_back if act == "lot_send_back" else lot_void)(actor=actor, lot=lot, reason=reason)
    else:
        {"lot_review": lot_review, "lot_approve": lot_approve, "lot_drop": lot_drop}[act](actor=actor, lot=lot)


@dataclass(frozen=True)
class Foreseen:
    """What is said before: what wants a reason, and meters that get no date."""

    reasons: list[str]
    met: list[str]


def _foreseen(request: Request, lot: Lot, act: str) -> Foreseen:
    if act not in ("lot_submit", "lot_issue"):
        return Foreseen([], [])
    today = request.actor.today
    words = late_words(lot, today) if act == "lot_submit" else expired_words(lot, today)
    return Foreseen([words] if words else [], [one.words for one in met_in(lot)])


def _consequences(lot: Lot, act: str) -> list[str]:
    counts = _("%(passed)s passed, %(failed)s failed, %(open)s indeterminate.") % {
        "passed": lot.passed, "failed": lot.failed, "open": lot.indeterminate
    }  # fmt: skip
    left_out = ngettext(
        "%(n)s row that was refused is left out.", "%(n)s rows that were refused are left out.", lot.refused
    ) % {"n": lot.refused}
    told = {
        "lot_submit": [counts, left_out, _("It is one act with one Merkle root: all results are written, or none.")],
        "lot_review": [counts, _("You answer for the check; the approver is somebody else.")],
        "lot_approve": [counts, _("You answer for the lot; its results can then be issued.")],
        "lot_issue": [
            counts, _("Each result can be found by serial number or label, by the public too, with its proof."),
            _("Meters that are in the ledger get their new date in the same act."),
        ],
        "lot_send_back": [_("The corrected file is sent as another lot.")],
        "lot_void": [
            _("None of its results proves anything any more; the public page says so at once."),
            _("Meters of the ledger whose last verification this was return to what was before."),
        ],
        "lot_drop": [_("The file and what was read of it go; the number of the lot is not given again.")],
    }  # fmt: skip
    return told[act]
