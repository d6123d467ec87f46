"""A deployment with keys and a log, and a region to act on."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

import psycopg
import pytest
from django.db import connection

from hengliang.platform.core.acts import perform
from hengliang.platform.core.log.keys import DeploymentKeys, keys, make_keys
from hengliang.platform.core.log.sequencer import integrate, open_log
from hengliang.platform.core.models import Region, RegionVersion, begin
from hengliang.platform.core.rights import Actor
from hengliang.platform.site.database.launcher import cluster
from hengliang.platform.site.home import set_up
from hengliang.trust.disk import DiskStore

MORNING = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
DAY = date(2026, 3, 2)


def region(code: str, at: datetime = MORNING) -> Region:
    """A region, entered by an act."""
    with perform(Actor.system("test", at), "region_enter", on=DAY) as act:
        act.subject = made = Region.objects.create(act=act, level=2)
        begin(RegionVersion, act=act, on=DAY, region=made, code=code, name=f"区域{code}")
        act.content = {"code": code}
    return made


@contextmanager
def superuser() -> Iterator[psycopg.Cursor]:
    """The database's superuser, with every trigger asleep. Skips on a server that is not ours."""
    if not (home := os.environ.get("HENGLIANG_TEST_HOME")):
        pytest.skip("DATABASE_URL names a server whose superuser we are not")
    address = cluster(Path(home), volatile=True).address("postgres")
    name = connection.settings_dict["NAME"]
    with psycopg.connect(address, dbname=name, autocommit=True) as opened, opened.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        yield cursor


@pytest.fixture(scope="session")
def home_with_keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with its keys as they are made, to be copied: making them takes most of a second."""
    home = tmp_path_factory.mktemp("keys") / "home"
    set_up(home)
    make_keys(home, "http://metrology.example")
    return home


@pytest.fixture
def held(home_with_keys: Path, tmp_path: Path, settings: object) -> DeploymentKeys:
    """The keys of a fresh home."""
    shutil.copytree(home_with_keys, tmp_path / "home")
    settings.HOME = tmp_path / "home"  # type: ignore[attr-defined]
    made = keys()
    assert made is not None
    return made


@pytest.fixture
def disk(tmp_path: Path) -> DiskStore:
    """The copy of the log on disk."""
    return DiskStore(tmp_path / "log")


@pytest.fixture
def sequence(held: DeploymentKeys, disk: DiskStore, db: None) -> Callable[[], int]:
    """Take up all that waits, as the sequencer does after a start; gives how many entries."""

    def run() -> int:
        opened, total = open_log(held, disk), 0
        while count := integrate(opened):
            total += count
        return total

    return run
