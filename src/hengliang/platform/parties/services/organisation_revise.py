"""An organisation changes its name, seat or contact from a day on."""

from datetime import date
from typing import Any

from hengliang.platform.core.acts import perform
from hengliang.platform.core.errors import InputRefused
from hengliang.platform.core.models import revise
from hengliang.platform.core.rights import Actor, permit
from hengliang.platform.core.search import search_text
from hengliang.platform.parties.models import Organisation, OrganisationVersion

FACTS = frozenset({"name", "name_en", "region_id", "address", "contact", "telephone"})


def organisation_revise(
    *, actor: Actor, organisation: Organisation, on: date, reason: str = "", **changes: Any
) -> OrganisationVersion:
    """The version that holds from `on`. What the organisation was called before stays readable by day."""
    permit(actor, "organisation_revise", organisations=[organisation.pk], region_id=organisation.region_id)
    if unknown := changes.keys() - FACTS:
        raise InputRefused("unknown_facts", "These can't be changed here: %(names)s.", names=", ".join(sorted(unknown)))
    with perform(actor, "organisation_revise", subject=organisation, on=on, reason=reason) as act:
        version = revise(organisation.versions.all(), act=act, on=on, **changes)
        _keep_present(organisation, actor)
        act.content = changes
    return version


def _keep_present(organisation: Organisation, actor: Actor) -> None:
    present = organisation.versions.on(actor.today).first()
    if present is None:
        return
    organisation.name, organisation.name_en = present.name, present.name_en
    organisation.region_id = present.region_id
    organisation.search_text = search_text(present.name, organisation.credit_code or "", present.name_en)
    organisation.save(update_fields=["name", "name_en", "region", "search_text"])
