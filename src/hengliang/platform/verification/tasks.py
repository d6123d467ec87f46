"""Jobs of verification: many papers are printed by the worker while the page tells how far it is."""

from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from hengliang.platform.core.errors import PlatformError
from hengliang.platform.core.tasks import when_given_up
from hengliang.platform.parties.models import Account
from hengliang.platform.parties.selectors import actor_of
from hengliang.platform.verification.lot_work import lot_file_read, lot_results_issue, lot_results_submit
from hengliang.platform.verification.models import PrintJob
from hengliang.platform.verification.papers.batch import make

__all__ = ["lot_file_read", "lot_results_issue", "lot_results_submit", "print_papers", "print_soon"]
BROKE_OFF = "The printing broke off. Ask for it again, in parts if it is large."


def print_soon(job: PrintJob) -> None:
    """Have a job printed by the worker."""
    try:
        print_papers.configure(queueing_lock=f"print-{job.pk}").defer(job_id=job.pk)
    except AlreadyEnqueued:
        return


@app.task(queue="papers", lock="papers")
def print_papers(job_id: int) -> None:
    """Print a job; what stands in the way is written beside it."""
    job = PrintJob.objects.select_related("account").get(pk=job_id)
    try:
        make(job, actor_of(Account.objects.get(pk=job.account_id), timezone.now()))
    except PlatformError as fault:
        params = {name: str(value) for name, value in fault.params.items()}
        _problem(job_id, {"template": fault.template, "params": params})
    except Exception:
        print_stranded(job_id)
        raise


def print_stranded(job_id: int) -> None:
    """Say that the printing broke off for a reason that is ours."""
    _problem(job_id, {"template": BROKE_OFF, "params": {}})


def _problem(job_id: int, problem: dict[str, object]) -> None:
    PrintJob.objects.filter(pk=job_id).update(problem=problem)


when_given_up(print_papers.name, print_stranded)
