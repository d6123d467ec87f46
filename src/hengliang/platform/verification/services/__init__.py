"""The acts of verification, one a module."""

from hengliang.platform.verification.services.application_accept import application_accept
from hengliang.platform.verification.services.application_refuse import application_refuse
from hengliang.platform.verification.services.application_submit import application_submit
from hengliang.platform.verification.services.application_withdraw import application_withdraw
from hengliang.platform.verification.services.draft_save import draft_save
from hengliang.platform.verification.services.record_approve import record_approve
from hengliang.platform.verification.services.record_review import record_review, require_other
from hengliang.platform.verification.services.record_send_back import record_send_back, record_void, reopen_draft
from hengliang.platform.verification.services.record_submit import record_submit
from hengliang.platform.verification.services.task_assign import task_assign
from hengliang.platform.verification.services.task_cancel import task_cancel

__all__ = [
    "application_accept",
    "application_refuse",
    "application_submit",
    "application_withdraw",
    "draft_save",
    "record_approve",
    "record_review",
    "record_send_back",
    "record_submit",
    "record_void",
    "reopen_draft",
    "require_other",
    "task_assign",
    "task_cancel",
]
