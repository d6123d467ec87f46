"""Who wrote an own rule: that person counts neither as its checker nor as the second who confirms."""

from hengliang.norms import Value
from hengliang.norms.load import OWN_LAYER
from hengliang.platform.core.errors import Refused
from hengliang.platform.core.models import Act, LocalRule
from hengliang.platform.core.rights import Actor


def author_of(value: Value) -> Act | None:
    """The act by which the authority laid this value over the others; None for what was shipped."""
    if value.layer != OWN_LAYER:
        return None
    row = LocalRule.objects.filter(norm=value.norm, ended_by=None).select_related("act").first()
    return row.act if row else None


def is_author(actor: Actor, value: Value) -> bool:
    """Whether the actor wrote it, by account or by name: somebody with two accounts is still one person."""
    act = author_of(value)
    return act is not None and (actor.account_id == act.account_id or actor.name.strip() == act.account_name.strip())


def require_no_author(actor: Actor, value: Value | None) -> None:
    """Raise `Refused` where the actor wrote the own rule: two others hold it against its text."""
    if value is not None and is_author(actor, value):
        template = "%(name)s wrote this rule. Two other people hold it against its text."
        raise Refused("author", template, name=actor.name)
