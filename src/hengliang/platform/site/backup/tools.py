"""pg_dump and pg_restore of the newest PostgreSQL here; they can read any older server."""

import os
import subprocess
from pathlib import Path

from psycopg.conninfo import conninfo_to_dict, make_conninfo

from hengliang.platform.site.backup.errors import ToolFailed
from hengliang.platform.site.database.binaries import find


def dump(address: str, file: Path) -> None:
    """Dump the database in PostgreSQL's custom format. Errors: `ToolFailed`."""
    _call("pg_dump", address, "--format=custom", "--no-owner", "--no-comments", f"--file={file}")


def load(address: str, file: Path, *, rights: bool) -> None:
    """Load a dump into an empty database, wholly or not at all; `rights` says whether its roles exist here.

    Errors: `ToolFailed`.
    """
    options = ["--single-transaction", "--exit-on-error", "--no-owner"]
    _call("pg_restore", address, *options, *([] if rights else ["--no-privileges"]), str(file))


def _call(tool: str, address: str, *arguments: str) -> None:
    parts = conninfo_to_dict(address)
    password = str(parts.pop("password", "") or "")  # in the environment: arguments can be read by everybody
    command = [find().program(tool), f"--dbname={make_conninfo('', **parts)}", *arguments]
    environment = {"PATH": os.defpath, "LC_ALL": "C.UTF-8", "PGPASSWORD": password}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    if done.returncode:
        raise ToolFailed(tool=tool, reason=done.stderr.strip() or f"exit {done.returncode}")
