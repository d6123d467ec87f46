"""The regime of a task is another than the rule chose, for a reason."""

from hengliang.platform.core.acts import perform
from hengliang.platform.core.errors import InputRefused, Refused
from hengliang.platform.core.rights import Actor, permit
from hengliang.platform.verification.models import RecordDraft, Task, VerificationRegime


def task_regime_change(*, actor: Actor, task: Task, regime: VerificationRegime | str, reason: str) -> None:
    """Let a waiting task follow another regime of its regulation; the draft follows it.

    Errors: `Refused` once it is measured, `InputRefused` for the regime that it has.
    """
    permit(actor, "task_regime_change", organisations=[task.body_id])
    if task.state != "waiting":
        raise Refused("task_not_waiting", "This task is not waiting to be measured.")
    if regime == task.regime:
        raise InputRefused("same_regime", "It follows that regime already.", field="regime")
    with perform(actor, "task_regime_change", subject=task, reason=reason, organisation_id=task.body_id) as act:
        act.content = {"from": task.regime, "to": str(regime)}
        Task.objects.filter(pk=task.pk).update(regime=regime)
        for draft in RecordDraft.objects.filter(task=task):
            draft.data = draft.data | {"regime": str(regime)}
            draft.save(update_fields=["data"])
    task.refresh_from_db()
