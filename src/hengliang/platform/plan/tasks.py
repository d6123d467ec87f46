"""Jobs of plans: units are reminded of the resolutions that they answer for."""

from django.utils import timezone
from procrastinate.contrib.django import app

from hengliang.platform.core.rights import Actor


@app.periodic(cron="10 0 * * *")
@app.task(queue="reminders", lock="resolutions", queueing_lock="resolutions", pass_context=False)
def remind_of_resolutions(timestamp: int | None = None) -> int:
    """Tell each unit once that a resolution falls due, and once that it is overdue; gives how many were told."""
    from hengliang.platform.plan.services.resolutions_remind import resolutions_remind

    return resolutions_remind(actor=Actor.system("reminder", timezone.now()))
