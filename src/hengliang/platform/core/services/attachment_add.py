"""A file is attached to an object, within the act that needs it."""

from django.core.files.base import File
from django.db import models

from hengliang.platform.core import attachments
from hengliang.platform.core.acts import subject_ref
from hengliang.platform.core.errors import InputRefused
from hengliang.platform.core.models import Act, Attachment


def attachment_add(*, act: Act, subject: models.Model, file: "File[bytes]", sha256: str = "") -> Attachment:
    """Keep a file under its hash and attach it to `subject`.

    `sha256` is what the sender says that the file has; another one is refused.
    Errors: `InputRefused` for size, kind or hash.
    """
    digest, size, media_type = attachments.keep(file.chunks())
    if sha256 and sha256.lower() != digest:
        raise InputRefused("file_hash", "The file arrived damaged: its hash is not the one announced.", field="file")
    label, key = subject_ref(subject)
    name = (file.name or "file").replace("\\", "/").rpartition("/")[2][:255]
    return Attachment.objects.create(
        act=act, subject_type=label, subject_id=key, name=name, media_type=media_type, size=size, sha256=digest
    )
