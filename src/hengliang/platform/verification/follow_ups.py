"""What the apps above offer on the page of a record: certificates offer to issue the proof."""

from collections.abc import Callable

from hengliang.platform.core.pages.objects import Action
from hengliang.platform.core.rights import Actor
from hengliang.platform.verification.models import Record, Task

FollowUp = Callable[[Actor, Record], Action | None]
_offers: list[FollowUp] = []


def register_follow_up(offer: FollowUp) -> None:
    """Add an offer; called once, in the `AppConfig.ready` of the app that makes it."""
    if offer not in _offers:
        _offers.append(offer)


_task_offers: list[Callable[[Actor, Task], Action | None]] = []


def offer_task(offer: Callable[[Actor, Task], Action | None]) -> None:
    """The same on the page of a task."""
    if offer not in _task_offers:
        _task_offers.append(offer)


def task_offers(actor: Actor, task: Task) -> list[Action]:
    """The actions offered to this actor on this task."""
    return [action for offer in _task_offers if (action := offer(actor, task)) is not None]


def follow_ups(actor: Actor, record: Record) -> list[Action]:
    """The actions offered to this actor on this record."""
    return [action for offer in _offers if (action := offer(actor, record)) is not None]
