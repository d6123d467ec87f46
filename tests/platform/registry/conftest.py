"""What the tests of the ledger begin with."""

from collections.abc import Callable
from typing import Any

import pytest

from hengliang.platform.registry.models import Instrument
from hengliang.platform.registry.services import instrument_accept, instrument_file


@pytest.fixture
def filed(cast) -> Callable[..., Instrument]:
    """File an instrument of the enterprise: `filed(serial_number="A2")`."""

    def file(who: str = "owner", **told: Any) -> Instrument:
        facts = {
            "item": cast.dispenser,
            "owner": cast.enterprise,
            "region": cast.county,
            "purpose": "trade",
            "body": cast.body,
            "place": "1号岛",
            "model": "JYJ-50",
            "manufacturer": "示例仪器厂",
            "serial_number": "A1",
        }
        return instrument_file(actor=cast.actor(who), **(facts | told))

    return file


@pytest.fixture
def in_use(cast, filed) -> Callable[..., Instrument]:
    """File and accept an instrument of the enterprise."""

    def make(**told: Any) -> Instrument:
        made = filed(**told)
        on = told.get("on")
        instrument_accept(actor=cast.actor("authority"), instrument=made, on=on)
        return made

    return make
