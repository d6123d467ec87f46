"""A photograph is added to a mark or to an original record, without what it says about place and device."""

from django.core.files.base import ContentFile, File
from django.db import models

from hengliang.platform.certificates.marks.photographs import LIMIT, cleaned
from hengliang.platform.certificates.models import Mark
from hengliang.platform.core.acts import perform
from hengliang.platform.core.errors import InputRefused
from hengliang.platform.core.models import Act, Attachment
from hengliang.platform.core.rights import Actor, permit
from hengliang.platform.core.selectors import attachments_of
from hengliang.platform.core.services.attachment_add import attachment_add
from hengliang.platform.verification.models import Record

MOST = 12


def photograph_add(*, actor: Actor, subject: Mark | Record, photograph: "File[bytes]") -> Attachment:
    """Add a photograph; of the mark, or of the instrument as the record found it.

    Errors: `InputRefused` for what is no picture, is too large, or is one too many.
    """
    body, region = (
        (subject.body_id, subject.region_id)
        if isinstance(subject, Mark)
        else (subject.task.body_id, subject.task.region_id)
    )
    permit(actor, "photograph_add", organisations=[body])
    with perform(actor, "photograph_add", subject=subject, organisation_id=body, region_id=region) as act:
        made = photograph_keep(act, subject, photograph)
        act.content = {"sha256": made.sha256}
    return made


def photograph_keep(act: Act, subject: models.Model, photograph: "File[bytes]") -> Attachment:
    """Attach a photograph within an act: only the picture of it."""
    if attachments_of(subject).count() >= MOST:
        raise InputRefused("photographs_many", "There are %(most)s photographs already.", field="photograph", most=MOST)
    data, ending = cleaned(photograph.read(LIMIT + 1))
    stem = (photograph.name or "").replace("\\", "/").rpartition("/")[2].rpartition(".")[0][:80]
    return attachment_add(act=act, subject=subject, file=ContentFile(data, name=f"{stem or 'photograph'}{ending}"))
