"""The acts of certificates, one a module."""

from hengliang.platform.certificates.services.certificate_budget_attach import certificate_budget_attach
from hengliang.platform.certificates.services.certificate_issue import certificate_issue
from hengliang.platform.certificates.services.certificate_render import certificate_render
from hengliang.platform.certificates.services.certificate_replace import certificate_replace
from hengliang.platform.certificates.services.certificate_withdraw import certificate_withdraw

__all__ = [
    "certificate_budget_attach",
    "certificate_issue",
    "certificate_render",
    "certificate_replace",
    "certificate_withdraw",
]
