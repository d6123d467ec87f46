"""Why the ledger takes no result of a verification for an instrument: one predicate, for one record and for a lot."""

from collections.abc import Iterable
from datetime import date

from django.db import connection

from hengliang.platform.registry.states import LOST, SCRAPPED, STOPPED

HELD, OUT_OF_USE = "held", "out_of_use"

# For an instrument `i` verified on `{day}`. Preserved: the dispute has not ended by that day, for whoever hands in
# today what was tested yesterday changes the evidence no less. Out of use: on that day; what was stopped since, was in
# use when it was verified. An instrument that was filed later has no state on the day and is not barred.
BARRED = f"""CASE WHEN EXISTS (
    SELECT FROM registry_instrumenthold h WHERE h.instrument_id IN (i.id, i.part_of_id) AND h.known_to IS NULL
        AND (h.valid_to IS NULL OR h.valid_to > {{day}})
) THEN '{HELD}' WHEN EXISTS (
    SELECT FROM registry_instrumentstate s WHERE s.instrument_id = i.id AND s.known_to IS NULL
        AND s.valid_from <= {{day}} AND (s.valid_to IS NULL OR s.valid_to > {{day}})
        AND s.status IN ('{STOPPED}', '{LOST}', '{SCRAPPED}')
) THEN '{OUT_OF_USE}' ELSE '' END"""  # noqa: S608 - nothing of it is typed by anybody
_OF = f"SELECT i.id, {BARRED.format(day='%(day)s')} FROM registry_instrument i WHERE i.id = ANY (%(instruments)s)"  # noqa: S608 - nothing of it is typed by anybody


def barred(instruments: Iterable[int], on: date) -> dict[int, str]:
    """Why no result of `on` is taken for instruments: `held`, `out_of_use`, or empty where nothing is in the way."""
    with connection.cursor() as cursor:
        cursor.execute(_OF, {"instruments": list(instruments), "day": on})
        return dict(cursor.fetchall())
