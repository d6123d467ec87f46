"""What the tests of supervision begin with."""

import pytest

from tests.platform.slice import make_instrument


@pytest.fixture
def overdue(cast):
    """Two instruments of the enterprise, overdue since 2020."""
    return [make_instrument(cast, f"HL{n}", cast.scale, "电子计价秤") for n in (1, 2)]
