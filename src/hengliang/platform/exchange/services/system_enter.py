"""An outside system is connected."""

from collections.abc import Sequence

from hengliang.platform.core.acts import perform
from hengliang.platform.core.errors import InputRefused
from hengliang.platform.core.models import Region
from hengliang.platform.core.rights import Actor, permit
from hengliang.platform.core.transitions import enter
from hengliang.platform.exchange.models import OutsideSystem
from hengliang.platform.exchange.port import adapter_of
from hengliang.platform.exchange.profiles import profile_named
from hengliang.platform.exchange.states import SYSTEM
from hengliang.platform.parties.models import Organisation


def system_enter(
    *,
    actor: Actor,
    code: str,
    name: str,
    kind: str,
    owner: Organisation,
    region: Region,
    profile: str,
    adapter: str,
    operator: str = "",
    bodies: Sequence[Organisation] = (),
) -> OutsideSystem:
    """Connect a system for a region. `bodies` may bring in their tasks and send their results themselves.

    Errors: `NotPermitted`; `InputRefused` for a short name that is taken, or an adapter that can't follow the profile.
    """
    permit(actor, "system_enter", organisations=[owner.pk], region_id=region.pk)
    refuse_mismatch(profile, adapter)
    if OutsideSystem.objects.filter(code=code).exists():
        raise InputRefused("system_known", "There is a system called “%(known)s” already.", field="code", known=code)
    with perform(actor, "system_enter", organisation_id=owner.pk, region_id=region.pk) as act:
        act.subject = made = OutsideSystem.objects.create(
            act=act, code=code, name=name.strip(), kind=kind, operator=operator.strip(), owner=owner, region=region,
            bodies=sorted({body.pk for body in bodies}), adapter=adapter, profile=profile,
            state=SYSTEM.states[0].code,
        )  # fmt: skip
        enter(SYSTEM, made, act)
        act.content = {"system": code, "profile": profile, "adapter": adapter, "bodies": made.bodies}
    return made


def refuse_mismatch(profile: str, adapter: str) -> None:
    """Refuse a way of exchange that can't follow the profile."""
    if adapter_of(adapter).format != profile_named(profile).format:
        raise InputRefused(
            "adapter_unfit", "This way of exchange can't follow the profile “%(profile)s”; choose the other one.",
            field="adapter", profile=profile,
        )  # fmt: skip
