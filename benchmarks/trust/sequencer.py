"""Outbox commits a second from 16 writers while the sequencer publishes them, beside the same commits without outbox.

    python benchmarks/trust/sequencer.py [--quick]

A fresh embedded server (fsync on), the real tables and triggers, the real sequencer process. Sixteen connections from
four processes, each statement one transaction: an act with its log entry. The floor writes the act alone, with its
trigger silenced for those sessions, into the same server. Lag is measured in the database: from the entry's
transaction to the moment its position was written. First the writers go as fast as they can, which outruns the one
sequencer; then they keep to the rate that is asked of us, 3,000 a second, for which a lag under 2 s is promised.
"""

import argparse
import json
import math
import multiprocessing
import os
import subprocess
import sys
import tempfile
import threading
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg

from hengliang.platform.site.database import running
from hengliang.platform.site.database.launcher import cluster
from hengliang.platform.site.home import set_up
from hengliang.trust.commitment import commit
from hengliang.trust.entries import Entry

PROCESSES, WRITERS = 4, 4
ASKED = 3000  # commits a second of all writers together
ACT = (  # nothing in it comes from outside
    'INSERT INTO core_act (kind, subject_type, subject_id, "on", at, account_name, reason)'
    " VALUES ('instrument_move', 'registry.instrument', %(subject)s, current_date, now(), '', '')"
)
WITH_OUTBOX = (  # nothing in it comes from outside
    f"WITH act AS ({ACT} RETURNING id) INSERT INTO core_logentry (act_id, entry, payload, salt, ledger, ledger_salt)"  # noqa: S608
    " SELECT id, %(entry)s, %(payload)s::jsonb, %(salt)s, %(payload)s::jsonb, %(salt)s FROM act"
)


def rows(count: int, seed: int) -> list[dict[str, object]]:
    """Parameters of `count` acts, made before the clock runs: what perform computes is measured elsewhere."""
    made = []
    for number in range(count):
        payload = {"instrument": f"{seed}-{number}", "ledger": "0" * 64}
        opened = commit(payload)
        entry = Entry(
            "ledger.changed",
            f"registry_instrument:{seed}-{number}",
            None,
            datetime.now(UTC),
            "organisation:1",
            opened.digest.hex(),
        )
        told = json.dumps(payload)
        made.append({"subject": str(number), "entry": entry.to_bytes(), "payload": told, "salt": opened.salt})
    return made


def write(
    address: str, statement: str, mine: list[dict[str, object]], until: float, done: list[int], pause: float
) -> None:
    """One writer: as many commits as there is time for, and none before its turn, `pause` seconds after the other."""
    begun = time.time()
    with psycopg.connect(address, autocommit=True) as connection:
        if statement == ACT:
            connection.execute("SET session_replication_role = replica")
        cursor = connection.cursor()
        for at, row in enumerate(mine):
            if time.time() >= until:
                break
            if (early := begun + at * pause - time.time()) > 0:
                time.sleep(early)
            cursor.execute(statement, row, prepare=True)
            done[0] = at + 1


def process(address: str, statement: str, seed: int, seconds: float, ready: Any, out: Any, rate: float) -> None:
    """Four writers as threads; psycopg waits outside the interpreter's lock. All begin when all rows are made."""
    mine = [rows(int(seconds * 400), seed * WRITERS + one) for one in range(WRITERS)]
    done = [[0] for _ in range(WRITERS)]
    ready.wait()
    until, pause = time.time() + seconds, PROCESSES * WRITERS / rate
    threads = [
        threading.Thread(target=write, args=(address, statement, mine[one], until, done[one], pause))
        for one in range(WRITERS)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    out.put(sum(one[0] for one in done))


def commits(address: str, statement: str, seconds: float, *, rate: float = math.inf) -> float:
    """Commits a second of all writers together, at most `rate`."""
    out: Any = multiprocessing.Queue()
    ready = multiprocessing.Barrier(PROCESSES)
    workers = [
        multiprocessing.Process(target=process, args=(address, statement, one, seconds, ready, out, rate))
        for one in range(PROCESSES)
    ]
    for worker in workers:
        worker.start()
    total = sum(out.get() for _ in workers)
    for worker in workers:
        worker.join()
    return float(total / seconds)


def begun(address: str) -> None:
    """Wait until the sequencer has published its first checkpoint."""
    with psycopg.connect(address, autocommit=True) as connection:
        while not connection.execute("SELECT 1 FROM core_logcheckpoint").fetchone():
            time.sleep(0.1)


def lag(address: str, since: datetime) -> None:
    """Wait until nothing waits, and print how late the entries since `since` got their place."""
    with psycopg.connect(address, autocommit=True) as connection:
        stopped = time.monotonic()
        while connection.execute("SELECT 1 FROM core_logentry WHERE position IS NULL LIMIT 1").fetchone():
            time.sleep(0.05)
        found = connection.execute(
            "SELECT count(*), percentile_cont(0.5) WITHIN GROUP (ORDER BY s), percentile_cont(0.99) WITHIN GROUP"
            " (ORDER BY s), max(s) FROM (SELECT extract(epoch FROM integrated_at - entered_at) AS s"
            " FROM core_logentry WHERE entered_at >= %s) lags",
            [since],
        ).fetchone()
    assert found
    print(
        f"checkpoint lag of {found[0]:,} entries: median {found[1]:.2f} s, 99 % {found[2]:.2f} s, most {found[3]:.2f} s"
    )
    print(f"drained {time.monotonic() - stopped:.1f} s after the last writer stopped")


def prepare(home: Path, owner: str) -> None:
    """Tables and keys."""
    environment = {**os.environ, "DATABASE_URL": owner, "HENGLIANG_HOME": str(home)}
    program = (
        "import django; django.setup(); from pathlib import Path; from django.core.management import call_command;"
        "call_command('migrate', interactive=False, verbosity=0);"
        "from hengliang.platform.core.log.keys import make_keys;"
        f"make_keys(Path({str(home)!r}), 'http://benchmark.example')"
    )
    subprocess.run([sys.executable, "-c", program], env=environment, check=True)


def main() -> None:
    """Floor, then with outbox and sequencer, on one server."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true")
    seconds = 4.0 if parser.parse_args().quick else 15.0
    os.environ["DJANGO_SETTINGS_MODULE"] = "hengliang.platform.site.settings"
    os.environ["HENGLIANG_LOG_LEVEL"] = "WARNING"
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        set_up(home)
        with running(home) as addresses:
            prepare(home, addresses.owner)
            superuser = cluster(home).address("postgres")
            print(f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}; {PROCESSES * WRITERS} writers")
            print(f"floor: acts without outbox row     {commits(superuser, ACT, seconds):>8,.0f} commits/s")
            environment = {**os.environ, "DATABASE_URL": addresses.app, "HENGLIANG_HOME": str(home)}
            command = [sys.executable, "-m", "hengliang.platform.site.serve.sequencer"]
            sequencer = subprocess.Popen(command, env=environment)
            begun(addresses.app)
            for label, rate in (("as fast as they go", math.inf), (f"at {ASKED:,} a second", ASKED)):
                since = datetime.now(UTC)
                found = commits(addresses.app, WITH_OUTBOX, seconds, rate=rate)
                print(f"acts with outbox row and sequencer {found:>8,.0f} commits/s, writers {label}")
                lag(addresses.app, since)
            sequencer.terminate()
            sequencer.wait()


if __name__ == "__main__":
    main()
