from datetime import date

from hengliang.platform.core.acts import perform
from hengliang.platform.core.errors import Blocked, InputRefused
from hengliang.platform.core.rights import Actor, permit
from hengliang.platform.plan.models import Plan, Snapshot, SnapshotFigure
from hengliang.platform.plan.selectors.frozen import frame_of
from hengliang.platform.plan.selectors.frozen_scores import scores_to_freeze
from hengliang.platform.plan.selectors.progress import progress_of
from hengliang.platform.plan.selectors.snapshots import digest_of, frozen


def snapshot_take(*, actor: Actor, plan: Plan, title: str, on: date) -> Snapshot:
    """Every figure of a plan that speaks of `on`, as known at this moment, frozen with the plan's title and term and
    the scores of its districts; the hash over all of it stands in the log.

    What was entered by then counts; an act that is being written at the same moment may or may not, and recomputing
    the snapshot would show it.

    Errors: `Blocked` for a draft; `InputRefused` for a day ahead or before the plan.
    """
    permit(actor, "snapshot_take", region_id=plan.region_id)
    if plan.state == "draft":
        raise Blocked("plan_draft", "A draft has no figures to freeze; put the plan in force first.")
    if on < plan.starts_on:
        raise InputRefused(
            "snapshot_before", "A snapshot speaks of no day before the plan begins (%(begins)s).", field="on",
            begins=plan.starts_on.isoformat(),
        )  # fmt: skip
    if on > actor.today or not title.strip():
        raise InputRefused("snapshot_day", "A snapshot needs a name, and speaks of no day ahead.", field="on")
    with perform(actor, "snapshot_take", subject=plan, on=on, region_id=plan.region_id) as act:
        made = Snapshot(act=act, plan=plan, title=title.strip()[:200], on=on, known_at=actor.at)
        figures = [frozen(one, made) for one in progress_of(plan, on, actor.at)]
        made.frame = frame_of(plan, on) | {"scores": scores_to_freeze(plan, on, actor.at)}
        made.digest = digest_of(figures, made.frame)
        made.save()
        for one in figures:
            one.snapshot = made
        SnapshotFigure.objects.bulk_create(figures)
        act.content = {"snapshot": made.pk, "on": on.isoformat(), "known_at": actor.at.isoformat(),
                       "digest": made.digest}  # fmt: skip
    return made
