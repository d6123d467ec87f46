"""Where a home's cluster lies, and as which account its server runs."""

import hashlib
import os
import pwd
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hengliang.platform.site.database.errors import AccountMissing, StartFailed

SYSTEM_ROOT = Path("/var/lib/hengliang")
ACCOUNTS = ("postgres", "nobody")
LONGEST_SOCKET = 100  # bytes; Linux takes 107, macOS 103


@dataclass(frozen=True, slots=True)
class Place:
    """The folders of one cluster, all of our own making, and the account they belong to."""

    cluster: Path
    sockets: Path
    account: pwd.struct_passwd | None
    pointer: Path | None = None  # the file in the home that says where the cluster is, when it is elsewhere

    @property
    def data(self) -> Path:
        """The data folder that `initdb` fills."""
        return self.cluster / "data"

    @property
    def logs(self) -> Path:
        """Where the server writes its log."""
        return self.cluster / "log"

    def as_account(self) -> dict[str, Any]:
        """The arguments with which `subprocess` starts a program as the server's account."""
        environment = {"PATH": os.defpath, "LC_ALL": "C.UTF-8", "TZ": "UTC"}
        if self.account is None:
            return {"env": environment, "cwd": "/"}
        who = {"user": self.account.pw_uid, "group": self.account.pw_gid, "extra_groups": []}
        return {"env": environment, "cwd": "/", **who}

    def prepare(self) -> None:
        """Make the folders, closed to everybody but the account. Folders that were there keep their mode."""
        if self.pointer:
            _open_system_root()
            self.pointer.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            self.pointer.write_text(str(self.cluster))
        owner = self.account.pw_uid if self.account else os.geteuid()
        for folder in (self.cluster, self.logs, self.sockets):
            made = not folder.exists()
            folder.mkdir(parents=True, exist_ok=True)
            if made:
                folder.chmod(0o700)
                if self.account:
                    os.chown(folder, self.account.pw_uid, self.account.pw_gid)
            elif folder.stat().st_uid != owner:  # in a shared /tmp somebody could have been there first
                raise StartFailed(step=f"using {folder}", reason="it belongs to another account", log=self.logs)


def place(home: Path) -> Place:
    """The place of the cluster of `home`.

    An ordinary user's cluster lies in the home. As root it lies below `/var/lib/hengliang`, because the
    server's account must reach it and no folder above the home may be opened for that.

    Errors: `AccountMissing`.
    """
    home = home.absolute()
    mark = hashlib.sha256(os.fsencode(home)).hexdigest()[:12]
    if os.geteuid() == 0:
        pointer = home / "database.at"  # a home that was moved still finds its cluster
        cluster = Path(pointer.read_text()) if pointer.exists() else SYSTEM_ROOT / "clusters" / mark
        return Place(cluster, cluster / "socket", _account(), pointer)
    cluster = home / "database"
    sockets = cluster / "socket"
    if len(os.fsencode(sockets / ".s.PGSQL.5432")) > LONGEST_SOCKET:
        sockets = Path(tempfile.gettempdir()) / f"hengliang-{os.geteuid()}-{mark}"
    return Place(cluster, sockets, None)


def _account() -> pwd.struct_passwd:
    for name in ACCOUNTS:
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise AccountMissing(accounts=", ".join(ACCOUNTS))


def _open_system_root() -> None:
    for folder in (SYSTEM_ROOT, SYSTEM_ROOT / "clusters"):
        if not folder.exists():
            folder.mkdir(parents=True, exist_ok=True)
            folder.chmod(0o755)  # ours, just made: a strict umask would shut the server's account out
