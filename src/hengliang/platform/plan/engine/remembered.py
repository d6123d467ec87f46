"""Figures computed a moment ago are computed again only when something has been written since.

Every change of the ledger leaves an act, so the newest acts say whether anything changed: a figure moves at once when a
record does. Whoever asks while the same is being computed waits for that answer instead of computing it too.
"""

from collections import OrderedDict
from collections.abc import Hashable, Iterable, Sequence
from threading import Lock
from typing import Any

from django.db.models import Max

from hengliang.norms.indicators import Indicator
from hengliang.platform.core.models import Act
from hengliang.platform.plan.engine.figure import Figure
from hengliang.platform.plan.engine.matrix import matrices
from hengliang.platform.plan.engine.scope import Sweep

MOST = 64
NEAR = 2_000
Matrices = dict[str, dict[int, list[Figure]]]


class Remembered:
    """The latest answers, and a lock for each that is being computed."""

    def __init__(self) -> None:
        self._answers: OrderedDict[Hashable, Any] = OrderedDict()
        self._busy: dict[Hashable, Lock] = {}
        self._lock = Lock()

    def get(self, key: Hashable, compute: Any) -> Any:
        """The answer for a key, computed by one of those who ask."""
        with self._lock:
            if key in self._answers:
                return self._answers[key]
            busy = self._busy.setdefault(key, Lock())
        with busy:
            try:
                if key in self._answers:
                    return self._answers[key]
                answer = compute()
                self._keep(key, answer)
                return answer
            finally:
                with self._lock:
                    self._busy.pop(key, None)

    def _keep(self, key: Hashable, answer: Any) -> None:
        with self._lock:
            self._answers[key] = answer
            while len(self._answers) > MOST:
                self._answers.popitem(last=False)

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._answers.clear()


REMEMBERED = Remembered()


def ledger_mark() -> tuple[int, int]:
    """The newest act, and how many there are among the last: an act that was begun earlier and ended later is one
    more, though it is not the newest."""
    newest = Act.objects.aggregate(newest=Max("pk"))["newest"] or 0
    return newest, Act.objects.filter(pk__gt=newest - NEAR).count()


def remembered(asked: Iterable[Indicator], sweep: Sweep) -> Matrices:
    """The same as `matrices`, from memory where nothing has been written since."""
    told: Sequence[Indicator] = list(asked)
    rules = tuple(sorted((one.name, one.source.content_hash) for one in told))
    given = tuple((region, under) for region, under in sorted((sweep.given_under or {}).items()))
    key = (ledger_mark(), rules, sweep.days, sweep.regions, sweep.known_at, sweep.begins, given)
    found: Matrices = REMEMBERED.get(key, lambda: matrices(told, sweep))
    return found
