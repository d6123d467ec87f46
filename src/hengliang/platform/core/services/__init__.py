"""Acts that concern no single app."""

from hengliang.platform.core.services.attachment_add import attachment_add
from hengliang.platform.core.services.local_rule import local_rule_put, local_rule_remove
from hengliang.platform.core.services.notification_read import notification_read
from hengliang.platform.core.services.notify import notify
from hengliang.platform.core.services.rule_approve import rule_approve
from hengliang.platform.core.services.rule_check import rule_check
from hengliang.platform.core.services.rule_end import rule_reject, rule_withdraw

__all__ = [
    "attachment_add",
    "local_rule_put",
    "local_rule_remove",
    "notification_read",
    "notify",
    "rule_approve",
    "rule_check",
    "rule_reject",
    "rule_withdraw",
]
