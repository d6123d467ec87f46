"""The passwords of one cluster's roles, in a file that only its owner can read."""

import json
import os
import secrets
from dataclasses import asdict, dataclass
from pathlib import Path
from urllib.parse import quote, urlencode

NAME = "hengliang"
SUPERUSER, OWNER, APP = "postgres", "hengliang", "hengliang_app"


@dataclass(frozen=True, slots=True)
class Credentials:
    """Three roles: who made the cluster, who owns the tables, and whom the running product connects as."""

    superuser: str
    owner: str
    app: str


@dataclass(frozen=True, slots=True)
class Addresses:
    """What to put into `DATABASE_URL`: as the owner to change tables, as the app for everything else.

    The app role is no superuser and owns nothing, so row-level security and revoked rights hold against it.
    """

    owner: str
    app: str
    embedded: bool


def passwords(home: Path) -> Path:
    """The file with the passwords of the cluster of `home`."""
    return home / "database.json"


def credentials(home: Path) -> Credentials:
    """The passwords of the cluster of `home`, made at the first call."""
    path = passwords(home)
    if not path.exists():
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        fresh = Credentials(*(secrets.token_urlsafe(24) for _ in range(3)))
        unfinished = path.with_suffix(".new")
        unfinished.unlink(missing_ok=True)
        with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            json.dump(asdict(fresh), file)
        unfinished.rename(path)
    return Credentials(**json.loads(path.read_text()))


def url(role: str, password: str, sockets: Path, database: str = NAME) -> str:
    """The address of `database` over the Unix socket in `sockets`."""
    return f"postgresql://{role}:{quote(password)}@/{database}?{urlencode({'host': str(sockets)})}"
