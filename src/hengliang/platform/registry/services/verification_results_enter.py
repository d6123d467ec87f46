"""What many verifications found is written into the ledger at once; called by the act that issues their proofs."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from django.db import connection

from hengliang.platform.core.models import Act
from hengliang.platform.registry.results import statement

# Instruments are locked in the order of their keys, so that two sets at once never wait for each other in a circle.
_LOCK = (
    "SELECT id FROM registry_instrument WHERE id IN (SELECT instrument_id FROM result_entry) ORDER BY id"
    " FOR NO KEY UPDATE"
)


@contextmanager
def results_prepared() -> Iterator[None]:
    """Make the table `result_entry`, to be filled by a statement and written by one of the two functions below."""
    with connection.cursor() as cursor:
        cursor.execute(statement("drop"))
        cursor.execute(statement("tables"))
        yield
        cursor.execute(statement("drop"))


def verification_results_enter(*, act: Act) -> set[int]:
    """Write each result from its day until the next verification known, as `verification_result_enter` does for one.

    Gives the instruments whose result was written; the others have a later verification. Merged instruments and parts
    are not for this way: whoever fills the table leaves them out.
    """
    return _write(act)


def verification_results_withdraw(*, act: Act, on: date) -> set[int]:
    """Take back results from `on` on, where they are the last ones, as `verification_result_withdraw` does for one.

    `result_entry` holds the verifications to be taken back, `result_void` the days not to return to.
    """
    with connection.cursor() as cursor:
        cursor.execute(_LOCK)
        cursor.execute(statement("former"), {"on": on})
    return _write(act)


def _write(act: Act) -> set[int]:
    with connection.cursor() as cursor:
        cursor.execute(_LOCK)
        cursor.execute(statement("span"))
        cursor.execute(statement("write"), {"act": act.pk, "at": act.at})
        cursor.execute("SELECT instrument_id FROM result_span")
        return {row[0] for row in cursor.fetchall()}
