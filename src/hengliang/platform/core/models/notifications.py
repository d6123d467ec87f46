"""Messages to accounts, and their delivery by channel."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from hengliang.platform.core.models.acts import Act


class Notification(models.Model):
    """Something that an account should know; the text is made in the reader's language from kind and params."""

    account_id = models.BigIntegerField(db_index=False)
    act = models.ForeignKey(Act, models.PROTECT, null=True, related_name="+")
    kind = models.CharField(max_length=64)
    params = models.JSONField(default=dict)
    url = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["account_id", "-created_at"], name="notification_account")]
        verbose_name = _("notification")

    def __str__(self) -> str:
        return f"{self.kind} to account {self.account_id}"


class Delivery(models.Model):
    """One attempt to bring a notification through a channel outside the platform."""

    notification = models.ForeignKey(Notification, models.CASCADE, related_name="deliveries")
    channel = models.CharField(max_length=32)
    attempts = models.SmallIntegerField(default=0)
    delivered_at = models.DateTimeField(null=True)
    error = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["notification", "channel"], name="delivery_once_per_channel")]

    def __str__(self) -> str:
        return f"{self.channel} of notification {self.notification_id}"
