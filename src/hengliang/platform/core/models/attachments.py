"""Files that prove something, named by their hash."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from hengliang.platform.core.models.acts import LedgerRow


class Attachment(LedgerRow):
    """A file kept under its SHA-256; the same bytes are stored once, however often they are attached."""

    subject_type = models.CharField(max_length=64)
    subject_id = models.CharField(max_length=64)
    name = models.CharField(_("file name"), max_length=255)
    media_type = models.CharField(max_length=100)
    size = models.BigIntegerField(_("size (bytes)"))
    sha256 = models.CharField("SHA-256", max_length=64)

    class Meta:
        indexes = [
            models.Index(fields=["subject_type", "subject_id"], name="attachment_subject"),
            models.Index(fields=["sha256"], name="attachment_hash"),
        ]
        verbose_name = _("attachment")

    def __str__(self) -> str:
        return self.name
