"""The fee of a task that is cancelled counts no longer, unless an invoice holds it."""

from collections.abc import Iterable

from hengliang.platform.verification.models import Fee, Task


def fees_lapse(tasks: Iterable[Task]) -> None:
    """Within the act that cancels tasks: what was assessed for them is not charged.

    What is on an invoice stays there, and lapses when that invoice is cancelled.
    """
    Fee.objects.filter(task__in=list(tasks), standing=True, invoice=None).update(standing=False)
