"""A mistake in a proof: it is replaced. Its record becomes void and its content the draft of the new one."""

from hengliang.platform.certificates.models import Certificate
from hengliang.platform.certificates.services.certificate_cancel import revive_former
from hengliang.platform.certificates.services.certificate_withdraw import take_result_back
from hengliang.platform.certificates.services.mark_end import revive_marks
from hengliang.platform.certificates.states import CERTIFICATE
from hengliang.platform.core.acts import perform
from hengliang.platform.core.rights import Actor, permit
from hengliang.platform.core.transitions import move
from hengliang.platform.verification.services import reopen_draft
from hengliang.platform.verification.states import RECORD, TASK


def certificate_replace(*, actor: Actor, certificate: Certificate, reason: str) -> None:
    """A mistake in a proof: it is replaced. Its record becomes void and its content the draft of the new one.

    The task waits again; the certificate issued next says which one it replaces.
    """
    permit(actor, "certificate_replace", organisations=[certificate.body_id])
    record = certificate.record
    with perform(
        actor, "certificate_replace", subject=certificate, reason=reason, organisation_id=certificate.body_id
    ) as act:
        move(CERTIFICATE, certificate, act)
        move(RECORD, record, act)
        move(TASK, record.task, act)
        take_result_back(actor, act, certificate, reason)
        revive_former(actor, certificate)
        revive_marks(actor, certificate)
        reopen_draft(actor, record)
        act.content = {"number": certificate.number}
