"""SM2 and SM3: the examples of the standards, and gmssl as oracle both ways."""

import pytest
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature
from gmssl import sm2 as oracle

from hengliang.trust import sm
from hengliang.trust.errors import KeyRefused, SignatureRefused

# GB/T 32918.5-2017, annex A.2 (recommended curve, identifier 1234567812345678, message "message digest").
SECRET = bytes.fromhex("3945208F7B2144B13F36E38AC6D39F95889393692860B51A42FB81EF4DF7C5B8")
POINT = bytes.fromhex(
    "0409F9DF311E5421A150DD7D161E4BC5C672179FAD1833FC076BB08FF356F35020"
    "CCEA490CE26775A52DC6EA718CC1AA600AED05FBF35E084A6632F6072DA9AD13"
)
SIGNATURE = encode_dss_signature(
    0xF5A03B0648D2C4630EEAC513E1BB81A15944DA3827D5B74143AC7EACEEE720B3,
    0xB1B6AA29DF212FD8763182BC0D421CA1BB9038FD1F7F42D4840B69C485BBC1AA,
)


def test_standard_example() -> None:
    assert sm.PrivateKey(SECRET).public_key == POINT
    sm.check_signature(POINT, b"message digest", SIGNATURE)


def test_sm3_standard_example() -> None:
    # GB/T 32905-2016, annex A.1.
    assert sm.sm3(b"abc").hex() == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"


def test_altered_message_signature_identifier_or_key_is_refused() -> None:
    other = sm.PrivateKey(b"\x01" * 32).public_key
    for point, message, signature, identifier in (
        (POINT, b"message digesT", SIGNATURE, sm.DEFAULT_ID),
        (POINT, b"message digest", SIGNATURE[:-1] + b"\x00", sm.DEFAULT_ID),
        (POINT, b"message digest", SIGNATURE, b"another"),
        (POINT, b"message digest", b"", sm.DEFAULT_ID),
        (POINT, b"message digest", b"0" * 100, sm.DEFAULT_ID),
        (other, b"message digest", SIGNATURE, sm.DEFAULT_ID),
    ):
        with pytest.raises(SignatureRefused):
            sm.check_signature(point, message, signature, identifier)


def test_oracle_accepts_ours_and_we_accept_the_oracles() -> None:
    peer = oracle.CryptSM2(private_key=SECRET.hex(), public_key=POINT[1:].hex())
    r, s = decode_dss_signature(sm.PrivateKey(SECRET).sign(b"readings"))
    assert peer.verify_with_sm3(f"{r:064x}{s:064x}", b"readings")
    theirs = peer.sign_with_sm3(b"readings")
    der = encode_dss_signature(int(theirs[:64], 16), int(theirs[64:], 16))
    sm.check_signature(POINT, b"readings", der)


@pytest.mark.parametrize("secret", [bytes(32), b"\xff" * 32, b"\x01" * 31])
def test_scalar_out_of_range_is_refused(secret: bytes) -> None:
    with pytest.raises(KeyRefused):
        sm.PrivateKey(secret)


@pytest.mark.parametrize("point", [b"", POINT[1:], b"\x02" + POINT[1:], POINT[:-1] + b"\x00"])
def test_point_off_the_curve_is_refused(point: bytes) -> None:
    with pytest.raises(KeyRefused):
        sm.check_signature(point, b"", SIGNATURE)
