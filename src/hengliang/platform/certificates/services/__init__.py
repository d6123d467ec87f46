"""The acts of certificates, one a module."""

from hengliang.platform.certificates.services.certificate_budget_attach import certificate_budget_attach
from hengliang.platform.certificates.services.certificate_issue import certificate_issue
from hengliang.platform.certificates.services.certificate_render import certificate_render
from hengliang.platform.certificates.services.certificate_replace import certificate_replace
from hengliang.platform.certificates.services.certificate_withdraw import certificate_withdraw
from hengliang.platform.certificates.services.mark_remove import mark_remove
from hengliang.platform.certificates.services.mark_spoil import mark_find, mark_spoil
from hengliang.platform.certificates.services.mark_use import mark_use
from hengliang.platform.certificates.services.marks_destroy import mark_destroy
from hengliang.platform.certificates.services.marks_hand_out import marks_hand_out, marks_take_back
from hengliang.platform.certificates.services.marks_receive import marks_receive
from hengliang.platform.certificates.services.photograph_add import photograph_add
from hengliang.platform.certificates.services.stock_count import stock_count, stock_settle

__all__ = [
    "certificate_budget_attach",
    "certificate_issue",
    "certificate_render",
    "certificate_replace",
    "certificate_withdraw",
    "mark_destroy",
    "mark_find",
    "mark_remove",
    "mark_spoil",
    "mark_use",
    "marks_hand_out",
    "marks_receive",
    "marks_take_back",
    "photograph_add",
    "stock_count",
    "stock_settle",
]
