"""From the outbox into the log: one sequencer, in batches, each batch one transaction.

Guarantee: an entry has its position if and only if the published checkpoint covers it. Killed at any moment, the
transaction is there or not; the copy on disk is brought up at the next start. A second sequencer waits for the
advisory lock, and if the lock were lost it would meet `LogMoved`. Order of acts is not order of commits: the loop
asks for rows without a position, not for those after a mark. Source: group commit as in sunlight's sequencer.
"""

import time
from collections.abc import Callable, Sequence
from pathlib import Path

import structlog
from django.db import connection, transaction

from hengliang.platform.core.log.cosignatures import OFFER_SECONDS, offer
from hengliang.platform.core.log.keys import DeploymentKeys
from hengliang.platform.core.log.listeners import tell_logged
from hengliang.platform.core.log.mirror import copy_out, take_back
from hengliang.platform.core.log.store import PostgresStore
from hengliang.trust.disk import DiskStore
from hengliang.trust.errors import LogFault
from hengliang.trust.log import Log

LOCK = 0x6C6F67  # "log"
BATCH = 8192
INTERVAL = 0.2  # seconds at least between two publications, and between two looks at an empty outbox

_WAITING = "SELECT act_id, entry FROM core_logentry WHERE position IS NULL ORDER BY act_id LIMIT %s"
_PLACE = """
    UPDATE core_logentry SET position = placed.position, integrated_at = now()
    FROM unnest(%s::bigint[], %s::bigint[]) AS placed (act_id, position)
    WHERE core_logentry.act_id = placed.act_id
"""

log = structlog.get_logger("hengliang.log")


def integrate(ledger: Log) -> int:
    """Append what waits, at most BATCH entries, and give how many. After an error `ledger` must be opened anew."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_WAITING, [BATCH])
        rows: Sequence[tuple[int, bytes]] = cursor.fetchall()
        if not rows:
            return 0
        positions = ledger.append([bytes(entry) for _, entry in rows])
        cursor.execute(_PLACE, [[act for act, _ in rows], list(positions)])
        if cursor.rowcount != len(rows):
            raise RuntimeError("entries left the outbox while they were being placed; is there a second sequencer?")
        tell_logged([act for act, _ in rows])
    return len(rows)


def open_log(keys: DeploymentKeys, disk: DiskStore) -> Log:
    """The log as its single writer has it; begun with an empty checkpoint at the first start.

    Raises LogFault when database and disk are not one history.
    """
    store = PostgresStore(keys.log.name)
    if taken := take_back(store, disk, (keys.log.verifier, *keys.former)):
        log.warning("entries taken back from the copy on disk", entries=taken)
    with transaction.atomic():
        opened = Log(store, keys.log, former_keys=keys.former)
        if store.checkpoint() is None:
            opened.append([])
    return opened


def run(keys: DeploymentKeys, folder: Path, *, stopped: Callable[[], bool], interval: float = INTERVAL) -> None:
    """Integrate until `stopped` says so; leaves with the error that database or log raise."""
    while not _alone():
        if stopped():
            return
        time.sleep(interval)
    store, disk = PostgresStore(keys.log.name), DiskStore(folder)
    ledger = open_log(keys, disk)
    log.info("sequencer ready", origin=keys.log.name, size=ledger.size)
    copied, offered = -1, -OFFER_SECONDS
    while not stopped():
        begun = time.monotonic()
        count = integrate(ledger)
        if due := begun - offered >= OFFER_SECONDS:
            offer(ledger.checkpoint)
            offered = begun
        if due or ledger.size != copied:
            copied = _copied(store, disk)
        if count < BATCH:
            time.sleep(max(0.0, interval - (time.monotonic() - begun)))


def _copied(store: PostgresStore, disk: DiskStore) -> int:
    # A full disk must not stop the log: the database holds it, and the next round tries again.
    try:
        return copy_out(store, disk)
    except (OSError, LogFault) as fault:
        log.error("the copy of the log on disk is behind", reason=str(fault))
        return -1


def _alone() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [LOCK])
        row = cursor.fetchone()
    return bool(row and row[0])
