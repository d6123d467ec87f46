"""Receipts: what they show, what they refuse, and what they do not prove."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from hengliang.trust import canonical
from hengliang.trust.checkpoint import add_signatures
from hengliang.trust.commitment import Commitment
from hengliang.trust.errors import CommitmentMismatch, MalformedInput, SaltErased, TrustError
from hengliang.trust.keys import CosignerKey, NoteKey
from hengliang.trust.log import Log
from hengliang.trust.receipt import LIMITS, Receipt, make_receipt, payload_of, read_receipt
from hengliang.trust.receipt_check import LogPolicy, check_receipt
from hengliang.trust.status import Status, open_status, sign_status
from hengliang.trust.verdicts import Indeterminate, Invalid, Sub, Valid
from tests.trust.conftest import NOON, fixed_key


@pytest.fixture
def receipt(filled: Log, payload: dict, commitment: Commitment, witness_keys: list[CosignerKey]) -> Receipt:
    """Entry 7, disclosed, cosigned by Ningbo and Wenzhou."""
    lines = b"".join(key.sign_note(filled.state().text()).line().encode() for key in witness_keys[:2])
    filled.add_cosignatures(lines)
    return make_receipt(filled, 7).disclose(payload, commitment)


@pytest.fixture
def policy(log_key: NoteKey, witness_keys: list[CosignerKey]) -> LogPolicy:
    """Two of three witnesses."""
    return LogPolicy([log_key.verifier], [key.verifier for key in witness_keys], quorum=2)


def test_whole_receipt_is_valid_and_says_its_limits(receipt: Receipt, policy: LogPolicy, payload) -> None:
    answer = check_receipt(read_receipt(receipt.to_bytes()), policy, now=NOON + timedelta(days=900))
    assert isinstance(answer.overall, Valid)
    assert answer.overall.at == NOON
    assert [one.name for one in answer.witnesses] == ["witness.ningbo.example", "witness.wenzhou.example"]
    assert (answer.origin, answer.size, answer.index) == ("log.hangzhou.example", 300, 7)
    assert answer.limits == LIMITS
    assert payload_of(receipt) == payload


def test_receipt_reads_back_byte_for_byte(receipt: Receipt) -> None:
    assert read_receipt(receipt.to_bytes()) == receipt
    assert read_receipt(receipt.to_bytes()).to_bytes() == receipt.to_bytes()


def test_every_turned_byte_is_detected(receipt: Receipt, policy: LogPolicy, flip: Callable) -> None:
    whole = receipt.to_bytes()
    for at in range(len(whole)):
        try:
            answer = check_receipt(read_receipt(flip(whole, at)), policy, now=NOON)
        except TrustError:
            continue
        assert not isinstance(answer.overall, Valid), at


def test_payload_of_another_certificate_is_refused(receipt: Receipt, policy: LogPolicy, payload) -> None:
    forged = replace(receipt, payload=canonical.write({**payload, "result": "不合格"}).decode())
    answer = check_receipt(forged, policy, now=NOON)
    assert answer.payload == Invalid(Sub.HASH_FAILURE, answer.payload.reason)
    assert isinstance(answer.overall, Invalid)


def test_disclosing_what_was_not_committed_is_refused(filled: Log, commitment: Commitment) -> None:
    with pytest.raises(CommitmentMismatch):
        make_receipt(filled, 7).disclose({"other": 1}, commitment)
    with pytest.raises(SaltErased):
        make_receipt(filled, 7).disclose({}, commitment.erase())


def test_undisclosed_receipt_is_valid_without_content(filled: Log, policy: LogPolicy) -> None:
    answer = check_receipt(make_receipt(filled, 7), replace(policy, quorum=0), now=NOON)
    assert (type(answer.overall), answer.payload) == (Valid, None)


def test_too_few_witnesses_is_indeterminate(receipt: Receipt, policy: LogPolicy) -> None:
    answer = check_receipt(receipt, replace(policy, quorum=3), now=NOON)
    assert answer.overall == Indeterminate(Sub.NO_POE, "2 of the 3 witnesses asked for have cosigned")


def test_unknown_log_is_indeterminate(receipt: Receipt, policy: LogPolicy) -> None:
    answer = check_receipt(receipt, replace(policy, log_keys=[]), now=NOON)
    assert isinstance(answer.overall, Indeterminate)
    assert answer.overall.sub is Sub.NO_SIGNING_CERTIFICATE_FOUND


def test_checkpoint_signed_by_another_key_is_invalid(receipt: Receipt, policy: LogPolicy) -> None:
    stranger = NoteKey("log.hangzhou.example", fixed_key("stranger"))
    answer = check_receipt(receipt, replace(policy, log_keys=[stranger.verifier]), now=NOON)
    assert isinstance(answer.overall, Invalid)


def test_entry_moved_to_another_place_is_invalid(receipt: Receipt, policy: LogPolicy) -> None:
    moved = replace(receipt, proof=replace(receipt.proof, index=8))
    assert isinstance(check_receipt(moved, policy, now=NOON).inclusion, Invalid)


def test_forged_cosignature_by_a_trusted_witness_is_invalid(
    receipt: Receipt, policy: LogPolicy, witness_keys: list[CosignerKey]
) -> None:
    line = replace(witness_keys[2].sign_note("other\n")).line().encode()
    forged = replace(receipt.proof, checkpoint=add_signatures(receipt.proof.checkpoint, line))
    answer = check_receipt(replace(receipt, proof=forged), policy, now=NOON)
    assert isinstance(answer.overall, Invalid)


STATUS = Status("log.hangzhou.example", 300, "certificate:JD-2026-000007", "stands", NOON)


def test_status_is_as_of_a_checkpoint(receipt: Receipt, policy: LogPolicy, log_key: NoteKey) -> None:
    stated = replace(receipt, status=sign_status(STATUS, log_key))
    answer = check_receipt(read_receipt(stated.to_bytes()), policy, now=NOON)
    assert (type(answer.overall), answer.status) == (Valid, STATUS)


def test_withdrawn_is_invalid_with_the_size(receipt: Receipt, policy: LogPolicy, log_key: NoteKey) -> None:
    withdrawn = replace(STATUS, size=400, standing="withdrawn")
    answer = check_receipt(replace(receipt, status=sign_status(withdrawn, log_key)), policy, now=NOON)
    assert isinstance(answer.overall, Invalid)
    assert "withdrawn as of size 400" in answer.overall.reason


@pytest.mark.parametrize("change", [{"object": "certificate:other"}, {"size": 7}, {"origin": "log.other.example"}])
def test_status_of_something_else_is_not_accepted(receipt, policy, log_key: NoteKey, change: dict) -> None:
    note = sign_status(replace(STATUS, **change), log_key)
    answer = check_receipt(replace(receipt, status=note), policy, now=NOON)
    assert not isinstance(answer.overall, Valid)


def test_status_reads_one_form_only(log_key: NoteKey, flip: Callable) -> None:
    note = sign_status(STATUS, log_key)
    assert open_status(note, [log_key.verifier]) == STATUS
    for at in range(len(note)):
        with pytest.raises(TrustError):
            open_status(flip(note, at), [log_key.verifier])


def test_malformed_receipts_are_refused(receipt: Receipt) -> None:
    fields = canonical.read(receipt.to_bytes())
    for change in (
        {"format": "hengliang-receipt-v2"},
        {"salt": "00"},
        {"salt": fields["salt"].upper()},
        {"salt": "zz"},
        {"more": ""},
        {"entry": 1},
        {"proof": fields["proof"].replace("index 7", "index 07")},
        {"proof": fields["proof"].replace("index 7", "index 9223372036854775808")},
        {"proof": fields["proof"].replace("index 7", "extra AA==\nindex 7")},
        {"proof": fields["proof"].replace("index", "place")},
        {"proof": "c2sp.org/tlog-proof@v1\nindex 0\n" + "A\n" * 80 + "\n"},
    ):
        with pytest.raises(MalformedInput):
            read_receipt(canonical.write({**fields, **change}))
    del fields["salt"]
    with pytest.raises(MalformedInput):
        read_receipt(canonical.write(fields))
    with pytest.raises(MalformedInput):
        read_receipt(b"[]")
