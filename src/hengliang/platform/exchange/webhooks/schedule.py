"""When a delivery that was not taken is tried again.

Source: Standard Webhooks specification, "Retries": exponential backoff with jitter over several days.
"""

from datetime import datetime, timedelta
from random import SystemRandom

# Seconds after the attempt before: at once, then half a minute, five, half an hour, two hours, … together four days.
WAITS = (30, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400)
MOST_TRIES = len(WAITS) + 1
JITTER_PERCENT = 20
# How long an attempt may be under way before another worker may take it for lost.
LEASE = timedelta(seconds=60)
_random = SystemRandom()


def next_try(tries: int, at: datetime) -> datetime | None:
    """The moment of the next attempt after so many; None when there is none. Up to a fifth later than its wait, so
    that receivers that were down together are not all asked in one second."""
    if tries >= MOST_TRIES:
        return None
    wait = WAITS[max(tries, 1) - 1]
    return at + timedelta(seconds=wait + _random.randrange(wait * JITTER_PERCENT // 100 + 1))
