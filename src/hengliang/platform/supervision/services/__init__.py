"""The acts of supervision, one a module."""

from hengliang.platform.supervision.services.finding_explain import finding_explain
from hengliang.platform.supervision.services.finding_reopen import finding_reopen
from hengliang.platform.supervision.services.finding_uphold import finding_uphold
from hengliang.platform.supervision.services.findings_search import findings_search
from hengliang.platform.supervision.services.issue import Issued
from hengliang.platform.supervision.services.order_close import order_close
from hengliang.platform.supervision.services.order_withdraw import order_withdraw
from hengliang.platform.supervision.services.rectification_order import rectification_order
from hengliang.platform.supervision.services.reminder_send import reminder_send
from hengliang.platform.supervision.services.statistics_check import (
    statistics_check,
    statistics_send_back,
    statistics_withdraw,
)
from hengliang.platform.supervision.services.statistics_prepare import statistics_prepare

__all__ = [
    "Issued",
    "finding_explain",
    "finding_reopen",
    "finding_uphold",
    "findings_search",
    "order_close",
    "order_withdraw",
    "rectification_order",
    "reminder_send",
    "statistics_check",
    "statistics_prepare",
    "statistics_send_back",
    "statistics_withdraw",
]
