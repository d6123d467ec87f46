"""One cluster: made, started, asked whether it answers, given its roles, stopped."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from dataclasses import dataclass
from typing import Any

import psycopg
from psycopg import sql

from hengliang.platform.site.database.binaries import Binaries
from hengliang.platform.site.database.credentials import APP, NAME, OWNER, SUPERUSER, Credentials, url
from hengliang.platform.site.database.errors import StartFailed, WrongMajor
from hengliang.platform.site.database.place import Place
from hengliang.platform.site.database.remains import clear_lock_of_the_dead
from hengliang.platform.site.database.rights import on_new_tables

READY, STARTING = 0, 1  # what pg_isready says
PATIENCE = 60.0  # seconds for a server that does not answer; one that says "starting" gets RECOVERY
RECOVERY = 900.0  # replaying the log after a crash may take minutes
SETTINGS = {
    "listen_addresses": "",
    "max_connections": "100",
    "shared_buffers": "256MB",
    "jit": "off",  # planning time for queries that take milliseconds
    "logging_collector": "on",
    "log_filename": "postgresql-%a.log",
    "log_truncate_on_rotation": "on",
    "log_rotation_age": "1d",
    "log_rotation_size": "0",
    "timezone": "UTC",
}
VOLATILE = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "max_wal_size": "4GB"}


@dataclass(frozen=True, slots=True)
class Cluster:
    """A cluster in its place. `volatile` clusters are for tests: fast, and gone after a power cut."""

    binaries: Binaries
    place: Place
    credentials: Credentials
    volatile: bool = False

    def make(self) -> None:
        """Run `initdb` unless the data are there. A half-made folder of an earlier attempt is thrown away.

        Errors: `StartFailed`, `WrongMajor`.
        """
        if (version := self.place.data / "PG_VERSION").is_file():
            if (written := version.read_text().strip()) != str(self.binaries.major):
                raise WrongMajor(data=self.place.data, written=written, found=self.binaries.version)
            return
        unfinished = self.place.cluster / "data.new"
        shutil.rmtree(unfinished, ignore_errors=True)
        with tempfile.NamedTemporaryFile("w", prefix="password", dir=self.place.cluster) as password:
            password.write(self.credentials.superuser)
            password.flush()
            if self.place.account:
                os.chown(password.name, self.place.account.pw_uid, self.place.account.pw_gid)
            self._call(
                *("initdb", "-D", str(unfinished), "-U", SUPERUSER, "--pwfile", password.name),
                *("--auth=scram-sha-256", "--encoding=UTF8", "--data-checksums"),
                *self._locale(),
                *(("--no-sync",) if self.volatile else ()),
            )
        unfinished.rename(self.place.data)

    def _locale(self) -> tuple[str, ...]:
        # With locale C the trigrams of Chinese text are empty. LC_ALL=C.UTF-8 is set besides.
        if self.binaries.major >= 17:
            return ("--locale-provider=builtin", "--builtin-locale=C.UTF-8")
        return ("--locale=C.UTF-8",)

    def answers(self) -> int:
        """What `pg_isready` says: `READY`, `STARTING`, or anything else for no answer."""
        probe = [self.binaries.program("pg_isready"), "-q", "-h", str(self.place.sockets), "-t", "2"]
        return subprocess.run(probe, **self.place.as_account()).returncode

    def start(self) -> None:
        """Start the server unless it answers, and wait until it does.

        After a kill the first attempts can fail: the dead process's lock file or its last children are
        still there for a moment, so the answer is what counts, not the lock file, and we try again.

        Errors: `StartFailed`.
        """
        begun, reason = time.monotonic(), "it does not answer"
        while (state := self.answers()) != READY:
            waited = time.monotonic() - begun
            if waited > (RECOVERY if state == STARTING else PATIENCE):
                raise StartFailed(step="starting PostgreSQL", reason=reason, log=self.place.logs)
            if state != STARTING:
                clear_lock_of_the_dead(self.place.data)
                try:
                    self._control("start", "-W", "-o", self._options())
                except StartFailed as failure:
                    reason = str(failure.parameters["reason"])
            time.sleep(0.03 if waited < 2 else 0.3)

    def _options(self) -> str:
        places = {"log_directory": str(self.place.logs), "unix_socket_directories": str(self.place.sockets)}
        settings = {**SETTINGS, **places, **(VOLATILE if self.volatile else {})}
        return " ".join(f"-c {name}='{value}'" for name, value in settings.items())

    def stop(self) -> None:
        """Stop the server cleanly: open transactions are rolled back, everything committed is on disk."""
        self._control("stop", "-m", "fast", "-w", "-t", "60")

    def kill(self) -> None:
        """Kill the postmaster without a word, as a crash would (for tests)."""
        os.kill(int((self.place.data / "postmaster.pid").read_text().split()[0]), signal.SIGKILL)

    def establish(self) -> None:
        """Give the cluster its roles and its database; what is there already stays.

        Rights of the app role are set in `template1`, so that test databases have them as well.
        """
        with psycopg.connect(self.address(SUPERUSER, "template1"), autocommit=True) as connection:
            roles = {row[0] for row in connection.execute("SELECT rolname FROM pg_roles")}
            for role, password in ((OWNER, self.credentials.owner), (APP, self.credentials.app)):
                if role not in roles:
                    create = sql.SQL("CREATE ROLE {} LOGIN PASSWORD {}")
                    connection.execute(create.format(sql.Identifier(role), sql.Literal(password)))
            may_create = "CREATEDB" if self.volatile else "NOCREATEDB"  # tests make their own databases
            connection.execute(f"ALTER ROLE {OWNER} {may_create}; GRANT {APP} TO {OWNER}; {on_new_tables()}")
            if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [NAME]).fetchone():
                connection.execute(f"CREATE DATABASE {NAME} OWNER {OWNER}")

    def address(self, role: str, database: str = NAME) -> str:
        """The URL for one of the three roles."""
        secret = self.credentials
        passwords = {SUPERUSER: secret.superuser, OWNER: secret.owner, APP: secret.app}
        return url(role, passwords[role], self.place.sockets, database)

    def _control(self, verb: str, *arguments: str) -> None:
        self._call("pg_ctl", verb, "-s", "-D", str(self.place.data), *arguments)

    def _call(self, program: str, *arguments: str) -> None:
        # Output goes to a file: a pipe would stay open in the server that pg_ctl leaves behind.
        command = [self.binaries.program(program), *arguments]
        with tempfile.TemporaryFile() as output:
            streams: Any = {"stdin": subprocess.DEVNULL, "stdout": output, "stderr": output}
            try:
                code = subprocess.run(command, **streams, **self.place.as_account()).returncode
            except OSError as error:
                raise StartFailed(step=program, reason=str(error), log=self.place.logs) from error
            output.seek(0)
            if code:
                said = output.read().decode(errors="replace").strip() or f"exit {code}"
                raise StartFailed(step=program, reason=said, log=self.place.logs)


def written_by(place: Place) -> int | None:
    """The major version that wrote the data, or None where there are none."""
    version = place.data / "PG_VERSION"
    return int(version.read_text()) if version.is_file() else None
