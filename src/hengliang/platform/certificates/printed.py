"""Certificates and notices, printed many at once."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hengliang.platform.certificates.marked import handed_out
from hengliang.platform.certificates.models import Certificate
from hengliang.platform.certificates.services import certificate_render
from hengliang.platform.core.errors import Refused
from hengliang.platform.core.requests import Request
from hengliang.platform.core.rights import Actor
from hengliang.platform.verification.papers.batch import Printed


def _ticked(request: Request) -> Iterable[int]:
    from hengliang.platform.certificates.tables import CertificateTable

    rows = CertificateTable().selected(request, Certificate.objects.visible_to(request.actor))
    return rows.order_by("number").values_list("pk", flat=True)  # type: ignore[no-any-return]


def _paper(actor: Actor, key: str) -> tuple[str, bytes]:
    found = Certificate.objects.visible_to(actor).filter(pk=key).first()
    if found is None:
        raise Refused("paper_gone", "This can no longer be seen.")
    return found.number, handed_out(found, certificate_render(actor=actor, certificate=found)).pdf


CERTIFICATES = Printed(_("Certificates and notices"), lambda: reverse("certificates:certificate_list"), _ticked, _paper)
