from hengliang.platform.core.acts import perform
from hengliang.platform.core.errors import Blocked, InputRefused
from hengliang.platform.core.rights import Actor, permit
from hengliang.platform.core.transitions import move
from hengliang.platform.plan.consultation_states import ANSWERED, CONSULTATION, WITHHELD
from hengliang.platform.plan.models import Consultation


def consultation_close(*, actor: Actor, consultation: Consultation, summary: str) -> Consultation:
    """The consultation ends after its last day, once every comment has its answer; the summary is public.

    Errors: `Blocked` before its last day has passed or while a comment waits; `InputRefused` without a summary.
    """
    permit(actor, "consultation_close", region_id=consultation.region_id)
    waiting = consultation.comments.exclude(state__in=[ANSWERED, WITHHELD]).count()
    if actor.today <= consultation.closes_on:
        raise Blocked(
            "consultation_runs", "It is open until %(day)s; that day must pass first.", day=consultation.closes_on
        )
    if waiting:
        raise Blocked("comments_waiting", "%(count)s comments have no answer yet.", count=waiting)
    if not summary.strip():
        raise InputRefused("summary_empty", "Sum up what was said and what became of it.", field="summary")
    with perform(actor, "consultation_close", subject=consultation, region_id=consultation.region_id) as act:
        consultation.summary = summary.strip()
        consultation.save(update_fields=["summary"])
        move(CONSULTATION, consultation, act)
        act.content = {"summary": consultation.summary, "comments": consultation.comments.count()}
    return consultation
