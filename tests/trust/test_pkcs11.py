"""A hardware module, played by SoftHSM 2: the key is made outside, imported, and signs inside."""

import shutil
import subprocess
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from hengliang.trust.checkpoint import Checkpoint, open_checkpoint, sign_checkpoint
from hengliang.trust.errors import KeyRefused, MechanismUnavailable
from hengliang.trust.keys import NoteKey, SoftwareKey
from hengliang.trust.pkcs11 import HardwareKey

MODULES = [
    Path("/usr/lib/softhsm/libsofthsm2.so"),
    Path("/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so"),
    Path("/usr/lib/aarch64-linux-gnu/softhsm/libsofthsm2.so"),
]
MODULE = next((path for path in MODULES if path.exists()), None)
pytestmark = pytest.mark.skipif(
    MODULE is None or not shutil.which("softhsm2-util"), reason="SoftHSM 2 is not installed (apt: softhsm2)"
)


@pytest.fixture(scope="module")
def token(tmp_path_factory: pytest.TempPathFactory) -> dict[str, SoftwareKey]:
    """A token with an ECDSA and an Ed25519 key; a process loads the module once, so all tests share it."""
    home = tmp_path_factory.mktemp("hsm")
    (home / "tokens").mkdir()
    (home / "softhsm2.conf").write_text(f"directories.tokendir = {home / 'tokens'}\n")
    patch = pytest.MonkeyPatch()
    patch.setenv("SOFTHSM2_CONF", str(home / "softhsm2.conf"))
    _util("--init-token", "--free", "--label", "authority", "--so-pin", "87654321", "--pin", "1234")
    made = {"issue": SoftwareKey.generate("ecdsa-p256-sha256"), "log": SoftwareKey.generate("ed25519")}
    for number, (label, key) in enumerate(made.items()):
        pem = home / f"{label}.pem"
        form = serialization.PrivateFormat.PKCS8
        pem.write_bytes(key.private_key().private_bytes(serialization.Encoding.PEM, form, serialization.NoEncryption()))
        _util("--import", pem, "--token", "authority", "--label", label, "--id", f"a{number}", "--pin", "1234")
    yield made
    patch.undo()


def _util(*arguments: object) -> None:
    subprocess.run(["softhsm2-util", *map(str, arguments)], check=True, capture_output=True)


def test_ecdsa_signs_inside_the_module(token: dict[str, SoftwareKey]) -> None:
    key = HardwareKey(MODULE, "authority", "1234", "issue", "ecdsa-p256-sha256")
    assert key.public_key == token["issue"].public_key
    point = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), key.public_key)
    point.verify(key.sign(b"certificate"), b"certificate", ec.ECDSA(hashes.SHA256()))
    key.close()


def test_ed25519_signs_a_checkpoint(token: dict[str, SoftwareKey]) -> None:
    key = HardwareKey(MODULE, "authority", "1234", "log", "ed25519")
    assert key.public_key == token["log"].public_key
    Ed25519PublicKey.from_public_bytes(key.public_key).verify(key.sign(b"x"), b"x")
    signer = NoteKey("log.hsm.example", key)
    note = sign_checkpoint(Checkpoint("log.hsm.example", 0, bytes(32)), [signer])
    assert open_checkpoint(note, [signer.verifier]).checkpoint.size == 0


def test_wrong_token_key_pin_or_module_is_refused(token: dict[str, SoftwareKey]) -> None:
    with pytest.raises(KeyRefused, match="no token"):
        HardwareKey(MODULE, "other", "1234", "issue", "ecdsa-p256-sha256")
    with pytest.raises(KeyRefused, match="0 keys"):
        HardwareKey(MODULE, "authority", "1234", "other", "ecdsa-p256-sha256")
    with pytest.raises(KeyRefused, match="known here"):
        HardwareKey(MODULE, "authority", "1234", "issue", "rsa")
    with pytest.raises(MechanismUnavailable):
        HardwareKey(Path("/nonexistent.so"), "authority", "1234", "issue", "ed25519")
