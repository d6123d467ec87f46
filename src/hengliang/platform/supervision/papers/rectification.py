"""The order for rectification (责令改正通知书) on A4, of an order in the ledger."""

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from hengliang.platform.core.errors import Refused
from hengliang.platform.core.models import RegionVersion
from hengliang.platform.core.rules import rules
from hengliang.platform.parties.models import Account, OrganisationVersion
from hengliang.platform.registry.models import InstrumentState
from hengliang.platform.supervision.models import Order
from hengliang.platform.verification.papers import filled, layout_of, sheet_pdf
from hengliang.platform.verification.papers.slips import PAPER_LANGUAGE

LAW = "verification/paper-law"


def rectification_pdf(order: Order) -> bytes:
    """The paper of a rectification order; a reminder has none.

    Errors: `Refused` for a reminder, `PaperIncomplete`.
    """
    if order.kind != Order.Kind.RECTIFICATION:
        raise Refused("reminder_no_paper", "A reminder is sent, not served: only rectification orders are printed.")
    with override(PAPER_LANGUAGE):
        sheet = filled(
            layout_of("rectification", order.issued_on), number=paper_number(order), body=_authority(order),
            values=_values(order), mark=_("Withdrawn") if order.state == "withdrawn" else "",
        )  # fmt: skip
    return sheet_pdf(sheet, link=f"{settings.PUBLIC_URL}/supervision/orders/{order.pk}/")


def paper_number(order: Order) -> str:
    """Year and key of the order: an order has no series of its own."""
    return f"ZLGZ{order.issued_on.year}-{order.pk:06d}"


def _authority(order: Order) -> str:
    """The authority whose officer ordered; else that of the region."""
    officers = Account.objects.filter(pk=order.act.account_id or 0, person__organisation__isnull=False)
    if known := officers.values_list("person__organisation__name", flat=True).first():
        return str(known)
    region = RegionVersion.objects.on(order.issued_on).filter(region=order.region_id).first()
    return f"{region.name if region else ''}市场监督管理局"


def _values(order: Order) -> dict[str, str]:
    version = OrganisationVersion.objects.on(order.issued_on).filter(organisation=order.owner_id).first()
    place = InstrumentState.objects.on(order.issued_on).filter(instrument=order.instrument_id).first()
    one = order.instrument
    rule = rules()[LAW]
    law = {row["key"]: str(row["zh"]) for row in rule.at(max(order.issued_on, rule.starts[0])).content["rows"]}
    return {
        "owner": version.name if version else order.owner.name,
        "credit_code": order.owner.credit_code or "",
        "address": version.address if version else "",
        "instrument": f"{one.name}（编码 {one.printed_code}，出厂编号 {one.serial_number or '无'}）",
        "place": place.place if place else "",
        "reason": order.reason,
        "law": law["rectification_law"],
        "demand": law["rectification_demand"],
        "issued_on": order.issued_on.isoformat(),
        "due_by": order.due_by.isoformat() if order.due_by else "",
    }
