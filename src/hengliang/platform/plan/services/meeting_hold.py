"""A meeting with what it resolved, each resolution a thing to follow up."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from hengliang.platform.core.acts import perform
from hengliang.platform.core.errors import InputRefused
from hengliang.platform.core.rights import Actor, permit
from hengliang.platform.core.transitions import enter
from hengliang.platform.plan.conference_states import RESOLUTION
from hengliang.platform.plan.models import Conference, Meeting, Resolution


@dataclass(frozen=True)
class Resolved:
    """What was resolved: who does what by when."""

    text: str
    unit: str
    due_on: date | None = None


def meeting_hold(
    *,
    actor: Actor,
    conference: Conference,
    title: str,
    on: date,
    present: Sequence[str] = (),
    minutes: str = "",
    resolved: Sequence[Resolved] = (),
) -> Meeting:
    """A meeting was held; each resolution names the member that answers for it.

    Errors: `InputRefused` for a day ahead, or a unit that did not belong to the conference on that day.
    """
    permit(actor, "meeting_hold", region_id=conference.region_id)
    if not title.strip() or on > actor.today:
        raise InputRefused("meeting_day", "A meeting needs a name, and is entered once it was held.", field="on")
    belonging = {one.name: one for one in conference.members.belonging(on)}
    for name in (*present, *(one.unit for one in resolved)):
        if name not in belonging:
            raise InputRefused(
                "no_member", "“%(name)s” did not belong to the conference on that day.", name=name, field="resolved"
            )
    if any(one.due_on is not None and one.due_on < on for one in resolved):
        raise InputRefused("resolution_due", "A resolution falls due after its meeting.", field="resolved")
    with perform(actor, "meeting_hold", on=on, region_id=conference.region_id) as act:
        act.subject = made = Meeting.objects.create(
            act=act,
            conference=conference,
            title=title.strip()[:200],
            on=on,
            present=list(present),
            minutes=minutes.strip(),
        )
        for ordinal, one in enumerate(resolved, 1):
            row = Resolution.objects.create(
                act=act, meeting=made, ordinal=ordinal, text=one.text.strip(), unit=one.unit, due_on=one.due_on,
                organisation=belonging[one.unit].organisation, state="open",
            )  # fmt: skip
            enter(RESOLUTION, row, act)
        act.content = {"title": made.title, "resolutions": [one.text for one in resolved]}
    return made
