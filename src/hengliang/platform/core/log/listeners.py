"""Who is told, in the transaction that places them, that acts have come into the log.

Guarantee: what a listener writes is there if and only if the acts have their position. Hole: a listener that fails is
passed over, since nothing may stop the log; whoever listens looks again from time to time.
"""

from collections.abc import Callable, Sequence

import structlog
from django.db import transaction

Listener = Callable[[Sequence[int]], None]
_listeners: list[Listener] = []
log = structlog.get_logger("hengliang.log")


def when_logged(listener: Listener) -> None:
    """Have the keys of the acts of each batch told; called once from `ready`."""
    if listener not in _listeners:
        _listeners.append(listener)


def tell_logged(acts: Sequence[int]) -> None:
    """Tell all who listen; called within the transaction that placed the acts."""
    for listener in _listeners:
        try:
            with transaction.atomic():
                listener(acts)
        except Exception as fault:  # whatever a listener does wrong, the log goes on
            log.error("a listener to the log failed", reason=str(fault))
