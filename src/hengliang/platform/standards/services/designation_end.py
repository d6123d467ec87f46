"""A designation ends."""

from datetime import date

from hengliang.platform.core.acts import perform
from hengliang.platform.core.models import end
from hengliang.platform.core.rights import Actor, permit
from hengliang.platform.standards.models import Designation


def designation_end(*, actor: Actor, designation: Designation, on: date, reason: str) -> None:
    """End a designation before `on`. What the body has taken on stays with it; later applications go elsewhere."""
    permit(actor, "designation_end", region_id=designation.region_id)
    with perform(
        actor, "designation_end", subject=designation.body, on=on, reason=reason, region_id=designation.region_id
    ) as act:
        end(Designation.objects.filter(pk=designation.pk), act=act, on=on)
        act.content = {"number": designation.number, "item": designation.item.code}
