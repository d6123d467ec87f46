"""Fixtures of the platform's tests."""

from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core.cache import caches
from django.utils import translation
from pytest_django import DjangoDbBlocker
from pytest_django.fixtures import Settings
from whitenoise.middleware import WhiteNoiseMiddleware

from tests.platform.cast import Cast, make_cast
from tests.platform.ground import Ground

# A million rounds a password are for people; the cast has eleven accounts a test.
django_settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# What a file may have standing in its tables before a test's own transaction: the cast, or another world of its own.
STANDING = {"cast", "city"}


@pytest.fixture(autouse=True, scope="session")
def static_files_looked_at_once() -> Iterator[None]:
    """A server reads the list of static files at its start. Every test client is a start: 20 ms, thousands of times."""
    look, found = WhiteNoiseMiddleware.add_files_from_finders, {}

    def once(middleware: Any) -> None:
        if not found:
            look(middleware)
            found.update(middleware.files)
        middleware.files.update(found)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(WhiteNoiseMiddleware, "add_files_from_finders", once)
        yield


@pytest.fixture(scope="module")
def ground(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Ground]:
    """The transaction in which the cast of a file stands."""
    ground = Ground(django_db_blocker)
    yield ground
    ground.leave()


@pytest.fixture
def stand(request: pytest.FixtureRequest, ground: Ground) -> None:
    """Have the cast there before the test's own transaction begins; for other tests the tables are empty."""
    marker = request.node.get_closest_marker("django_db")
    own = {"transactional_db", "live_server", "django_db_reset_sequences"} & set(request.fixturenames)
    if not STANDING & set(request.fixturenames) or own or (marker and marker.kwargs.get("transaction")):
        ground.leave()
    else:
        ground.enter(make_cast)


@pytest.fixture
def _django_db_helper(stand: None, _django_db_helper: None) -> None:
    """The transaction of a test, as a savepoint where the file has one."""


@pytest.fixture
def cast(db: None, ground: Ground) -> Cast:
    """The cast as nobody has changed it yet."""
    return deepcopy(ground.made) if ground.made else make_cast()


@pytest.fixture(autouse=True)
def norms_folder(tmp_path: Path, settings: Settings) -> Path:
    """Each test has a folder of own rules to itself, never the home of whoever runs the tests."""
    settings.NORMS_FOLDER = tmp_path / "norms"
    return tmp_path / "norms"


@pytest.fixture(autouse=True)
def language() -> None:
    """Each test begins in the language of the product, whatever a request before it asked for."""
    translation.activate(django_settings.LANGUAGE_CODE)


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    """What a process counted and keeps for a minute is of the cast of another test, under the same keys."""
    caches["process"].clear()
