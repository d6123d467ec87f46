"""Fixtures of the platform's tests."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.utils import translation
from pytest_django.fixtures import Settings
from whitenoise.middleware import WhiteNoiseMiddleware

from tests.platform.cast import Cast, make_cast

# A million rounds a password are for people; the cast has eleven accounts a test.
django_settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


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


@pytest.fixture
def cast(db: None) -> Cast:
    """The cast, newly in the database."""
    return make_cast()


@pytest.fixture(autouse=True)
def norms_folder(tmp_path: Path, settings: Settings) -> Path:
    """Each test has a folder of own rules to itself, never the home of whoever runs the tests."""
    settings.NORMS_FOLDER = tmp_path / "norms"
    return tmp_path / "norms"


@pytest.fixture(autouse=True)
def language() -> None:
    """Each test begins in the language of the product, whatever a request before it asked for."""
    translation.activate(django_settings.LANGUAGE_CODE)
