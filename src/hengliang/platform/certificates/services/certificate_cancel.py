"""An instrument failed: the certificates under which it was used end that day; they come back if the failure does not
stand."""

from collections.abc import Iterator
from contextlib import contextmanager

from hengliang.platform.certificates.models import Certificate
from hengliang.platform.certificates.states import CANCELLED, CERTIFICATE, IN_FORCE
from hengliang.platform.certificates.tell import tell_owner
from hengliang.platform.core.acts import perform
from hengliang.platform.core.models import Act
from hengliang.platform.core.rights import Actor
from hengliang.platform.core.transitions import move


def cancel_former(actor: Actor, notice: Certificate) -> None:
    """Cancel what was in force for the instrument of a notice; part of the notice's act, so nobody is asked again.

    Source: 计量检定印、证管理办法 (1987): where a periodic verification fails, the proof in force is cancelled.
    """
    former = Certificate.objects.select_for_update().filter(
        instrument=notice.instrument, kind=Certificate.Kind.CERTIFICATE, state=IN_FORCE,
        verified_on__lte=notice.verified_on,
    )  # fmt: skip
    for certificate in former.order_by("pk"):
        with _about(actor, "certificate_cancel", certificate, notice) as act:
            move(CERTIFICATE, certificate, act)
            tell_owner(actor, act, certificate, "certificate.cancelled")


def revive_former(actor: Actor, notice: Certificate) -> None:
    """Put in force again what a notice cancelled that does not stand any more."""
    causes = Act.objects.filter(kind="certificate_cancel", organisation_id=notice.body_id, reason=notice.number)
    former = Certificate.objects.select_for_update().filter(
        pk__in=[int(pk) for pk in causes.values_list("subject_id", flat=True)], state=CANCELLED
    )
    for certificate in former.order_by("pk"):
        with _about(actor, "certificate_revive", certificate, notice) as act:
            move(CERTIFICATE, certificate, act)


@contextmanager
def _about(actor: Actor, kind: str, certificate: Certificate, notice: Certificate) -> Iterator[Act]:
    with perform(
        actor, kind, subject=certificate, on=notice.verified_on if kind == "certificate_cancel" else None,
        reason=notice.number, organisation_id=notice.body_id, region_id=notice.region_id,
    ) as act:  # fmt: skip
        act.content = {"number": certificate.number, "notice": notice.number}
        yield act
