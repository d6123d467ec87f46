"""Running numbers of a body's papers: gapless and unique, also when many are given at once."""

from datetime import date

from django.db import connection

from hengliang.platform.parties.models import Organisation
from hengliang.platform.verification.models import NumberSeries

PATTERNS = {
    "application": "SQ{year}-{body}-{serial:06d}",
    "record": "JL{year}-{body}-{serial:06d}",
    "certificate": "{body}-JD{year}-{serial:06d}",
    "notice": "{body}-TZ{year}-{serial:06d}",
    "calibration": "{body}-XZ{year}-{serial:06d}",
    "report": "{body}-CS{year}-{serial:06d}",
    "arbitration": "{body}-ZC{year}-{serial:06d}",
    "lot": "PL{year}-{body}-{serial:05d}",
    "round": "XJ{year}-{body}-{serial:04d}",
    "dispute": "ZCAJ{year}-{body}-{serial:04d}",
    "receipt": "SL{year}-{body}-{serial:06d}",
    "hand_back": "LQ{year}-{body}-{serial:06d}",
    "invoice": "KP{year}-{body}-{serial:06d}",
}

# One statement takes the row's lock, gives the numbers and leaves the next; it is rolled back with its transaction,
# so that no number is lost. Papers of one kind at one body therefore wait for each other, and only they.
_TAKE = """
    INSERT INTO verification_numberseries (body_id, kind, pattern, year, next_serial)
    VALUES (%(body)s, %(kind)s, %(pattern)s, %(year)s, 1 + %(count)s)
    ON CONFLICT (body_id, kind, year)
    DO UPDATE SET next_serial = verification_numberseries.next_serial + %(count)s
    RETURNING next_serial - %(count)s, pattern
"""


def next_number(body: Organisation, kind: str, on: date) -> str:
    """The next number of this kind at this body, by its own pattern. To be called inside the act that uses it."""
    return next_numbers(body, kind, on, 1)[0]


def next_numbers(body: Organisation, kind: str, on: date, count: int) -> list[str]:
    """The next numbers of this kind at this body, in order. To be called inside the acts that use them."""
    latest = NumberSeries.objects.filter(body=body, kind=kind).order_by("-year").first()
    pattern = latest.pattern if latest else PATTERNS[kind]
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, {"body": body.pk, "kind": kind, "pattern": pattern, "year": on.year, "count": count})
        first, pattern = cursor.fetchone()
    return [str(pattern.format(year=on.year, serial=first + at, body=body.pk)) for at in range(count)]
