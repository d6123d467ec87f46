"""Before tables change there is a backup, and whoever meets a failure is told how to go back."""

from pathlib import Path

import psycopg
import pytest

from hengliang.platform.site.backup.archive import checked
from hengliang.platform.site.database import running, state
from hengliang.platform.site.home import set_up
from hengliang.platform.site.serve.errors import HoldsRealData, PreparationFailed, RestoreUnfinished
from hengliang.platform.site.serve.preparation import Preparation

# A database that says nothing has been migrated while a table of the first migration is there.
CONFLICT = "CREATE TABLE django_migrations (id int, app text, name text); CREATE TABLE django_content_type (id int)"


@pytest.fixture
def in_use(home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home with rows of an older version."""
    monkeypatch.setenv("HENGLIANG_HOME", str(home))
    set_up(home)
    with running(home, volatile=True) as addresses, psycopg.connect(addresses.owner) as owner:
        owner.execute(CONFLICT)
    return home


def test_a_failed_upgrade_leaves_a_backup_and_says_so(in_use: Path, capfd: pytest.CaptureFixture[str]) -> None:
    with running(in_use, volatile=True) as addresses:
        with pytest.raises(PreparationFailed, match=r"To go back: hengliang restore .*before-upgrade-.*--force"):
            Preparation(in_use, addresses, lambda line: None).run(demo=False)
        assert state.read(addresses.owner) == {}
    (saved,) = (in_use / "backups").iterdir()
    assert set(checked(saved).parts) == {"database.dump", "home/secret"}
    assert "django_" in capfd.readouterr().err


def test_the_demo_city_never_enters_a_home_in_use(in_use: Path) -> None:
    with running(in_use, volatile=True) as addresses, pytest.raises(HoldsRealData, match="nothing was loaded"):
        Preparation(in_use, addresses, lambda line: None).run(demo=True)
    assert not (in_use / "backups").exists()


def test_half_a_restore_is_not_served(in_use: Path) -> None:
    (in_use / "restore.unfinished").write_text("/safe/saved.tar")
    with running(in_use, volatile=True) as addresses, pytest.raises(RestoreUnfinished, match=r"/safe/saved\.tar"):
        Preparation(in_use, addresses, lambda line: None).run(demo=False)
