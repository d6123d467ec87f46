"""The papers of verification that lists print: original records of ticked tasks, slips of ticked deposits."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hengliang.platform.core.errors import Refused
from hengliang.platform.core.requests import Request
from hengliang.platform.core.rights import Actor
from hengliang.platform.verification.models import Deposit, Record, Task
from hengliang.platform.verification.papers.batch import Printed
from hengliang.platform.verification.papers.original import original_pdf
from hengliang.platform.verification.papers.slips import receipt_pdf

GONE = ("void", "sent_back")
PEOPLE = ("verifier", "reviewer", "approver", "rule", "task__body", "task__owner", "task__instrument__item")


def _records(request: Request) -> Iterable[int]:
    """The standing records of the ticked tasks."""
    from hengliang.platform.verification.tables.work import TaskTable

    tasks = TaskTable().selected(request, Task.objects.visible_to(request.actor))
    rows = Record.objects.filter(task__in=tasks).exclude(state__in=GONE)
    return rows.order_by("pk").values_list("pk", flat=True)


def _record(actor: Actor, key: str) -> tuple[str, bytes]:
    rows = Record.objects.filter(task__in=Task.objects.visible_to(actor)).select_related(*PEOPLE)
    found = rows.filter(pk=key).first()
    if found is None:
        raise Refused("paper_gone", "This can no longer be seen.")
    return found.number, original_pdf(found)


def _deposits(request: Request) -> Iterable[int]:
    from hengliang.platform.verification.tables.counter import DepositTable, counted

    rows = DepositTable().selected(request, counted(Deposit.objects.visible_to(request.actor)))
    return [row.pk for row in rows]


def _deposit(actor: Actor, key: str) -> tuple[str, bytes]:
    found = Deposit.objects.visible_to(actor).select_related("owner", "body", "received_by").filter(pk=key).first()
    if found is None:
        raise Refused("paper_gone", "This can no longer be seen.")
    return found.number, receipt_pdf(found)


RECORDS = Printed(_("Original records"), lambda: reverse("verification:task_list"), _records, _record)
SLIPS = Printed(_("Receipt slips"), lambda: reverse("verification:deposit_list"), _deposits, _deposit)
