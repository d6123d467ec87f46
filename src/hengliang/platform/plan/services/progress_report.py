from collections.abc import Iterable
from datetime import date

from django.core.files.base import File

from hengliang.platform.core.acts import perform
from hengliang.platform.core.errors import Blocked, InputRefused
from hengliang.platform.core.rights import Actor, permit
from hengliang.platform.core.services import attachment_add
from hengliang.platform.plan.models import PlanTask, ProgressReport


def progress_report(
    *, actor: Actor, task: PlanTask, unit: str, on: date, says: str, files: "Iterable[File[bytes]]" = ()
) -> ProgressReport:
    """A unit reports what it did, with evidence. It moves no figure: figures are computed.

    Errors: `Blocked` for a task that is not open or a plan that is not in force; `InputRefused`.
    """
    organisations = task.units.filter(name=unit).values_list("organisation_id", flat=True)
    permit(actor, "progress_report", organisations=organisations, region_id=task.plan.region_id)
    if task.state != "open" or task.plan.state != "in_force":
        raise Blocked("task_not_open", "Progress is reported on an open task of a plan in force.")
    if not task.units.filter(name=unit).exists() or not says.strip() or on > actor.today:
        raise InputRefused("report", "A report needs a unit of the task, its words and a day not ahead.", field="says")
    with perform(actor, "progress_report", subject=task, on=on, region_id=task.plan.region_id) as act:
        made = ProgressReport.objects.create(act=act, task=task, unit=unit, on=on, says=says.strip())
        for file in files:
            attachment_add(act=act, subject=made, file=file)
        act.content = {"unit": unit, "says": says}
    return made
