"""What the tests of supervision begin with."""

import pytest

from tests.platform.slice import equip, make_instrument


@pytest.fixture
def overdue(cast):
    """Two instruments of the enterprise, overdue since 2020, that their body could verify if it were asked."""
    equip(cast, cast.scale)
    return [make_instrument(cast, f"HL{n}", cast.scale, "电子计价秤") for n in (1, 2)]
