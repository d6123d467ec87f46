"""Users hear of what others enter about their instruments; who entered it knows."""

from typing import Any

from django.urls import reverse

from hengliang.platform.core.rights import HOLDER_ROLES, Actor
from hengliang.platform.core.services import notify
from hengliang.platform.parties.selectors import accounts_of
from hengliang.platform.registry.codes import spaced
from hengliang.platform.registry.models import InstrumentState


def tell_user(actor: Actor, entry: InstrumentState, organisation_id: int, kind: str, **words: Any) -> None:
    """Tell those who keep an organisation's ledger what the act of an entry did."""
    accounts = accounts_of([organisation_id], HOLDER_ROLES, actor.today).get(organisation_id, [])
    notify(
        accounts=[one for one in accounts if one != actor.account_id],
        kind=kind,
        at=actor.at,
        act=entry.act,
        url=reverse("registry:instrument", args=[entry.instrument.code]),
        instrument=f"{entry.instrument.name} {spaced(entry.instrument.code)}",
        reason=entry.act.reason,
        **words,
    )
