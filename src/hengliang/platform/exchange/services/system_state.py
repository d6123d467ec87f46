"""A system is changed, closed, opened again; its mapping is changed from a day on."""

from collections.abc import Sequence

from hengliang.platform.core.acts import perform
from hengliang.platform.core.errors import InputRefused
from hengliang.platform.core.models import begin, end
from hengliang.platform.core.rights import Actor
from hengliang.platform.core.transitions import move
from hengliang.platform.exchange.access import acting_for
from hengliang.platform.exchange.mapping import base_of, overlay_of
from hengliang.platform.exchange.models import OutsideSystem, ProfileOverlay
from hengliang.platform.exchange.profiles import overlaid
from hengliang.platform.exchange.states import SYSTEM
from hengliang.platform.parties.models import Organisation


def system_revise(
    *, actor: Actor, system: OutsideSystem, reason: str, name: str, operator: str, bodies: Sequence[Organisation]
) -> None:
    """Change what a system is called, who operates it and which bodies take part."""
    by = acting_for(actor, "system_revise", system)
    before = {"name": system.name, "operator": system.operator, "bodies": system.bodies}
    system.name, system.operator = name.strip(), operator.strip()
    system.bodies = sorted({body.pk for body in bodies})
    after = {"name": system.name, "operator": system.operator, "bodies": system.bodies}
    if before == after:
        raise InputRefused("nothing_changed", "It stands like this already; nothing was changed.")
    with perform(actor, "system_revise", subject=system, reason=reason, organisation_id=by,
                 region_id=system.region_id) as act:  # fmt: skip
        act.content = {"before": before, "after": after}
        system.save(update_fields=["name", "operator", "bodies"])


def system_close(*, actor: Actor, system: OutsideSystem, reason: str) -> None:
    """Nothing is exchanged with it any more; what was stays."""
    by = acting_for(actor, "system_close", system)
    with perform(actor, "system_close", subject=system, reason=reason, organisation_id=by,
                 region_id=system.region_id) as act:  # fmt: skip
        move(SYSTEM, system, act)


def system_reopen(*, actor: Actor, system: OutsideSystem) -> None:
    """Exchange goes on."""
    by = acting_for(actor, "system_reopen", system)
    with perform(actor, "system_reopen", subject=system, organisation_id=by, region_id=system.region_id) as act:
        move(SYSTEM, system, act)


def profile_put(*, actor: Actor, system: OutsideSystem, text: str, reason: str) -> ProfileOverlay:
    """Change the mapping of a system from today on; what was compared keeps the mapping that it was compared by.

    Errors: `InputRefused` naming the place that is not understood.
    """
    by = acting_for(actor, "profile_put", system)
    overlaid(base_of(system), text)
    with perform(actor, "profile_put", subject=system, reason=reason, organisation_id=by,
                 region_id=system.region_id) as act:  # fmt: skip
        end(system.overlays.all(), act=act, on=act.on)
        made = begin(ProfileOverlay, act=act, on=act.on, system=system, text=text)
        act.content = {"system": system.code, "text": text}
    return made


def profile_remove(*, actor: Actor, system: OutsideSystem, reason: str) -> None:
    """Take the change back; the profile holds as it is shipped."""
    by = acting_for(actor, "profile_remove", system)
    if overlay_of(system, actor.today) is None:
        raise InputRefused("nothing_changed", "The mapping is as it is shipped; there is nothing to take back.")
    with perform(actor, "profile_remove", subject=system, reason=reason, organisation_id=by,
                 region_id=system.region_id) as act:  # fmt: skip
        end(system.overlays.all(), act=act, on=act.on)
