"""Gives a home its database: `DATABASE_URL` if it is set, else the embedded server, shared by its users."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from hengliang.platform.site.database.binaries import copied, find
from hengliang.platform.site.database.cluster import Cluster, written_by
from hengliang.platform.site.database.credentials import APP, OWNER, Addresses, credentials, passwords
from hengliang.platform.site.database.errors import PasswordsLost
from hengliang.platform.site.database.place import SYSTEM_ROOT, place


def cluster(home: Path, *, volatile: bool = False) -> Cluster:
    """The cluster of `home`, made or not, running or not.

    Errors: `BinariesMissing`, `AccountMissing`, `PasswordsLost`.
    """
    where = place(home)
    found = find()
    written = written_by(where)
    if written and written != found.major:
        found = find(written)
    if written and not passwords(home).exists():
        raise PasswordsLost(data=where.cluster, passwords=passwords(home))
    where.prepare()
    if where.account:
        found = copied(found, SYSTEM_ROOT)
    return Cluster(found, where, credentials(home), volatile)


@contextmanager
def running(home: Path, *, volatile: bool = False) -> Iterator[Addresses]:
    """The addresses of a server that answers for as long as the block lasts.

    Several processes may use one home at once: each holds a shared lock, the first starts the server, and
    the last, who finds nobody else holding it, stops it. A killed process's lock is freed by the kernel.

    Errors: `DatabaseUnavailable`.
    """
    if given := os.environ.get("DATABASE_URL"):
        yield Addresses(os.environ.get("HENGLIANG_OWNER_URL", given), given, embedded=False)
        return
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (home / "database.users").open("a") as users:
        with _alone(home):
            fcntl.flock(users, fcntl.LOCK_SH)
            server = cluster(home, volatile=volatile)
            server.make()
            server.start()
            server.establish()
        try:
            yield Addresses(server.address(OWNER), server.address(APP), embedded=True)
        finally:
            with _alone(home):
                _stop_if_last(server, users)


def _stop_if_last(server: Cluster, users: IO[str]) -> None:
    with suppress(BlockingIOError):  # somebody else still uses it
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
        server.stop()


@contextmanager
def _alone(home: Path) -> Iterator[None]:
    with (home / "database.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
