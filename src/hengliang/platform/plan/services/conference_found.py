from hengliang.platform.core.acts import perform
from hengliang.platform.core.errors import InputRefused
from hengliang.platform.core.models import Region
from hengliang.platform.core.rights import Actor, permit
from hengliang.platform.plan.models import Conference


def conference_found(*, actor: Actor, region: Region, title: str, basis: str = "") -> Conference:
    """A joint conference begins, by the document that founds it."""
    permit(actor, "conference_found", region_id=region.pk)
    if not title.strip():
        raise InputRefused("conference_title", "A conference needs a name.", field="title")
    with perform(actor, "conference_found", region_id=region.pk) as act:
        act.subject = made = Conference.objects.create(
            act=act, region=region, title=title.strip()[:200], basis=basis.strip()
        )
        act.content = {"title": made.title, "basis": made.basis}
    return made
