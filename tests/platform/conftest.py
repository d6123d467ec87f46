"""Fixtures of the platform's tests."""

import pytest
from django.conf import settings
from django.utils import translation

from tests.platform.cast import Cast, make_cast

# A million rounds a password are for people; the cast has eleven accounts a test.
settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def cast(db: None) -> Cast:
    """The cast, newly in the database."""
    return make_cast()


@pytest.fixture(autouse=True)
def language() -> None:
    """Each test begins in the language of the product, whatever a request before it asked for."""
    translation.activate(settings.LANGUAGE_CODE)
