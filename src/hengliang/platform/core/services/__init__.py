"""Acts that concern no single app."""

from hengliang.platform.core.services.attachment_add import attachment_add
from hengliang.platform.core.services.notification_read import notification_read
from hengliang.platform.core.services.notify import notify

__all__ = ["attachment_add", "notification_read", "notify"]
