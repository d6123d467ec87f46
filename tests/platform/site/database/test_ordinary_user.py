"""The branch without root: the cluster lies in the home and belongs to whoever started it."""

import os
import pwd
import shutil
import subprocess
import tempfile
import traceback
from pathlib import Path

import psycopg
import pytest

from hengliang.platform.site.database import running
from hengliang.platform.site.database.binaries import find


def serve_as(account: pwd.struct_passwd, home: Path) -> None:
    """Become `account` for good, start a server, and note who is asking it."""
    os.setgroups([])
    os.setgid(account.pw_gid)
    os.setuid(account.pw_uid)
    with running(home, volatile=True) as addresses, psycopg.connect(addresses.app) as connection:
        row = connection.execute("SELECT current_user").fetchone()
        (home / "asked").write_text(f"{os.geteuid()} {row}")


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else; as a user all tests do this")
def test_an_ordinary_user_gets_a_server_of_his_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    nobody = pwd.getpwnam("nobody")
    postgres = find().program("postgres")
    if subprocess.run(["test", "-x", postgres], user=nobody.pw_uid, group=nobody.pw_gid).returncode:
        pytest.skip("the environment lies in a folder that an ordinary user cannot read")
    base = Path(tempfile.mkdtemp(prefix="hengliang-user-"))
    os.chown(base, nobody.pw_uid, nobody.pw_gid)
    try:
        child = os.fork()  # the interpreter may lie in root's home, so it cannot be started anew
        if child == 0:
            try:
                serve_as(nobody, base / "home")
            except BaseException:
                (base / "failed").write_text(traceback.format_exc())
            os._exit(0)
        os.waitpid(child, 0)
        assert not (base / "failed").exists(), (base / "failed").read_text()
        assert (base / "home" / "asked").read_text() == f"{nobody.pw_uid} ('hengliang_app',)"
        assert (base / "home" / "database" / "data" / "PG_VERSION").stat().st_uid == nobody.pw_uid
    finally:
        shutil.rmtree(base)
