"""The gate of a home under preparation: who comes waits, until it is opened or its keeper is gone."""

import subprocess
import sys
import time
from pathlib import Path

from hengliang.platform.site.serve import gate

PASSES = "import sys; from pathlib import Path; from hengliang.platform.site.serve import gate; {}; print('through')"


def _passer(home: Path, act: str = "gate.pass_through(Path(sys.argv[1]))") -> subprocess.Popen[str]:
    return subprocess.Popen([sys.executable, "-c", PASSES.format(act), str(home)], stdout=subprocess.PIPE, text=True)


def test_a_home_without_a_gate_is_entered_at_once(tmp_path: Path) -> None:
    gate.pass_through(tmp_path)
    assert not list(tmp_path.iterdir())


def test_nobody_passes_while_it_is_shut(tmp_path: Path) -> None:
    with gate.shut(tmp_path):
        passer = _passer(tmp_path)
        time.sleep(1)
        assert passer.poll() is None
    assert passer.communicate(timeout=60)[0] == "through\n"


def test_a_killed_keeper_leaves_it_open(tmp_path: Path) -> None:
    keeps = "import time; g = gate.shut(Path(sys.argv[1])); g.__enter__(); print('shut', flush=True); time.sleep(60)"
    keeper = _passer(tmp_path, keeps)
    assert keeper.stdout
    assert keeper.stdout.readline() == "shut\n"
    keeper.kill()
    keeper.wait()
    assert _passer(tmp_path).communicate(timeout=60)[0] == "through\n"
