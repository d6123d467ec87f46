"""The acts of exchange."""

from hengliang.platform.exchange.services.batch_accept import batch_accept
from hengliang.platform.exchange.services.batch_drop import batch_drop
from hengliang.platform.exchange.services.batch_read import batch_read
from hengliang.platform.exchange.services.batch_receive import batch_receive
from hengliang.platform.exchange.services.discrepancies_settle import (
    discrepancies_ignore,
    discrepancies_keep,
    discrepancies_link,
)
from hengliang.platform.exchange.services.discrepancy_settle import (
    discrepancy_file,
    discrepancy_ignore,
    discrepancy_keep,
    discrepancy_link,
    discrepancy_reopen,
)
from hengliang.platform.exchange.services.discrepancy_take import discrepancy_take
from hengliang.platform.exchange.services.dispatch_make import dispatch_make
from hengliang.platform.exchange.services.outside_id_enter import outside_id_end, outside_id_enter
from hengliang.platform.exchange.services.result_send_again import result_send_again
from hengliang.platform.exchange.services.system_enter import system_enter
from hengliang.platform.exchange.services.system_state import (
    profile_put,
    profile_remove,
    system_close,
    system_reopen,
    system_revise,
)
from hengliang.platform.exchange.services.webhook_deliver import webhook_delivery_replay, webhook_try
from hengliang.platform.exchange.services.webhook_enter import (
    permit_for,
    webhook_end,
    webhook_enter,
    webhook_resume,
    webhook_secret_replace,
    webhook_suspend,
)

__all__ = [
    "batch_accept",
    "batch_drop",
    "batch_read",
    "batch_receive",
    "discrepancies_ignore",
    "discrepancies_keep",
    "discrepancies_link",
    "discrepancy_file",
    "discrepancy_ignore",
    "discrepancy_keep",
    "discrepancy_link",
    "discrepancy_reopen",
    "discrepancy_take",
    "dispatch_make",
    "outside_id_end",
    "outside_id_enter",
    "permit_for",
    "profile_put",
    "profile_remove",
    "result_send_again",
    "system_close",
    "system_enter",
    "system_reopen",
    "system_revise",
    "webhook_delivery_replay",
    "webhook_end",
    "webhook_enter",
    "webhook_resume",
    "webhook_secret_replace",
    "webhook_suspend",
    "webhook_try",
]
