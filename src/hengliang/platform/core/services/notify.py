"""Accounts are told something: in the platform at once, through the channels by a job."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction

from hengliang.platform.core.channels import channels, recipients
from hengliang.platform.core.messages import message_of
from hengliang.platform.core.models import Act, Delivery, Notification


def notify(
    *, accounts: Iterable[int], kind: str, at: datetime, act: Act | None = None, url: str = "", **params: Any
) -> list[Notification]:
    """Tell accounts that something happened; `params` fill the words registered for `kind`.

    Written in the transaction of the act, so that what was rolled back tells nobody. Channels that have no address of
    an account are left out; what a channel refuses is tried again by the job and stays visible.
    """
    wanted = sorted(set(accounts))
    message_of(Notification(kind=kind, params=params))  # words without their parameters fail here, not at the reader
    made = Notification.objects.bulk_create(
        Notification(account_id=account, act=act, kind=kind, params=params, url=url, created_at=at)
        for account in wanted
    )
    known = recipients(wanted)
    Delivery.objects.bulk_create(
        Delivery(notification=row, channel=channel.name)
        for row in made
        for channel in channels().values()
        if row.account_id in known and channel.reaches(known[row.account_id])
    )
    transaction.on_commit(_deliver)
    return made


def _deliver() -> None:
    from hengliang.platform.core.tasks import deliver_soon  # procrastinate needs the apps to be ready

    deliver_soon()
