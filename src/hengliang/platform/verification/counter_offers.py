"""What the counter adds to the pages of tasks and records: the fee, the conditions, the paper."""

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from hengliang.platform.core.pages.objects import Action
from hengliang.platform.core.rights import Actor, is_permitted
from hengliang.platform.verification.models import Fee, Record, Task


def offer_paper(_actor: Actor, record: Record) -> Action:
    """The original record on A4."""
    return Action(_("Paper (PDF)"), reverse("verification:record_paper", args=[record.pk]))


def offer_conditions(actor: Actor, record: Record) -> Action | None:
    """To enter the conditions, until the record is approved."""
    may = is_permitted(actor, "conditions_enter", organisations=[record.task.body_id])
    if record.state not in {"submitted", "reviewed"} or not may:
        return None
    return Action(_("Enter the conditions"), reverse("verification:record_conditions", args=[record.pk]))


def fee_of_task(actor: Actor, task: Task) -> Action | None:
    """The way to the fee; where none is assessed yet, to assess it."""
    fee = Fee.objects.filter(task=task, standing=True).first()
    if fee is not None:
        return Action(_("Fee"), reverse("verification:fee", args=[fee.pk]))
    if task.state in {"applied", "cancelled"} or not is_permitted(actor, "fee_assess", organisations=[task.body_id]):
        return None
    return Action(_("Assess the fee"), reverse("verification:fee_assess", args=[task.pk]))


def may_read_exemption(actor: Actor, key: str) -> bool:
    """Whoever sees a fee may read the document on which it was let off."""
    return Fee.objects.visible_to(actor).filter(Q(pk=key)).exists()
