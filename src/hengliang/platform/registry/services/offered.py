"""An instrument that is offered to somebody is not pulled away from under the offer."""

from hengliang.platform.core.errors import Blocked
from hengliang.platform.registry.models import Instrument, TransferOffer
from hengliang.platform.registry.states import UNDER_OFFER


def offer_of(instrument: Instrument) -> TransferOffer | None:
    """The offer of an instrument that waits for an answer."""
    return instrument.transfer_offers.open().select_related("giver", "receiver").first()


def refuse_if_offered(kind: str, instrument: Instrument) -> None:
    """Refuse what an open offer stands against; withdrawing it clears the way."""
    if kind in UNDER_OFFER and (standing := offer_of(instrument)):
        raise Blocked(
            "transfer_offered",
            "%(instrument)s is offered to %(receiver)s since %(day)s. Withdraw the offer first or wait for the answer.",
            instrument=instrument.printed_code,
            receiver=standing.receiver.name,
            day=standing.offered_on,
        )
