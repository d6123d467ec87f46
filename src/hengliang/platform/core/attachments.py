"""Where attached files lie, and who may take them away.

A file lies under its SHA-256 in `MEDIA_ROOT/sha256/ab/abcd…`: written once, never changed, found again by its hash.
"""

import hashlib
import os
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path

from django.conf import settings

from hengliang.platform.core.errors import InputRefused
from hengliang.platform.core.models import Attachment
from hengliang.platform.core.rights import Actor

LIMIT = 20 * 1024 * 1024
# What may be attached as evidence: known by its first bytes, never by its name.
KINDS = (
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"PK\x03\x04", "application/zip"),  # also XLSX, DOCX and OFD
)

Reader = Callable[[Actor, str], bool]
_readers: dict[str, Reader] = {}


def register_attachment_reader(subject_type: str, reads: Reader) -> None:
    """Say who may read what is attached to a kind of object: `reads(actor, key)`. Without it nobody does."""
    _readers[subject_type] = reads


def may_read(actor: Actor, attachment: Attachment) -> bool:
    """Whether the actor may take the file away: whoever sees the object that it is attached to."""
    reads = _readers.get(attachment.subject_type)
    return reads is not None and reads(actor, attachment.subject_id)


def path_of(sha256: str) -> Path:
    """Where the bytes of this hash lie."""
    return Path(settings.MEDIA_ROOT) / "sha256" / sha256[:2] / sha256


def media_type_of(head: bytes) -> str:
    """The media type by the first bytes.

    Errors: `InputRefused` for anything that is no evidence.
    """
    for start, media_type in KINDS:
        if head.startswith(start):
            return media_type
    raise InputRefused(
        "file_kind", "Attach a PDF, a JPEG or PNG picture, or an Office document; this file is none.", field="file"
    )


def keep(chunks: Iterable[bytes]) -> tuple[str, int, str]:
    """Write a file under its hash; gives hash, size and media type. The same bytes are kept once.

    Errors: `InputRefused` for an empty file, one beyond the limit, or a kind that is no evidence.
    """
    root = Path(settings.MEDIA_ROOT) / "sha256"
    root.mkdir(parents=True, exist_ok=True)
    digest, size, head = hashlib.sha256(), 0, b""
    with tempfile.NamedTemporaryFile(dir=root, delete=False) as unfinished:
        place = Path(unfinished.name)
        try:
            for chunk in chunks:
                head, size = head or chunk[:16], size + len(chunk)
                if size > LIMIT:
                    raise InputRefused("file_size", "The file is larger than %(limit)s MB.", field="file", limit=20)
                digest.update(chunk)
                unfinished.write(chunk)
            media_type = media_type_of(head)
            unfinished.flush()
            os.fsync(unfinished.fileno())
            target = path_of(digest.hexdigest())
            target.parent.mkdir(exist_ok=True)
            place.chmod(0o640)
            place.replace(target)
        finally:
            place.unlink(missing_ok=True)
    return digest.hexdigest(), size, media_type


def read(attachment: Attachment) -> bytes | None:
    """The bytes of an attachment; None if they are gone or are no longer what was attached."""
    try:
        data = path_of(attachment.sha256).read_bytes()
    except FileNotFoundError:
        return None
    return data if hashlib.sha256(data).hexdigest() == attachment.sha256 else None
