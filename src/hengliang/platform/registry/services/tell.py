"""Users hear of what others enter about their instruments; who entered it knows."""

from typing import Any

from django.urls import reverse

from hengliang.platform.core.models import Act
from hengliang.platform.core.rights import HOLDER_ROLES, Actor
from hengliang.platform.core.services import notify
from hengliang.platform.parties.selectors import accounts_of
from hengliang.platform.registry.codes import spaced
from hengliang.platform.registry.models import Instrument, InstrumentState, TransferOffer


def tell_user(actor: Actor, entry: InstrumentState, organisation_id: int, kind: str, **words: Any) -> None:
    """Tell those who keep an organisation's ledger what the act of an entry did."""
    url = reverse("registry:instrument", args=[entry.instrument.code])
    _tell(actor, entry.act, entry.instrument, organisation_id, kind, url, words)


def tell_of_offer(actor: Actor, act: Act, offer: TransferOffer, organisation_id: int, kind: str, other: str) -> None:
    """Tell those who keep one side's ledger what became of an offer; both sides may open its page."""
    url = reverse("registry:transfer", args=[offer.pk])
    _tell(actor, act, offer.instrument, organisation_id, kind, url, {"other": other})


def _tell(
    actor: Actor, act: Act, about: Instrument, organisation_id: int, kind: str, url: str, words: dict[str, Any]
) -> None:
    accounts = accounts_of([organisation_id], HOLDER_ROLES, actor.today).get(organisation_id, [])
    notify(
        accounts=[one for one in accounts if one != actor.account_id],
        kind=kind,
        at=actor.at,
        act=act,
        url=url,
        instrument=f"{about.name} {spaced(about.code)}",
        reason=act.reason,
        **words,
    )
