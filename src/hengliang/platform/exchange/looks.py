"""Words and tones of what is no work flow: outcomes of rows, receipts, deliveries, sides."""

from django.utils.translation import gettext_lazy as _

from hengliang.platform.core.pages.looks import Look

LOOKS = {
    "inbound.new": Look(_("New"), "pending"),
    "inbound.same": Look(_("Same"), "good"),
    "inbound.different": Look(_("Different"), "warning"),
    "inbound.conflict": Look(_("In conflict"), "bad"),
    "inbound.proposed": Look(_("Perhaps the same"), "open"),
    "inbound.refused": Look(_("Turned away"), "bad"),
    "receipt.none": Look(_("No receipt yet"), "pending"),
    "receipt.accepted": Look(_("Taken"), "good"),
    "receipt.refused": Look(_("Turned away"), "bad"),
    "receipt.waiting": Look(_("Waits for a person"), "warning"),
    "receipt.unsent": Look(_("Not sent yet"), "muted"),
    "receipt.again": Look(_("To be sent again"), "warning"),
    "delivery.waiting": Look(_("To be delivered"), "pending"),
    "delivery.delivered": Look(_("Delivered"), "good"),
    "delivery.dead": Look(_("Given up"), "bad"),
    "side.both": Look(_("both sides"), "bad"),
    "side.ours": Look(_("us"), "pending"),
    "side.theirs": Look(_("them"), "warning"),
    "difference.only_here": Look(_("Only here"), "pending"),
    "difference.only_there": Look(_("Only there"), "open"),
    "difference.proposed": Look(_("Perhaps the same"), "open"),
    "difference.different": Look(_("Different"), "warning"),
    "difference.conflict": Look(_("Changed on both sides"), "bad"),
    "difference.moved": Look(_("Their number names another instrument"), "bad"),
}


def receipt_look(row: object) -> str:
    """The look of a row that was sent."""
    if getattr(row, "again_by_id", None):
        return "receipt.again"
    return f"receipt.{getattr(row, 'receipt', '') or 'none'}"
