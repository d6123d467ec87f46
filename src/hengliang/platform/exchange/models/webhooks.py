"""Events pushed to programs of others: where to, with which secret, what was delivered and what was answered."""

from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hengliang.platform.core.models import Act, LedgerRow
from hengliang.platform.core.rights import Actor, Role
from hengliang.platform.exchange.rights import SUBSCRIBES
from hengliang.platform.exchange.states import WEBHOOK
from hengliang.platform.parties.models import Organisation


class WebhookQuerySet(models.QuerySet["Webhook"]):
    """Webhooks, scoped."""

    def visible_to(self, actor: Actor) -> Self:
        """Those of the organisations for which one may subscribe; the administrator sees all."""
        if actor.has(Role.ADMINISTRATOR):
            return self
        own = {g.organisation_id for g in actor.grants if g.role in SUBSCRIBES and g.organisation_id}
        return self.filter(organisation_id__in=own)


class Webhook(LedgerRow):
    """Kinds of events of an organisation, pushed to an address."""

    changing = frozenset({"state"})

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="webhooks")
    url = models.CharField(_("address"), max_length=500)
    events = ArrayField(models.CharField(max_length=40), verbose_name=_("events"))
    description = models.CharField(_("what it is for"), max_length=200, blank=True)
    from_position = models.BigIntegerField(_("position in the log from which it delivers"))
    state = models.CharField(_("state"), max_length=16, choices=WEBHOOK.choices())

    objects = WebhookQuerySet.as_manager()

    class Meta:
        verbose_name = _("webhook")

    def __str__(self) -> str:
        return self.url


class WebhookSecret(LedgerRow):
    """A secret with which deliveries are signed, sealed with the key of the deployment; shown once, when it is made.
    The one before it signs too until `ends_at`."""

    changing = frozenset({"ends_at"})

    webhook = models.ForeignKey(Webhook, models.PROTECT, related_name="secrets")
    sealed = models.BinaryField()
    begins_at = models.DateTimeField(_("signs from"))
    ends_at = models.DateTimeField(_("signs until"), null=True, blank=True)

    class Meta:
        verbose_name = _("signing secret")

    def __str__(self) -> str:
        return f"secret of {self.webhook_id}"


class WebhookDelivery(models.Model):
    """One event for one webhook; delivered at least once, under one id however often it is tried."""

    class State(models.TextChoices):
        """How far it is."""

        WAITING = "waiting", _("To be delivered")
        DELIVERED = "delivered", _("Delivered")
        DEAD = "dead", _("Given up")

    webhook = models.ForeignKey(Webhook, models.PROTECT, related_name="deliveries", db_index=False)
    act = models.ForeignKey(Act, models.PROTECT, related_name="+", db_index=False)
    event = models.CharField(_("event"), max_length=40)
    message_id = models.CharField(_("message id"), max_length=40, unique=True)
    sequence = models.BigIntegerField(_("sequence number"))
    body = models.TextField(_("body"))
    state = models.CharField(_("state"), max_length=16, choices=State, default=State.WAITING)
    tries = models.PositiveSmallIntegerField(_("attempts"), default=0)
    next_at = models.DateTimeField(_("next attempt"))
    delivered_at = models.DateTimeField(_("delivered at"), null=True, blank=True)
    created_at = models.DateTimeField(_("made at"))

    class Meta:
        constraints = [models.UniqueConstraint(name="event_once_a_webhook", fields=["webhook", "act", "event"])]
        indexes = [
            models.Index(fields=["next_at", "sequence"], name="webhook_waiting", condition=Q(state="waiting")),
            models.Index(fields=["webhook", "-sequence"], name="webhook_newest"),
        ]
        verbose_name = _("delivery of an event")

    def __str__(self) -> str:
        return self.message_id


class WebhookAttempt(models.Model):
    """One attempt of a delivery, and what was answered. The answer's body is not kept."""

    delivery = models.ForeignKey(WebhookDelivery, models.CASCADE, related_name="attempts")
    at = models.DateTimeField(_("at"))
    milliseconds = models.IntegerField(_("took (ms)"))
    status = models.PositiveSmallIntegerField(_("answer"), null=True, blank=True)
    error = models.CharField(_("error"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("attempt of a delivery")

    def __str__(self) -> str:
        return f"{self.status or self.error}"


class WebhookCursor(models.Model):
    """Up to which position of the log events were made into deliveries: one row, and only forward."""

    name = models.CharField(max_length=16, primary_key=True)
    position = models.BigIntegerField()

    def __str__(self) -> str:
        return f"{self.name} {self.position}"
