"""What the apps above offer on the page of a single result: certificates offer its document."""

from collections.abc import Callable

from hengliang.platform.core.pages.objects import Action
from hengliang.platform.verification.models import LotResult

Paper = Callable[[LotResult], Action | None]
_offers: list[Paper] = []


def register_result_paper(offer: Paper) -> None:
    """Add an offer; called once, in the `AppConfig.ready` of the app that makes it."""
    if offer not in _offers:
        _offers.append(offer)


def papers_of(result: LotResult) -> list[Action]:
    """The papers offered of a result."""
    return [action for offer in _offers if (action := offer(result)) is not None]
