"""What the counter adds to the pages of tasks and records: the fee, the conditions, the paper."""

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from hengliang.platform.core.pages.objects import Action
from hengliang.platform.core.rights import Actor, is_permitted
from hengliang.platform.verification.jobs import job_kind
from hengliang.platform.verification.models import Fee, Record, Task
from hengliang.platform.verification.services import may_enter


def offer_paper(_actor: Actor, record: Record) -> Action:
    """The original record on A4."""
    return Action(_("Paper (PDF)"), reverse("verification:record_paper", args=[record.pk]))


def offer_conditions(actor: Actor, record: Record) -> Action | None:
    """To enter the conditions; once others have signed them, to correct them."""
    address = reverse("verification:record_conditions", args=[record.pk])
    if record.state not in {"submitted", "reviewed", "approved"} or _waits(record):
        return None
    if not is_permitted(actor, "conditions_enter", organisations=[record.task.body_id]):
        return None
    return Action(_("Enter the conditions") if may_enter(record) else _("Correct the conditions"), address)


def offer_confirm(actor: Actor, record: Record) -> Action | None:
    """To confirm a correction of the conditions."""
    return _answer(actor, record, "confirm", _("Confirm the correction"))


def offer_decline(actor: Actor, record: Record) -> Action | None:
    """To decline it."""
    return _answer(actor, record, "decline", _("Decline the correction"))


def _answer(actor: Actor, record: Record, answer: str, verb: str) -> Action | None:
    may = is_permitted(actor, f"conditions_{answer}", organisations=[record.task.body_id])
    if not may or not _waits(record):
        return None
    address = reverse("verification:record_addendum", args=[record.pk, answer])
    return Action(verb, address, primary=answer == "confirm")


def _waits(record: Record) -> bool:
    return record.addenda.filter(state="proposed").exists()


def fee_of_task(actor: Actor, task: Task) -> Action | None:
    """The way to the fee; where none is assessed yet, to assess it."""
    fee = Fee.objects.filter(task=task, standing=True).first()
    if fee is not None:
        return Action(_("Fee"), reverse("verification:fee", args=[fee.pk]))
    if task.state in {"applied", "cancelled"} or not is_permitted(actor, "fee_assess", organisations=[task.body_id]):
        return None
    if not job_kind(task.job, actor.today).documents:  # ordered by the authority: nobody is handed anything to pay for
        return None
    return Action(_("Assess the fee"), reverse("verification:fee_assess", args=[task.pk]))


def may_read_exemption(actor: Actor, key: str) -> bool:
    """Whoever sees a fee may read the document on which it was let off."""
    return Fee.objects.visible_to(actor).filter(Q(pk=key)).exists()
