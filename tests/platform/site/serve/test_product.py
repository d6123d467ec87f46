"""The whole product as an operator has it: started, killed part by part, asked to stop, started again."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from hengliang.platform.site.backup.archive import checked
from hengliang.platform.site.database import running, state
from hengliang.platform.site.database.cluster import READY
from hengliang.platform.site.database.launcher import cluster
from hengliang.platform.site.database.place import place

pytestmark = [pytest.mark.slow, pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")]
PATIENCE = 300.0  # seconds; an idle machine needs fifteen, a crowded one many more


@dataclass
class Served:
    """One run of `hengliang serve` and what it said."""

    home: Path
    port: int
    log: Path
    process: subprocess.Popen[bytes] = field(init=False)

    def start(self) -> None:
        environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        environment |= {"HENGLIANG_HOME": str(self.home), "HENGLIANG_PORT": str(self.port), "HENGLIANG_LOG": "json"}
        with self.log.open("wb") as log:
            command = [sys.executable, "-m", "hengliang", "serve"]
            self.process = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
        until(lambda: "Ctrl-C" in self.log.read_text() or self.process.poll() is not None, self.log)
        assert self.process.poll() is None, self.log.read_text()

    def stop(self, number: int = signal.SIGINT) -> int:
        self.process.send_signal(number)
        return self.process.wait(60)

    def get(self, path: str) -> tuple[int, str]:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=30) as response:
                return response.status, response.read().decode()
        except urllib.error.HTTPError as refusal:
            return refusal.code, ""

    def healthy(self) -> bool:
        try:
            return self.get("/healthz")[0] == 200
        except OSError:
            return False

    def events(self, event: str) -> list[dict[str, Any]]:
        lines = [json.loads(line) for line in self.log.read_text().splitlines() if line.startswith("{")]
        return [line for line in lines if line["event"] == event]

    def processes(self, part: str) -> list[int]:
        return [line["process"] for line in self.events("part started") if line["part"] == part]


def until(true: Callable[[], bool], log: Path) -> None:
    """Wait for something to become true; if it does not, show what the product said."""
    begun = time.monotonic()
    while not true():
        assert time.monotonic() - begun < PATIENCE, log.read_text()
        time.sleep(0.1)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("served")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    product = Served(folder / "home", port, folder / "log")
    product.start()
    yield product
    if product.process.poll() is None:
        product.stop()
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("DATABASE_URL", raising=False)
        shutil.rmtree(place(product.home).cluster, ignore_errors=True)


def test_it_says_that_it_is_well_and_what_it_did(served: Served) -> None:
    until(lambda: json.loads(served.get("/healthz")[1])["worker_seen_seconds_ago"] is not None, served.log)
    said = json.loads(served.get("/healthz")[1])
    assert (said["status"], said["database"]) == ("ok", True)
    assert served.get("/accounts/login/")[0] == 200
    assert 'hengliang_requests_total{method="GET",status="200",view="account_login"} 1.0' in served.get("/metrics")[1]
    (request,) = [line for line in served.events("request") if line["view"] == "account_login"]
    assert (request["status"], request["method"], request["level"]) == (200, "GET", "info")


def test_metrics_are_not_for_strangers(served: Served) -> None:
    asked = urllib.request.Request(f"http://127.0.0.1:{served.port}/metrics", headers={"X-Forwarded-For": "9.9.9.9"})
    with pytest.raises(urllib.error.HTTPError, match="403"):
        urllib.request.urlopen(asked, timeout=30)  # noqa: S310


def test_pages_run_without_the_rights_of_the_owner(served: Served) -> None:
    process = served.processes("web")[-1]
    environment = Path(f"/proc/{process}/environ").read_text()
    assert "DATABASE_URL=postgresql://hengliang_app:" in environment


def test_the_log_is_published_and_checks_from_outside(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    until(lambda: served.get("/log/checkpoint")[0] == 200, served.log)
    assert json.loads(served.get("/healthz")[1])["log"]["size"] is not None
    assert "hengliang_log_size 0.0" in served.get("/metrics")[1]
    assert {path.stat().st_mode & 0o777 for path in (served.home / "keys").iterdir()} == {0o600}
    key = served.get("/log/key")[1].strip()
    for source in (f"http://127.0.0.1:{served.port}/log", str(served.home / "log")):
        command = [sys.executable, "-m", "hengliang", "log", "check", source, "--key", key, "--json"]
        done = subprocess.run(command, capture_output=True, text=True, timeout=120)
        assert json.loads(done.stdout)["verdict"] == "valid", done.stdout + done.stderr


@pytest.mark.parametrize("part", ["web", "worker", "sequencer"])
def test_a_killed_part_comes_back_alone(served: Served, part: str) -> None:
    other = {"web": "worker", "worker": "web", "sequencer": "web"}[part]
    before = len(served.processes(other))
    os.kill(served.processes(part)[-1], signal.SIGKILL)
    count = len(served.processes(part))
    until(lambda: len(served.processes(part)) == count + 1, served.log)
    until(served.healthy, served.log)
    assert len(served.processes(other)) == before


def test_a_killed_database_comes_back(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    cluster(served.home).kill()
    until(lambda: not served.healthy(), served.log)
    until(served.healthy, served.log)
    assert served.get("/log/checkpoint")[0] == 200, "and what was in it is there again"


def test_a_taken_port_is_said_at_once(served: Served) -> None:
    environment = {**os.environ, "HENGLIANG_HOME": str(served.home), "HENGLIANG_PORT": str(served.port)}
    command = [sys.executable, "-m", "hengliang", "serve"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60)
    assert done.returncode == 2
    assert f"Port {served.port} on 127.0.0.1 is in use" in done.stderr


def test_the_demo_city_stays_out_of_a_home_in_use(served: Served) -> None:
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    environment |= {"HENGLIANG_HOME": str(served.home)}
    command = [sys.executable, "-m", "hengliang", "demo", "--port", str(served.port + 1)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120)
    assert done.returncode == 2
    assert "nothing was loaded" in done.stderr


def test_control_c_stops_everything_and_a_second_start_prepares_nothing(
    served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    processes = [served.processes(part)[-1] for part in ("web", "worker", "sequencer")]
    assert served.stop() == 0
    assert cluster(served.home).answers() != READY
    assert not [process for process in processes if Path(f"/proc/{process}").exists()]
    served.start()
    assert "Preparing" not in served.log.read_text()
    assert served.healthy()
    assert served.stop(signal.SIGTERM) == 0


def test_an_upgrade_saves_first(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    with running(served.home) as addresses:
        state.write(addresses.owner, {"schema": "that of an older version"})
    served.start()
    assert "Making a backup before the tables change" in served.log.read_text()
    assert served.stop() == 0
    (saved,) = (served.home / "backups").glob("before-upgrade-*.tar")
    assert checked(saved).state == {"schema": "that of an older version"}
    with running(served.home) as addresses:
        assert state.read(addresses.owner) == {"schema": state.schema_fingerprint()}


def test_a_killed_supervisor_leaves_no_part_behind(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    served.start()
    served.process.kill()
    served.process.wait()
    until(lambda: not served.healthy(), served.log)
    served.start()  # the port is free, and the database that stayed is taken over
    assert served.healthy()
    assert served.stop() == 0
    assert cluster(served.home).answers() != READY
