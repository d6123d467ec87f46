"""Keys at rest, and one port for all."""

import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from hengliang.trust import sm
from hengliang.trust.errors import KeyRefused
from hengliang.trust.keys import ALGORITHMS, SoftwareKey, open_sealed, write_key

PASSWORD = "正确的马电池订书钉"


@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_a_sealed_key_opens_with_its_password(algorithm: str) -> None:
    key = SoftwareKey.generate(algorithm)
    again = open_sealed(key.seal(PASSWORD), PASSWORD)
    assert (again.algorithm, again.public_key) == (algorithm, key.public_key)


def test_wrong_password_or_any_turned_byte_is_refused(flip: Callable) -> None:
    sealed = SoftwareKey.generate().seal(PASSWORD)
    with pytest.raises(KeyRefused):
        open_sealed(sealed, "wrong")
    for at in range(0, len(sealed), 17):
        with pytest.raises(KeyRefused):
            open_sealed(flip(sealed, at), PASSWORD)


def test_the_secret_is_not_in_the_file() -> None:
    key = SoftwareKey("ed25519", b"\x5a" * 32)
    assert b"5a5a" not in key.seal(PASSWORD)
    assert b"WlpaWlpa" not in key.seal(PASSWORD)


def test_a_key_file_is_private_and_never_overwritten(tmp_path: Path) -> None:
    key = SoftwareKey.generate()
    write_key(key, tmp_path / "log.key", PASSWORD)
    assert stat.S_IMODE((tmp_path / "log.key").stat().st_mode) == 0o600
    with pytest.raises(KeyRefused):
        write_key(key, tmp_path / "log.key", PASSWORD)


def test_signatures_check_with_independent_code() -> None:
    message = b"message"
    ed, p256, sm2 = (SoftwareKey.generate(algorithm) for algorithm in ALGORITHMS)
    Ed25519PublicKey.from_public_bytes(ed.public_key).verify(ed.sign(message), message)
    point = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), p256.public_key)
    point.verify(p256.sign(message), message, ec.ECDSA(hashes.SHA256()))
    sm.check_signature(sm2.public_key, message, sm2.sign(message))


def test_unknown_algorithm_or_length_is_refused() -> None:
    with pytest.raises(KeyRefused):
        SoftwareKey("rsa", bytes(32))
    with pytest.raises(KeyRefused):
        SoftwareKey("ed25519", bytes(31))
    with pytest.raises(KeyRefused):
        SoftwareKey.generate("sm2-sm3").private_key()
