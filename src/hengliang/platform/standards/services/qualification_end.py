"""End a qualification before `on`."""

from datetime import date

from hengliang.platform.core.acts import perform
from hengliang.platform.core.models import end
from hengliang.platform.core.rights import Actor, permit
from hengliang.platform.standards.models import (
    Qualification,
)


def qualification_end(*, actor: Actor, qualification: Qualification, on: date, reason: str) -> None:
    """End a qualification before `on`."""
    permit(actor, "qualification_end", organisations=[qualification.body_id], region_id=qualification.body.region_id)
    with perform(actor, "qualification_end", subject=qualification.person, on=on, reason=reason) as act:
        end(Qualification.objects.filter(pk=qualification.pk), act=act, on=on)
        act.content = {"number": qualification.number}
