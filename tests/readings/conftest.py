"""A small utility for the tests: two districts, hourly registers, one slow meter."""

from pathlib import Path

import pytest

from hengliang.readings.importing import import_files
from hengliang.readings.store.store import Store

EXAMPLE = Path(__file__).parents[2] / "examples" / "readings"


@pytest.fixture
def example() -> Path:
    """The folder of raw files that the commands are shown with."""
    return EXAMPLE


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """A store that holds the example; tests must not write to it."""
    store = Store.create(tmp_path_factory.mktemp("filled") / "store", buckets=4)
    import_files([EXAMPLE], store)
    return store


def put(store: Store, folder: Path, text: str, name: str = "a.csv", **said: object):
    """Import one CSV text."""
    (folder / name).write_text(text, encoding="utf-8")
    return import_files([folder / name], store, said=said)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """An empty store."""
    return Store.create(tmp_path / "store", buckets=2)
