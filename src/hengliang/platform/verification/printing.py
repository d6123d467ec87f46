"""Many papers are asked for: made at once when they are few, by the worker when they are more."""

from collections.abc import Sequence
from datetime import timedelta

from hengliang.platform.core.errors import InputRefused
from hengliang.platform.core.rights import Actor
from hengliang.platform.verification.models import PrintJob
from hengliang.platform.verification.papers.batch import make
from hengliang.platform.verification.tasks import print_soon

AT_ONCE = 5
MOST = 500
KEPT = timedelta(days=7)


def ask_for(actor: Actor, kind: str, keys: Sequence[str]) -> PrintJob:
    """Have papers printed: a few within the request, more by the worker.

    Errors: `InputRefused` for none, or more than `MOST`.
    """
    if not 0 < len(keys) <= MOST:
        raise InputRefused("print_count", "Print 1 to %(most)s papers at a time.", most=MOST)
    PrintJob.objects.filter(asked_at__lt=actor.at - KEPT).delete()
    job = PrintJob.objects.create(account_id=actor.account_id or 0, kind=kind, keys=list(keys), asked_at=actor.at)
    if len(keys) <= AT_ONCE:
        make(job, actor)
    else:
        print_soon(job)
    return job
