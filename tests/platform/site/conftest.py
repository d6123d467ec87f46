import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from hengliang.platform.site.database.place import place


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A home of its own, whose cluster goes with the test; no address is given from outside."""
    monkeypatch.delenv("DATABASE_URL", raising=False)
    yield tmp_path / "home"
    shutil.rmtree(place(tmp_path / "home").cluster, ignore_errors=True)
