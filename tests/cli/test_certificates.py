"""`dcc` and `certificate` as people and programs call them, over the files of `examples/`."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from hengliang.cli.main import build
from hengliang.dcc.document import MAX_BYTES

EXAMPLES = Path(__file__).parents[2] / "examples"
FIVE = ("document", "signature", "receipt", "content", "status")


def run(*arguments: object) -> Result:
    return CliRunner().invoke(build(), [str(one) for one in arguments])


def known() -> list[object]:
    key = (EXAMPLES / "certificate-log-key.txt").read_text().strip()
    return ["--key", key, "--anchor", EXAMPLES / "certificate-anchor.pem"]


def test_the_example_is_valid_with_its_anchor_and_indeterminate_without() -> None:
    anchored = run("dcc", "check", EXAMPLES / "dcc.xml", "--anchor", EXAMPLES / "certificate-anchor.pem", "--json")
    assert (anchored.exit_code, json.loads(anchored.stdout)["verdict"]) == (0, "valid")
    alone = run("dcc", "check", EXAMPLES / "dcc.xml", "--json")
    document = json.loads(alone.stdout)
    assert (alone.exit_code, document["verdict"], document["version"]) == (1, "indeterminate", "3.3.0")
    assert set(document["findings"][0]) == {"check", "verdict", "where", "reason"}


def test_a_changed_digit_is_invalid(tmp_path: Path) -> None:
    changed = tmp_path / "changed.xml"
    changed.write_bytes((EXAMPLES / "dcc.xml").read_bytes().replace(b"0.0008", b"0.0007"))
    done = run("dcc", "check", changed, "--json")
    assert (done.exit_code, json.loads(done.stdout)["verdict"]) == (1, "invalid")
    assert "signature" in run("dcc", "check", changed).stdout


def test_show_speaks_both_languages_and_json() -> None:
    assert "检定证书" in run("dcc", "show", EXAMPLES / "dcc.xml").stdout
    assert "Verification certificate" in run("dcc", "show", EXAMPLES / "dcc.xml", "--language", "en").stdout
    document = json.loads(run("dcc", "show", EXAMPLES / "dcc.xml", "--json").stdout)
    assert (document["kind"], document["legal"]["passed"]) == ("verification_certificate", True)


@pytest.mark.parametrize("name", ["dcc.xml", "certificate.pdf"])
def test_certificate_check_lists_its_parts_and_what_stays_open(name: str) -> None:
    done = run("certificate", "check", EXAMPLES / name, *known(), "--json")
    document = json.loads(done.stdout)
    assert (done.exit_code, document["verdict"]) == (0, "valid"), document
    assert {part: document["parts"][part]["verdict"] for part in FIVE} == dict.fromkeys(FIVE, "valid")
    assert document["status"]["standing"] == "stands"
    assert any("not prove that the measurement was right" in one for one in document["limits"])


def test_certificate_check_without_keys_is_indeterminate() -> None:
    done = run("certificate", "check", EXAMPLES / "certificate.pdf")
    assert done.exit_code == 1
    assert "indeterminate" in done.stdout


def test_an_unknown_issuer_is_told_by_the_answer_alone() -> None:
    """In a process of its own: here the tests' own log would take what a library says beside the answer."""
    command = [sys.executable, "-m", "hengliang", "certificate", "check", str(EXAMPLES / "certificate.pdf"), "--json"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert (done.returncode, json.loads(done.stdout)["verdict"], done.stderr) == (1, "indeterminate", "")


def test_bad_input_leaves_with_2(tmp_path: Path) -> None:
    large = tmp_path / "large.xml"
    with large.open("wb") as file:
        file.truncate(500_000_000)
    for command in ("dcc check", "dcc show", "certificate check"):
        assert run(*command.split(), large).exit_code == 2
    nothing = tmp_path / "nothing.xml"
    nothing.write_bytes(b"<a/>")
    assert run("dcc", "show", nothing).exit_code == 2
    assert run("dcc", "check", nothing, "--anchor", nothing).exit_code == 2
    assert large.stat().st_size > MAX_BYTES
