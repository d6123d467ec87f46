"""The PDF: rendered on first request and frozen; the same bytes ever after."""

from hashlib import sha256

from django.db import transaction

from hengliang.platform.certificates.document import render
from hengliang.platform.certificates.models import Certificate, Document
from hengliang.platform.core.acts import perform
from hengliang.platform.core.rights import Actor


def certificate_render(*, actor: Actor, certificate: Certificate) -> Document:
    """The PDF: rendered on first request and frozen; the same bytes ever after."""
    if document := Document.objects.filter(certificate=certificate).first():
        return document
    with transaction.atomic():
        locked = Certificate.objects.select_for_update(of=("self",)).get(pk=certificate.pk)
        if document := Document.objects.filter(certificate=locked).first():
            return document
        pdf = render(locked.content, training=locked.training)
        with perform(actor, "certificate_render", subject=locked) as act:
            digest = sha256(pdf).hexdigest()
            document = Document.objects.create(act=act, certificate=locked, pdf=pdf, sha256=digest)
            act.content = {"number": locked.number, "sha256": digest}
    return document
