"""`hengliang balance nozzles` and `compare`: verdicts, exit codes, refusals."""

import json
from pathlib import Path

import pytest
import yaml
from typer.testing import CliRunner

from hengliang.cli.main import build

EXAMPLES = Path(__file__).parents[2] / "examples"
STATION = {"limit": 0.003, "nozzles": {"1": [0.001, 0.0012], "2": [-0.0011], "3": [0.0004], "4": [-0.0006]}}
POINT = {"limit": 0.002, "tan_phi": 0.33, "energies": [[1000.0 + at % 3, 1000.0 + at % 3] for at in range(12)]}


def run(tmp_path: Path, command: str, data: object) -> tuple[int, str, str]:
    file = tmp_path / "given.yaml"
    file.write_text(data if isinstance(data, str) else yaml.safe_dump(data))
    done = CliRunner().invoke(build(), ["balance", command, str(file), "--json"])
    return done.exit_code, done.stdout, done.stderr


def test_a_station_whose_nozzles_all_give_short_is_suspect():
    done = CliRunner().invoke(build(), ["balance", "nozzles", str(EXAMPLES / "nozzles.yaml"), "--json"])
    told = json.loads(done.stdout)
    assert (done.exit_code, told["state"], told["reason"]["code"]) == (1, "suspect", "one_sided")
    assert told["mean"] == pytest.approx(0.00209, abs=5e-6)
    assert len(told["nozzles"]) == 8


def test_errors_to_both_sides_are_good(tmp_path):
    code, out, _err = run(tmp_path, "nozzles", STATION)
    told = json.loads(out)
    assert (code, told["state"]) == (0, "good")
    assert told["nozzles"][0] == {"nozzle": "1", "error": pytest.approx(0.0011), "tests": 2}


def test_a_check_set_that_agrees_is_good_with_known_errors_taken_off():
    done = CliRunner().invoke(build(), ["balance", "compare", str(EXAMPLES / "main-check.yaml"), "--json"])
    told = json.loads(done.stdout)
    assert (done.exit_code, told["state"], told["periods"]) == (0, "good", 24)
    # by hand: 0.0004 - 0.0003 - 2.0 x (pi / 10800) x 0.33
    assert told["combined_error"]["main"] == pytest.approx(-9.2e-5, abs=5e-7)
    assert abs(told["difference"]) < 2e-5


def test_a_main_set_that_is_off_is_suspect(tmp_path):
    off = POINT | {"energies": [[main * 1.005, check] for main, check in POINT["energies"]]}
    code, out, _err = run(tmp_path, "compare", off)
    assert (code, json.loads(out)["reason"]["code"]) == (1, "check_disagrees")


@pytest.mark.parametrize(
    ("command", "data", "says"),
    [
        ("nozzles", STATION | {"limit": 0}, "limit is 0; it must be above zero"),
        ("nozzles", STATION | {"nozzle": 1}, "unknown key 'nozzle'"),
        ("nozzles", STATION | {"nozzles": {"1": ["a"]}}, "nozzles 1[0] is 'a'; it must be a number"),
        ("nozzles", STATION | {"nozzles": {"1": [0.001]}}, "4"),
        ("nozzles", STATION | {"favours": "seller"}, "choose one of positive, negative"),
        ("nozzles", "- just\n- a list", "must be a mapping"),
        ("compare", POINT | {"energies": [[1.0], *POINT["energies"]]}, "energies[0] must hold two numbers"),
        ("compare", POINT | {"main": {"ratio": 0.1}}, "unknown key 'ratio' in main"),
        ("compare", POINT | {"energies": [[float("nan"), 1.0]] * 12}, "energies[0][0] is nan"),
        ("compare", {k: v for k, v in POINT.items() if k != "tan_phi"}, "tan_phi is None"),
    ],
)
def test_what_is_not_usable_is_refused_with_the_place(tmp_path, command, data, says):
    code, out, err = run(tmp_path, command, data)
    assert (code, out) == (2, "")
    assert says in err
