"""The lists of webhooks and of what is delivered to them."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hengliang.platform.core.listed import listed
from hengliang.platform.core.pages import cells
from hengliang.platform.core.pages.table import BulkAct, ChoiceFilter, Column, Empty, Table
from hengliang.platform.exchange.models import Webhook, WebhookDelivery
from hengliang.platform.exchange.rights import SUBSCRIBES
from hengliang.platform.exchange.webhooks.events import CODES, event_words


class WebhookTable(Table):
    """Webhooks of one's organisations."""

    name, title = "webhooks", _("Webhooks")
    columns = (
        Column("url", _("Address"), opens=True),
        Column("organisation", _("Organisation"), get=lambda w: w.organisation.name),
        Column("events", _("Events"), get=lambda w: listed(CODES[code].says for code in w.events)),
        Column("waiting", _("To be delivered"), align="end"),
        Column("delivered", _("Delivered"), align="end"),
        Column("dead", _("Given up"), align="end"),
        Column("state", _("State"), cell=cells.state, get=lambda w: f"webhook.{w.state}"),
    )
    empty = Empty(
        _("No webhook yet"), _("A webhook tells a program of yours what happened, within seconds, signed.")
    )  # fmt: skip

    def row_url(self, row: Webhook) -> str:
        """The page of the webhook."""
        return reverse("exchange:webhook", args=[row.pk])


class DeliveryTable(Table):
    """Deliveries, newest first."""

    name, title = "deliveries", _("Deliveries")
    columns = (
        Column("sequence", _("Sequence number"), align="end", opens=True),
        Column("event", _("Event"), get=lambda d: str(event_words(d.event))),
        Column("message_id", _("Message id"), cell=cells.unbroken, hidden=True),
        Column("tries", _("Attempts"), align="end"),
        Column("next_at", _("Next attempt"), get=lambda d: d.next_at if d.state == "waiting" else None),
        Column("delivered_at", _("Delivered at")),
        Column("state", _("State"), cell=cells.state, get=lambda d: f"delivery.{d.state}"),
    )
    filters = (ChoiceFilter("state", _("State"), choices=WebhookDelivery.State.choices, several=True),)
    acts = (BulkAct(_("Deliver again"), "exchange:webhook_replay_many", visible=lambda actor: actor.has(*SUBSCRIBES)),)
    empty = Empty(_("No event yet"), _("Events appear within seconds of the act."))

    def row_url(self, row: WebhookDelivery) -> str:
        """The page of the delivery."""
        return reverse("exchange:webhook_delivery", args=[row.pk])
