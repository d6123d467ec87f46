"""What certificates add to the ledger: the proofs of an instrument."""

from django.http.response import HttpResponseBase
from django.utils.safestring import SafeString

from hengliang.platform.certificates.models import Certificate
from hengliang.platform.certificates.tables import CertificateTable
from hengliang.platform.core.requests import Request
from hengliang.platform.registry.models import Instrument


def proofs(request: Request, instrument: Instrument) -> SafeString | HttpResponseBase:
    """The certificates and notices of an instrument, of those that the actor may see."""
    return CertificateTable().embed(
        request, Certificate.objects.visible_to(request.actor).filter(instrument=instrument)
    )
