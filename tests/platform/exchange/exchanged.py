"""One of each kind of object of exchange, for the walk over all addresses."""

from typing import Any

from hengliang.platform.core.models import Act
from hengliang.platform.exchange.models import Discrepancy, DispatchRow, WebhookDelivery
from hengliang.platform.exchange.services import (
    batch_accept,
    batch_read,
    batch_receive,
    dispatch_make,
    system_enter,
    webhook_enter,
)
from tests.platform.cast import NOW, Cast
from tests.platform.exchange.files import HEADERS, row
from tests.platform.registry.sheets import csv_of


def exchange_of(cast: Cast) -> dict[str, Any]:
    """Keys by the names that the walk asks for. A name in the address of the webhook needs no resolving: it is one."""
    actor = cast.actor("authority")
    system = system_enter(
        actor=actor, code="ecqs", name="全国强检平台", kind="national", owner=cast.authority, region=cast.city,
        profile="ecqs-sheet", adapter="sheet_file", bodies=[cast.body],
    )  # fmt: skip
    rows = csv_of(row(强检器具编号="E1", 器具类别="没有这种"), headers=HEADERS)
    batches = [
        batch_read(
            actor=actor,
            batch=batch_receive(actor=actor, system=system, kind="ledger", file_name="a.csv", chunks=[content]),
        )
        for content in (rows, rows + b"\n")
    ]
    batch_accept(actor=actor, batch=batches[0])
    sheet = dispatch_make(actor=actor, system=system, kind="results")
    hook, _secret = webhook_enter(
        actor=cast.actor("owner"), organisation=cast.enterprise, url="https://8.8.8.8/hook",
        events=["certificate.issued"],
    )  # fmt: skip
    delivery = WebhookDelivery.objects.create(
        webhook=hook, act=Act.objects.latest("pk"), event="certificate.issued", message_id="msg_1", sequence=1,
        body="{}", state="dead", next_at=NOW, created_at=NOW,
    )  # fmt: skip
    return {
        "system": system.pk, "batch": batches[1].pk, "dispatch": sheet.pk,
        "dispatch_key": DispatchRow.objects.filter(dispatch=sheet).values_list("key", flat=True)[0],
        "discrepancy": Discrepancy.objects.get().pk, "webhook": hook.pk, "webhook_delivery": delivery.pk,
    }  # fmt: skip
