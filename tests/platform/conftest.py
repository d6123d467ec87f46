"""Fixtures of the platform's tests."""

import pytest

from tests.platform.cast import Cast, make_cast


@pytest.fixture
def cast(db: None) -> Cast:
    """The cast, newly in the database."""
    return make_cast()
