"""The proof is no longer good from `on` (default: today), for a reason; it stays readable as withdrawn."""

from datetime import date

from hengliang.platform.certificates.models import Certificate
from hengliang.platform.certificates.services.certificate_cancel import revive_former
from hengliang.platform.certificates.services.mark_end import cancel_marks_of, revive_marks
from hengliang.platform.certificates.states import CERTIFICATE
from hengliang.platform.certificates.tell import tell_owner
from hengliang.platform.core.acts import perform
from hengliang.platform.core.models import Act
from hengliang.platform.core.rights import Actor, permit
from hengliang.platform.core.transitions import move
from hengliang.platform.registry.services import verification_result_withdraw
from hengliang.platform.verification.jobs import job_kind


def certificate_withdraw(*, actor: Actor, certificate: Certificate, reason: str, on: date | None = None) -> None:
    """The proof is no longer good from `on` (default: today), for a reason; it stays readable as withdrawn."""
    permit(actor, "certificate_withdraw", organisations=[certificate.body_id], region_id=certificate.region_id)
    with perform(
        actor,
        "certificate_withdraw",
        subject=certificate,
        on=on,
        reason=reason,
        organisation_id=certificate.body_id,
        region_id=certificate.region_id,
    ) as act:
        move(CERTIFICATE, certificate, act)
        take_result_back(actor, act, certificate, reason)
        revive_former(actor, certificate)
        revive_marks(actor, certificate)
        cancel_marks_of(actor, certificate)
        tell_owner(actor, act, certificate, "certificate.withdrawn")
        act.content = {"number": certificate.number}


def take_result_back(actor: Actor, act: Act, certificate: Certificate, reason: str) -> None:
    """Let the ledger return to what it said before this proof, for the instrument and its parts."""
    if not job_kind(certificate.job, certificate.verified_on).enters_ledger:
        return
    for instrument in (*certificate.instrument.parts.all(), certificate.instrument):
        verification_result_withdraw(
            actor=actor,
            act=act,
            instrument=instrument,
            verified_on=certificate.verified_on,
            on=act.on,
            reason=reason[:200],
        )
