"""The records are searched for what does not fit; what is new becomes a finding."""

from hengliang.platform.core.acts import perform
from hengliang.platform.core.rights import Actor, Role, permit
from hengliang.platform.core.transitions import enter
from hengliang.platform.supervision.models import Finding
from hengliang.platform.supervision.signs import DETECTORS
from hengliang.platform.supervision.states import FINDING, OPEN


def findings_search(*, actor: Actor) -> tuple[Finding, ...]:
    """The new findings in the regions of the actor (of the nightly job: everywhere); those found before stay."""
    regions = None if actor.has(Role.ADMINISTRATOR) else actor.regions({Role.AUTHORITY})
    permit(actor, "findings_search", region_id=min(regions, default=None) if regions is not None else None)
    known = set(Finding.objects.values_list("kind", "key", "region_id"))
    signs = [
        sign
        for detect in DETECTORS
        for sign in detect(actor.today)
        if (regions is None or sign.region_id in regions) and (sign.kind, sign.key, sign.region_id) not in known
    ]
    made = []
    for sign in signs:
        with perform(actor, "findings_search", region_id=sign.region_id) as act:
            act.subject = finding = Finding.objects.create(
                act=act, kind=sign.kind, key=sign.key, region_id=sign.region_id, body_id=sign.body_id,
                person_id=sign.person_id, found_on=actor.today, speaks_of=sign.speaks_of, facts=dict(sign.facts),
                state=OPEN,
            )  # fmt: skip
            enter(FINDING, finding, act)
            act.content = {"kind": sign.kind, "key": sign.key}
        made.append(finding)
    return tuple(made)
