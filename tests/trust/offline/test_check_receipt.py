"""The stand-alone Python checker: small, without packages, and of one mind with the product."""

import ast
import hashlib
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from hengliang.trust.draw_file import read_draw_file, replay
from hengliang.trust.errors import TrustError
from hengliang.trust.notes import VerifierKey
from hengliang.trust.offline import check_receipt as offline
from hengliang.trust.receipt import LIMITS, read_receipt
from hengliang.trust.receipt_check import LogPolicy, check_receipt
from hengliang.trust.verdicts import Indeterminate
from tests.trust.conftest import NOON
from tests.trust.offline.conftest import Case

SCRIPT = Path(offline.__file__)


def ask(case: Case, content: bytes | None = None, quorum: int = 0) -> dict:
    read = (
        [offline.read_key(one) for one in case.log_keys],
        [offline.read_key(one) for one in case.witness_keys],
    )
    return offline.answer(case.content if content is None else content, *read, quorum)


def test_is_small_and_imports_the_standard_library_only() -> None:
    source = SCRIPT.read_text()
    assert len(source.splitlines()) <= 250
    imported = {
        (node.module if isinstance(node, ast.ImportFrom) else node.names[0].name).split(".")[0]
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Import | ast.ImportFrom)
    }
    assert imported <= sys.stdlib_module_names
    assert not imported & {"urllib", "http", "socket", "ssl", "subprocess"}


def test_runs_alone_from_anywhere(receipt_case: Case, tmp_path: Path) -> None:
    alone = tmp_path / "check_receipt.py"
    alone.write_bytes(SCRIPT.read_bytes())
    command = [sys.executable, "-I", "-S", alone, receipt_case.write(tmp_path / "r.json"), "--quorum", "2"]
    command += ["--log", receipt_case.log_keys[0]]
    for key in receipt_case.witness_keys:
        command += ["--witness", key]
    done = subprocess.run(command, capture_output=True, cwd="/", check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    found = json.loads(done.stdout)
    assert found["verdict"] == "valid"
    assert set(found["parts"]) == {"signature", "inclusion", "content", "witnesses", "status"}
    assert "stands as of size 300" in found["parts"]["status"]["reason"]
    assert found["limits"] == list(LIMITS)


def test_exit_codes(receipt_case: Case, tmp_path: Path) -> None:
    good, bad = receipt_case.write(tmp_path / "r.json"), tmp_path / "bad.json"
    bad.write_bytes(b"{}")
    run = [sys.executable, SCRIPT]
    assert subprocess.run([*run, good], capture_output=True, check=False).returncode == 1
    assert subprocess.run([*run, bad], capture_output=True, check=False).returncode == 2


def test_draw_is_run_again(draw_case: Case) -> None:
    found = ask(draw_case)
    assert found["verdict"] == "valid", found
    assert found["parts"]["draw"]["verdict"] == found["parts"]["order"]["verdict"] == "valid"


def test_another_outcome_is_invalid(draw_case: Case) -> None:
    fields = json.loads(draw_case.content)
    fields["drawn"]["drawn"] = fields["drawn"]["drawn"][::-1]
    assert ask(draw_case, json.dumps(fields).encode())["parts"]["draw"]["verdict"] == "invalid"


def test_a_drand_round_whose_signature_nobody_checked_is_indeterminate(drand_case: Case) -> None:
    found = ask(drand_case)
    assert (found["verdict"], found["parts"]["draw"]["verdict"]) == ("indeterminate", "valid")
    assert "BLS" in found["parts"]["value"]["reason"]
    trusted = (drand_case.log_keys, drand_case.witness_keys)
    policy = LogPolicy(*([VerifierKey.parse(line) for line in lines] for lines in trusted))
    again = replay(read_draw_file(drand_case.content), policy, now=NOON)
    assert isinstance(again.overall, Indeterminate)
    assert "BLS" in again.overall.reason


def test_without_keys_it_is_indeterminate(receipt_case: Case) -> None:
    assert ask(Case(receipt_case.content, [], []))["verdict"] == "indeterminate"
    assert ask(receipt_case, quorum=3)["verdict"] == "indeterminate"


def test_never_valid_where_the_product_says_otherwise(receipt_case: Case, draw_case: Case, flip: Callable) -> None:
    keys = [[VerifierKey.parse(one) for one in names] for names in (receipt_case.log_keys, receipt_case.witness_keys)]
    for case, quorum in ((receipt_case, 2), (draw_case, 1)):
        policy = LogPolicy(*keys, quorum=quorum)
        for at in range(0, len(case.content), 11):
            changed = flip(case.content, at)
            try:
                ours = (
                    check_receipt(read_receipt(changed), policy, now=NOON)
                    if case is receipt_case
                    else replay(read_draw_file(changed), policy, now=NOON)
                ).overall.word
            except TrustError:
                ours = "refused"
            try:
                theirs = ask(case, changed, quorum)["verdict"]
            except ValueError:
                theirs = "refused"
            # Apart from `ours` refusing form (canonical JSON, names of witnesses to the dice), they agree.
            assert theirs != "valid" or ours in ("valid", "refused"), (at, ours, theirs)


# RFC 8032, 7.1, TEST 1 to 3.
RFC_8032 = [
    (
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
        "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    ),
    (
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
        "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    ),
    (
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
        "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
    ),
]


@pytest.mark.parametrize(("key", "message", "signature"), RFC_8032)
def test_own_ed25519_on_rfc_8032(key: str, message: str, signature: str, flip: Callable) -> None:
    given = [bytes.fromhex(one) for one in (key, message, signature)]
    assert offline.ed25519_ok(*given)
    assert not offline.ed25519_ok(given[0], given[1] + b"x", given[2])
    for at in (0, 31, 32, 63):
        assert not offline.ed25519_ok(given[0], given[1], flip(given[2], at))


def test_own_ed25519_accepts_what_openssl_signs_and_refuses_malleable_forms() -> None:
    for number in range(20):
        key = Ed25519PrivateKey.from_private_bytes(hashlib.sha256(bytes([number])).digest())
        public, message = key.public_key().public_bytes_raw(), bytes([number]) * number
        signature = key.sign(message)
        assert offline.ed25519_ok(public, message, signature)
        shifted = int.from_bytes(signature[32:], "little") + offline.ORDER
        assert not offline.ed25519_ok(public, message, signature[:32] + shifted.to_bytes(32, "little"))
    assert not offline.ed25519_ok(b"\xff" * 32, b"", bytes(64))
    assert not offline.ed25519_ok(bytes(31) + b"\x80", b"", bytes(64))


def test_hostile_draw_ends(draw_case: Case) -> None:
    fields = json.loads(draw_case.content)
    receipt = json.loads(fields["committed"])
    payload = json.loads(receipt["payload"])
    payload["per_object"] = 10**9
    receipt["payload"] = json.dumps(payload)
    fields["committed"] = json.dumps(receipt)
    with pytest.raises(ValueError, match="too few"):
        ask(draw_case, json.dumps(fields).encode())


@pytest.mark.parametrize("line", ["", "a+b+c", "log.hangzhou.example+00000000+AXf="])
def test_malformed_key_is_refused(line: str) -> None:
    with pytest.raises(ValueError):
        offline.read_key(line)
