"""Orders for rectification, printed many at once."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hengliang.platform.core.errors import Refused
from hengliang.platform.core.requests import Request
from hengliang.platform.core.rights import Actor
from hengliang.platform.supervision.models import Order
from hengliang.platform.supervision.papers.rectification import paper_number, rectification_pdf
from hengliang.platform.verification.papers.batch import Printed


def _ticked(request: Request) -> Iterable[int]:
    from hengliang.platform.supervision.tables import OrderTable

    rows = OrderTable().selected(request, Order.objects.visible_to(request.actor))
    return rows.order_by("pk").values_list("pk", flat=True)  # type: ignore[no-any-return]


def _paper(actor: Actor, key: str) -> tuple[str, bytes]:
    found = Order.objects.visible_to(actor).select_related("owner", "instrument", "act").filter(pk=key).first()
    if found is None:
        raise Refused("paper_gone", "This can no longer be seen.")
    return paper_number(found), rectification_pdf(found)


ORDERS = Printed(_("Orders for rectification"), lambda: reverse("supervision:order_list"), _ticked, _paper)
