"""The folder that holds what a deployment keeps: its secret, attachments, static files, backups, cluster."""

import os
import secrets
from pathlib import Path


def home() -> Path:
    """`HENGLIANG_HOME`, else `.hengliang` in the user's own folder; always absolute."""
    return Path(os.environ.get("HENGLIANG_HOME") or Path.home() / ".hengliang").absolute()


def set_up(folder: Path) -> None:
    """Make the home, closed to everybody else, and the secret that signs cookies and tokens."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    secret = folder / "secret"
    if not secret.exists():
        unfinished = folder / f"secret.{os.getpid()}"
        unfinished.touch(mode=0o600)
        unfinished.write_text(secrets.token_urlsafe(48))
        unfinished.rename(secret)
