"""The tables of core."""

from hengliang.platform.core.models.acts import Act, LedgerRow, LogEntry
from hengliang.platform.core.models.attachments import Attachment
from hengliang.platform.core.models.dated import (
    DatedQuerySet,
    DatedRow,
    begin,
    day_after,
    day_before,
    end,
    never_twice,
    revise,
)
from hengliang.platform.core.models.notifications import Delivery, Notification
from hengliang.platform.core.models.regions import Region, RegionVersion
from hengliang.platform.core.models.rules import LocalRule, RuleApproval
from hengliang.platform.core.models.transitions import StateChange

__all__ = [
    "Act",
    "Attachment",
    "DatedQuerySet",
    "DatedRow",
    "Delivery",
    "LedgerRow",
    "LocalRule",
    "LogEntry",
    "Notification",
    "Region",
    "RegionVersion",
    "RuleApproval",
    "StateChange",
    "begin",
    "day_after",
    "day_before",
    "end",
    "never_twice",
    "revise",
]
