"""How the log stands: what health checks, metrics and the administrator's desk show."""

from dataclasses import dataclass

from django.db import connection

_ASKED = """
    SELECT (SELECT size FROM core_logcheckpoint ORDER BY size DESC LIMIT 1),
           (SELECT extract(epoch FROM now() - max(signed_at))::float FROM core_logcheckpoint),
           (SELECT count(*) FROM (SELECT 1 FROM core_logentry WHERE position IS NULL LIMIT 100001) waiting),
           (SELECT extract(epoch FROM now() - min(entered_at))::float FROM
               (SELECT entered_at FROM core_logentry WHERE position IS NULL ORDER BY act_id LIMIT 1000) oldest)
"""


@dataclass(frozen=True, slots=True)
class LogState:
    """The log in numbers.

    size : entries under the checkpoint; None before the first
    checkpoint_age : seconds since it was signed; old is fine while nothing waits
    waiting : entries without a position, counted to 100,001
    lag : seconds for which the oldest has been waiting; 0 when nothing waits
    """

    size: int | None
    checkpoint_age: float | None
    waiting: int
    lag: float


def log_state() -> LogState:
    """The state of now, in one query."""
    with connection.cursor() as cursor:
        cursor.execute(_ASKED)
        size, age, waiting, lag = cursor.fetchone()
    return LogState(size, age, waiting, max(0.0, lag or 0.0))
