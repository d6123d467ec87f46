"""An evaluation is the same to the last bit, here, on processes, on a cluster, and after a worker was killed."""

import os
import signal
import threading
import time
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from hengliang.norms import norms
from hengliang.readings.errors import EvaluationRefused, PartitionFailed
from hengliang.readings.evaluation.learning import Draw, draw_partition
from hengliang.readings.evaluation.partition import Task, evaluate_partition
from hengliang.readings.evaluation.run import evaluate_store
from hengliang.readings.evaluation.settings import Settings
from hengliang.readings.store.store import Store

ON = date(2026, 1, 1)
SETTINGS = Settings.of(norms, ON)


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.rglob("bucket=*.json")}


@pytest.fixture(scope="module")
def serial(filled, tmp_path_factory):
    folder = tmp_path_factory.mktemp("serial")
    return evaluate_store(filled, SETTINGS, results=folder), contents(folder)


def test_the_slow_meter_is_suspect_and_the_node_without_master_says_nothing(serial):
    evaluation, _ = serial
    first, second = evaluation.nodes
    states = {meter["meter"]: meter["state"] for meter in first["meters"]}
    assert states.pop("T001-07") == "suspect"
    assert set(states.values()) == {"good"}
    assert second["state"] == "undeterminable"
    assert {meter["state"] for meter in second["meters"]} == {"undeterminable"}
    assert all(meter["error"] is None for meter in second["meters"])
    (slow,) = [meter for meter in first["meters"] if meter["meter"] == "T001-07"]
    assert slow["error"] == pytest.approx(-0.06, abs=3 * (slow["u_stat"] ** 2 + slow["u_gauge"] ** 2) ** 0.5)


def test_processes_give_the_same_bytes(filled, serial, tmp_path):
    evaluation = evaluate_store(filled, SETTINGS, jobs=2, results=tmp_path)
    assert contents(tmp_path) == serial[1]
    assert evaluation.nodes == serial[0].nodes


def test_an_interrupted_run_resumes(filled, serial, tmp_path):
    first = evaluate_store(filled, SETTINGS, results=tmp_path)
    (tmp_path / first.name / "bucket=01.json").unlink()
    seen = []
    again = evaluate_store(filled, SETTINGS, results=tmp_path, progress=lambda done, whole: seen.append((done, whole)))
    assert again.resumed == 3
    assert seen == [(3, 4), (4, 4)]
    assert contents(tmp_path) == serial[1]


def test_other_settings_are_another_run(filled, serial, tmp_path):
    other = evaluate_store(filled, replace(SETTINGS, limit=0.08), results=tmp_path)
    assert other.name != serial[0].name
    assert {meter["state"] for meter in other.nodes[0]["meters"]} == {"good"}


def test_a_partition_that_fails_is_named(filled, tmp_path):
    task = Task(str(filled.folder), 0, replace(SETTINGS, domain="tea"), str(tmp_path / "x.json"))
    with pytest.raises(PartitionFailed, match=r"bucket 0\d"):
        for bucket in range(filled.buckets):
            evaluate_partition(Task(task.folder, bucket, task.settings, task.target))


def test_a_worker_with_other_software_computes_nothing(filled, tmp_path):
    task = Task(str(filled.folder), 0, SETTINGS, str(tmp_path / "x.json"), software="0.0.1")
    for work in (evaluate_partition, lambda one: draw_partition(Draw(one, 1, str(tmp_path / "x.npz")))):
        with pytest.raises(PartitionFailed, match=r"not 0\.0\.1: install the same"):
            work(task)
    assert not list(tmp_path.iterdir())


def test_an_empty_store_has_nothing_to_evaluate(tmp_path):
    with pytest.raises(EvaluationRefused, match="empty"):
        evaluate_store(Store.create(tmp_path / "store"), SETTINGS)


def test_periods_shorter_than_the_readings_are_refused(filled, tmp_path):
    with pytest.raises(EvaluationRefused, match="--interval 1h"):
        evaluate_store(filled, replace(SETTINGS, interval=900), results=tmp_path)


@pytest.fixture(scope="module")
def cluster():
    distributed = pytest.importorskip("distributed", reason="the extra `cluster` is not installed")
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, silence_logs=50
    ) as running:
        yield running


def test_a_cluster_gives_the_same_bytes_with_a_worker_killed(filled, serial, tmp_path, cluster):
    from distributed import Client

    with Client(cluster.scheduler_address) as client:
        victim = next(iter(client.run(os.getpid).values()))
    killer = threading.Timer(0.5, os.kill, (victim, signal.SIGKILL))
    killer.start()
    evaluation = evaluate_store(filled, SETTINGS, cluster=cluster.scheduler_address, results=tmp_path)
    killer.join()
    assert contents(tmp_path) == serial[1]
    assert evaluation.nodes == serial[0].nodes
    # The kill may have come after the last partition: the cluster replaces the worker and serves again.
    time.sleep(1)
    again = tmp_path / "again"
    evaluate_store(filled, SETTINGS, cluster=cluster.scheduler_address, results=again)
    assert contents(again) == serial[1]


def test_no_scheduler_is_said_in_words(filled, tmp_path):
    pytest.importorskip("distributed", reason="the extra `cluster` is not installed")
    with pytest.raises(EvaluationRefused, match="no Dask scheduler answers"):
        evaluate_store(filled, SETTINGS, cluster="tcp://127.0.0.1:1", results=tmp_path)
