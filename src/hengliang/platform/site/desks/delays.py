"""How many of the overdue are so for which reason; what took long to count is kept for a minute."""

import time
from hashlib import sha256

from django.core.cache import cache

from hengliang.platform.core.rights import Actor
from hengliang.platform.supervision.selectors import watch_list
from hengliang.platform.verification.delay import delay_counts

SLOW, KEPT = 0.1, 60


def delays(actor: Actor) -> dict[str, int]:
    """The counts by reason, of the entries that the actor may see today."""
    key = f"delays:{_whom(actor)}"
    if (found := cache.get(key)) is not None:
        return dict(found)
    began = time.perf_counter()
    made = delay_counts(watch_list(actor).filter(due_on__lt=actor.today))
    if time.perf_counter() - began > SLOW:
        cache.set(key, made, KEPT)
    return made


def _whom(actor: Actor) -> str:
    """A key for all actors who see the same rows today."""
    grants = sorted((g.role, g.organisation_id or 0, sorted(g.region_ids)) for g in actor.grants)
    return sha256(repr((actor.today, grants)).encode()).hexdigest()
