"""Damaged readings are refused by name; kept results that do not fit are computed again, never trusted."""

import json
import shutil
from datetime import date
from pathlib import Path

import pytest

from hengliang.norms import norms
from hengliang.readings.errors import StoreDamaged
from hengliang.readings.evaluation.run import evaluate_store
from hengliang.readings.evaluation.settings import Settings
from hengliang.readings.store.layout import digest_of
from hengliang.readings.store.store import Store

SETTINGS = Settings.of(norms, date(2026, 1, 1))


@pytest.fixture
def copied(filled, tmp_path) -> Store:
    shutil.copytree(filled.folder, tmp_path / "store")
    return Store(tmp_path / "store")


def flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(bytes(content))


def files(store: Store, kind: str) -> list[Path]:
    return sorted((store.folder / kind).rglob("*.parquet"))


@pytest.mark.parametrize("kind", ["readings", "topology"])
@pytest.mark.parametrize("resumed", [False, True])
@pytest.mark.parametrize("jobs", [1, 2])
def test_one_bit_is_refused_with_every_file_named(copied, kind, resumed, jobs):
    if resumed:
        evaluate_store(copied, SETTINGS)
    for path in files(copied, kind):
        flip(path)
    with pytest.raises(StoreDamaged, match="Restore") as refused:
        evaluate_store(Store(copied.folder), SETTINGS, jobs=jobs)
    named = refused.value.parameters["files"]
    assert all(str(path.relative_to(copied.folder)) in named for path in files(copied, kind)[:5])


def test_what_was_evaluated_of_sound_partitions_is_kept(copied):
    first = evaluate_store(copied, SETTINGS)
    *_, last = files(copied, "readings")
    sound = last.read_bytes()
    flip(last)
    with pytest.raises(StoreDamaged):
        evaluate_store(copied, SETTINGS)
    last.write_bytes(sound)
    again = evaluate_store(copied, SETTINGS)
    assert (again.resumed, again.nodes) == (4, first.nodes)


def forge(folder: Path) -> list[str]:
    changed = []
    for path in sorted(folder.glob("bucket=*.json")):
        if b'"suspect"' in path.read_bytes():
            path.write_bytes(path.read_bytes().replace(b'"suspect"', b'"good"'))
            changed.append(path.name)
    return changed


def test_a_forged_result_is_computed_again(copied):
    first = evaluate_store(copied, SETTINGS)
    changed = forge(copied.folder / "results" / first.name)
    again = evaluate_store(copied, SETTINGS)
    assert changed
    assert list(again.distrusted) == changed
    assert (again.nodes, again.resumed) == (first.nodes, 4 - len(changed))
    assert evaluate_store(copied, SETTINGS).distrusted == ()


@pytest.mark.parametrize("name", ["prior.json", "batches.json", "bucket=*.facts.npz"])
def test_what_results_rest_on_is_not_trusted_either(copied, name):
    first = evaluate_store(copied, SETTINGS)
    for path in (copied.folder / "results" / first.name).glob(name):
        if path.suffix == ".json":
            text = path.read_text(encoding="utf-8")
            path.write_text(text.replace("0.", "0.9", 1) if "0." in text else "[]", encoding="utf-8")
        else:
            flip(path)
    again = evaluate_store(copied, SETTINGS)
    assert (again.prior, again.nodes, again.batches) == (first.prior, first.nodes, first.batches)


def test_results_of_another_run_are_not_taken_up(copied, tmp_path):
    first = evaluate_store(copied, SETTINGS)
    folder = copied.folder / "results" / first.name
    for path in folder.iterdir():
        if path.name.startswith("bucket="):
            bound = json.loads(path.read_bytes()) if path.suffix == ".bound" else None
            if bound:
                path.write_text(json.dumps({**bound, "source": "0" * 64}), encoding="utf-8")
    again = evaluate_store(copied, SETTINGS)
    assert (again.resumed, again.nodes, len(again.distrusted)) == (0, first.nodes, 4)


def test_what_is_signed_is_computed_in_the_run_that_signs(copied):
    first = evaluate_store(copied, SETTINGS, evidence=True)
    folder = copied.folder / "results" / first.name
    assert forge(folder)
    for path in folder.glob("bucket=*.json"):
        bound = folder / f"{path.name}.bound"
        held = json.loads(bound.read_bytes())
        bound.write_text(json.dumps({**held, "files": {**held["files"], path.name: digest_of(path)}}), encoding="utf-8")
    again = evaluate_store(copied, SETTINGS, evidence=True)
    assert (again.resumed, again.nodes) == (0, first.nodes)
