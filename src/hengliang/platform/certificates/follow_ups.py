"""On the page of a record: to put marks on with it, to issue its proof; afterwards, the way to that."""

from django.urls import reverse
from django.utils.translation import gettext as _

from hengliang.platform.certificates.marks.kinds import kinds_for
from hengliang.platform.certificates.models import Certificate
from hengliang.platform.certificates.services.mark_use import NO_MORE
from hengliang.platform.core.pages.objects import Action
from hengliang.platform.core.rights import Actor, is_permitted
from hengliang.platform.verification.jobs import job_kind
from hengliang.platform.verification.models import LotResult, Record
from hengliang.platform.verification.rounds.contested import contest_of


def offer_proof(actor: Actor, record: Record) -> Action | None:
    """To issue the proof, or to open it."""
    if proof := Certificate.objects.visible_to(actor).filter(record=record).first():
        return Action(_("Open the proof"), reverse("certificates:certificate", args=[proof.pk]), primary=True)
    if record.state != "approved" or record.task.state != "approved":
        return None
    if not job_kind(record.job, record.verified_on).documents:
        return None
    if not is_permitted(actor, "certificate_issue", organisations=[record.task.body_id]):
        return None
    contest = contest_of(record)
    blocked = _("Two devices of round %(round)s differ.") % {"round": contest.number} if contest else ""
    return Action(_("Issue"), reverse("certificates:issue", args=[record.pk]), primary=True, blocked=blocked)


def offer_marks(actor: Actor, record: Record) -> Action | None:
    """To put on a label, marks and seals with a record that stands."""
    if record.state in NO_MORE or not is_permitted(actor, "mark_use", organisations=[record.task.body_id]):
        return None
    if not kinds_for(record):
        return None
    return Action(_("Label, marks, seals"), reverse("certificates:marks_put_on", args=[record.pk]))


def offer_result_document(result: LotResult) -> Action | None:
    """On the page of a single result of a lot: its one-page document, once a third person has approved the lot."""
    if result.lot.state not in {"approved", "issued", "void"}:
        return None
    address = reverse("certificates:lot_result_document", args=[result.lot_id, result.place])
    return Action(_("Document (PDF)"), address, primary=True)
