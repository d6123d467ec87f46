"""What may not be done twice at once with one system, or with one file."""

from django.db import OperationalError, connection
from psycopg.errors import LockNotAvailable

from hengliang.platform.core.errors import Refused
from hengliang.platform.exchange.models import InboundBatch, OutsideSystem


def hold_system(system: OutsideSystem) -> None:
    """Hold a system until the transaction ends. Nobody waits for it on a page: a large file is taken in for minutes.

    Errors: `Refused` while something else of the system is under way.
    """
    try:
        OutsideSystem.objects.select_for_update(nowait=True, no_key=True).only("pk").get(pk=system.pk)
    except OperationalError as fault:
        if not isinstance(fault.__cause__, LockNotAvailable):
            raise
        raise Refused(
            "system_busy",
            "“%(system)s” is being worked on: a file is taken in, or a sheet made. Try again when that has ended.",
            system=system.name,
        ) from fault  # fmt: skip


def hold_batch(batch: InboundBatch) -> None:
    """Hold a file until the transaction ends; not by its row, on which the progress is told meanwhile."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('exchange_batch'), %s)", [batch.pk])
