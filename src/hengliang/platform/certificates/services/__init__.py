"""The acts of certificates, one a module."""

from hengliang.platform.certificates.services.certificate_issue import attributes_of, certificate_issue, replaced_by
from hengliang.platform.certificates.services.certificate_render import certificate_render
from hengliang.platform.certificates.services.certificate_replace import certificate_replace
from hengliang.platform.certificates.services.certificate_withdraw import certificate_withdraw, take_result_back

__all__ = [
    "attributes_of",
    "certificate_issue",
    "certificate_render",
    "certificate_replace",
    "certificate_withdraw",
    "replaced_by",
    "take_result_back",
]
