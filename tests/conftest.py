"""What every test can have. Nothing here starts a server unless a test asks for one."""

import fcntl
import hashlib
import importlib.util
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

import pytest
from hypothesis import HealthCheck, settings

from hengliang.platform.site.database import Addresses, running
from hengliang.platform.site.database.place import place
from hengliang.platform.site.serve.collecting import none_collected

# Tests hold results, not times: a busy machine must not fail them.
settings.register_profile("steady", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("steady")

# One home per run: two runs of one checkout side by side get two servers. xdist workers inherit the choice.
HOME = "HENGLIANG_TEST_HOME"
SLOT = pytest.StashKey[IO[str]]()


def pytest_configure(config: pytest.Config) -> None:
    if HOME in os.environ or "DATABASE_URL" in os.environ:
        return
    mark = hashlib.sha256(os.fsencode(config.rootpath)).hexdigest()[:8]
    for slot in range(100):
        home = Path(tempfile.gettempdir()) / f"hengliang-test-{os.geteuid()}-{mark}-{slot}"
        home.mkdir(mode=0o700, exist_ok=True)
        lock = (home / "run").open("a")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.close()
            continue
        config.stash[SLOT] = lock  # held until the run ends
        os.environ[HOME] = str(home)
        return


def pytest_unconfigure(config: pytest.Config) -> None:
    if lock := config.stash.get(SLOT, None):
        home = Path(os.environ.pop(HOME))
        if not config.getoption("reuse_db", False):
            shutil.rmtree(place(home).cluster, ignore_errors=True)
            shutil.rmtree(home, ignore_errors=True)
        lock.close()


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Iterator[None]:
    """The eight thousand tests and what they import stay: no garbage is looked for among them, as in the product."""
    with none_collected():
        return (yield)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files with slow tests begin first, so that no worker is left alone with one at the end."""
    slow = {item.path for item in items if item.get_closest_marker("slow") or item.get_closest_marker("browser")}
    items.sort(key=lambda item: item.path not in slow)


def chromium() -> str:
    """The path of a Chromium: that of CHROMIUM, else one on the way; empty where there is none."""
    asked = os.environ.get("CHROMIUM", "")
    if asked:
        return asked if Path(asked).exists() else ""
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), "")


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """One Chromium for all tests of a process: its driver can be started only once in a thread."""
    playwright = pytest.importorskip("playwright.sync_api")
    flags = ["--no-sandbox", "--disable-dev-shm-usage"]
    # The sync driver runs a loop in this thread; Django would take the tests' own queries for asynchronous ones.
    with pytest.MonkeyPatch.context() as environment, playwright.sync_playwright() as started:
        environment.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        running = started.chromium.launch(executable_path=chromium(), args=flags)
        yield running
        running.close()


def pytest_runtest_setup(item: pytest.Item) -> None:
    """A test that needs a browser says clearly why it could not run."""
    if item.get_closest_marker("browser") is None:
        return
    if importlib.util.find_spec("playwright") is None:
        pytest.skip("needs a browser: Playwright is not installed (requirements-dev.lock has it)")
    if not chromium():
        pytest.skip("needs a browser: no Chromium here; install the package 'chromium' or set CHROMIUM to its path")


@pytest.fixture(scope="session")
def reference() -> Path:
    """The folder of reference material (data, vectors, third-party examples)."""
    folder = os.environ.get("HENGLIANG_REFERENCE")
    if not folder:
        pytest.skip("HENGLIANG_REFERENCE is not set: the reference material is not here")
    return Path(folder)


@pytest.fixture(scope="session")
def database_server() -> Iterator[Addresses]:
    """A PostgreSQL for the tests: the one of DATABASE_URL, else one server for all workers of this run."""
    home = Path(os.environ.get(HOME, tempfile.gettempdir()))
    with pytest.MonkeyPatch.context() as environment, running(home, volatile=True) as addresses:
        environment.setenv("DATABASE_URL", addresses.owner)
        yield addresses


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    database_server: Addresses, django_db_modify_db_settings_parallel_suffix: None
) -> None:
    """pytest-django reads the settings before any conftest, so the address is put in here, just in time."""
    from django.conf import settings

    from hengliang.platform.site.settings import database

    settings.DATABASES["default"].update(database(database_server.owner))
