"""What the tests of exchange begin with: e-CQS beside the city, its body taking part."""

from collections.abc import Callable
from typing import Any

import pytest

from hengliang.platform.exchange.models import OutsideSystem
from hengliang.platform.exchange.services import system_enter
from hengliang.platform.registry.models import Instrument
from hengliang.platform.registry.services import instrument_accept, instrument_file


@pytest.fixture(autouse=True)
def store(settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


def connect(cast: Any, code: str = "ecqs", **told: Any) -> OutsideSystem:
    """A system of the city."""
    facts = {
        "name": "全国强检平台", "kind": "national", "owner": cast.authority, "region": cast.city,
        "profile": "ecqs-sheet", "adapter": "sheet_file", "bodies": [cast.body],
    }  # fmt: skip
    return system_enter(actor=cast.actor("authority"), code=code, **(facts | told))


@pytest.fixture
def ecqs(cast) -> OutsideSystem:
    """e-CQS, by files."""
    return connect(cast)


@pytest.fixture
def in_use(cast) -> Callable[..., Instrument]:
    """File and accept an instrument of the enterprise, as the good row of `files` has it."""

    def make(**told: Any) -> Instrument:
        facts = {
            "item": cast.dispenser, "owner": cast.enterprise, "region": cast.county, "purpose": "trade",
            "body": cast.body, "place": "1号岛", "model": "JYJ-50", "manufacturer": "示例仪器厂",
            "serial_number": "A1", "name": "加油机",
        }  # fmt: skip
        made = instrument_file(actor=cast.actor("owner"), **(facts | told))
        instrument_accept(actor=cast.actor("authority"), instrument=made)
        return made

    return make
