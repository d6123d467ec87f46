"""Who may approve rules and add the authority's own: the authority that answers for this platform.

Rules hold for everybody on the platform, so the authority of one county among several can't decide on them. Where
`HENGLIANG_AUTHORITY` names a region, its authority decides; otherwise any authority over a city or more.
"""

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from hengliang.platform.core.models import Region, RegionVersion
from hengliang.platform.core.rights import Actor, Right, Role, is_permitted, permit

KEEPERS = frozenset({Role.AUTHORITY, Role.ADMINISTRATOR})
RIGHTS = {
    "rule_check": Right(KEEPERS, label=_("Hold a rule against its text")),
    "rule_approve": Right(KEEPERS, label=_("Approve a rule")),
    "rule_reject": Right(KEEPERS, needs_reason=True, label=_("Reject a rule")),
    "rule_withdraw": Right(KEEPERS, needs_reason=True, label=_("Withdraw an approval")),
    "local_rule_put": Right(KEEPERS, needs_reason=True, label=_("Add a rule of one's own")),
    "local_rule_remove": Right(KEEPERS, needs_reason=True, label=_("Remove a rule of one's own")),
}


def may_keep_rules(actor: Actor, act: str) -> bool:
    """Whether the actor may do this act on the rules of the platform."""
    return is_permitted(actor, act, region_id=_region(actor))


def permit_on_rules(actor: Actor, act: str) -> int | None:
    """The region for which the actor does this act.

    Errors: `NotPermitted`.
    """
    region = _region(actor)
    permit(actor, act, region_id=region)
    return region


def _region(actor: Actor) -> int | None:
    held = actor.regions({Role.AUTHORITY})
    if settings.AUTHORITY_REGION:
        rows = RegionVersion.objects.on(actor.today, actor.at).filter(code=settings.AUTHORITY_REGION, region__in=held)
        return rows.values_list("region_id", flat=True).first()
    wide = Region.objects.filter(pk__in=held, level__lte=Region.Level.CITY).order_by("level", "pk")
    return wide.values_list("pk", flat=True).first()
