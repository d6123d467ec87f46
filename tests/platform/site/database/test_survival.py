"""Kill the server in the middle of its work: whatever it acknowledged is there afterwards."""

import threading
from pathlib import Path

import psycopg

from hengliang.platform.site.database import running
from hengliang.platform.site.database.launcher import cluster

ENOUGH = 2000  # commits before the kill


def commit_until_cut_off(address: str, acknowledged: list[int], enough: threading.Event) -> None:
    """Insert and commit one row after another, noting each that the server acknowledged."""
    try:
        with psycopg.connect(address, autocommit=True) as connection:
            for number in range(10_000_000):
                connection.execute("INSERT INTO reading (n) VALUES (%s)", [number])
                acknowledged.append(number)
                if number == ENOUGH:
                    enough.set()
    except psycopg.OperationalError:
        return


def test_every_acknowledged_row_survives_a_killed_server(home: Path) -> None:
    with running(home) as addresses:
        with psycopg.connect(addresses.owner) as owner:
            owner.execute("CREATE TABLE reading (n bigint PRIMARY KEY)")
        acknowledged: list[int] = []
        enough = threading.Event()
        load = threading.Thread(target=commit_until_cut_off, args=(addresses.app, acknowledged, enough), daemon=True)
        load.start()
        assert enough.wait(120)
        cluster(home).kill()
        load.join(30)
        assert not load.is_alive()

        cluster(home).start()
        with psycopg.connect(addresses.app) as connection:
            present = {row[0] for row in connection.execute("SELECT n FROM reading")}
        assert len(acknowledged) > ENOUGH
        assert set(acknowledged) <= present
        assert len(present) - len(acknowledged) <= 1  # one may have been written and not yet acknowledged
