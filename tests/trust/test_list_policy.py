"""What a trust list makes a checker ask: keys in force, witnesses of others, as many as the list says."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from hengliang.trust.canonical import write
from hengliang.trust.errors import KeyRefused, MalformedNote
from hengliang.trust.keys import CosignerKey, NoteKey
from hengliang.trust.list_policy import policy_of
from hengliang.trust.log import Log
from hengliang.trust.notes import Note
from hengliang.trust.receipt import Receipt, make_receipt
from hengliang.trust.receipt_check import check_receipt
from hengliang.trust.store import MemoryStore
from hengliang.trust.trust_list import (
    FORMAT,
    Authority,
    ListedKey,
    TrustList,
    open_trust_list,
    revoke,
    rotate,
    sign_trust_list,
)
from tests.trust.conftest import NOON, entry, fixed_key

BEGIN, END = datetime(2025, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC)
LATER = NOON + timedelta(days=30)
LEAD = NoteKey("delta.example", fixed_key("delta"))
KEY = NoteKey("log.hangzhou.example", fixed_key("hangzhou"))
NAMES = ("hangzhou", "ningbo", "wenzhou")
WITNESSES = {name: CosignerKey(f"witness.{name}.example", fixed_key(name), NOON.timestamp) for name in NAMES}


def authority(name: str, quorum: int = 0) -> Authority:
    """An authority with a log and a witness."""
    log = KEY if name == "hangzhou" else NoteKey(f"log.{name}.example", fixed_key(f"log {name}"))
    keys = [("log", log.verifier), ("witness", WITNESSES[name].verifier)]
    listed = tuple(ListedKey(purpose, str(key), BEGIN, END) for purpose, key in keys)
    return Authority(f"did:web:{name}.example", log.name, "active", listed, (), quorum)


LIST = TrustList("delta.example", 1, NOON, (authority("hangzhou", 1), authority("ningbo"), authority("wenzhou")))


def receipt(*witnesses: str) -> Receipt:
    """A receipt of Hangzhou's log, cosigned at noon."""
    log = Log(MemoryStore(), KEY)
    log.append([entry(number).to_bytes() for number in range(9)])
    for name in witnesses:
        log.add_cosignatures(WITNESSES[name].sign_note(log.state().text()).line().encode())
    return make_receipt(log, 3)


def verdict(listed: TrustList, *witnesses: str) -> str:
    return check_receipt(receipt(*witnesses), policy_of(listed, now=LATER), now=LATER).overall.word


def listing(changed: Authority) -> TrustList:
    return replace(LIST, authorities=(changed, *LIST.authorities[1:]))


@pytest.mark.parametrize(
    ("witnesses", "expected"),
    [
        ((), "indeterminate"),
        (("ningbo",), "valid"),
        (("hangzhou",), "indeterminate"),
        (("hangzhou", "ningbo"), "valid"),
    ],
)
def test_the_list_asks_for_a_witness_of_another_authority(witnesses: tuple[str, ...], expected: str) -> None:
    assert verdict(LIST, *witnesses) == expected


def test_a_quorum_of_two_is_not_met_by_one() -> None:
    assert verdict(listing(authority("hangzhou", 2)), "ningbo") == "indeterminate"
    assert verdict(listing(authority("hangzhou", 2)), "ningbo", "wenzhou") == "valid"


def test_the_quorum_is_of_its_own_log_only() -> None:
    policy = policy_of(listing(authority("hangzhou", 2)), now=LATER)
    assert (policy.needed("log.hangzhou.example"), policy.needed("log.ningbo.example")) == (2, 0)


@pytest.mark.parametrize("since", [NOON - timedelta(days=1), NOON + timedelta(days=1)], ids=["before", "after"])
def test_a_key_out_of_force_counts_for_what_a_witness_saw_before(since: datetime) -> None:
    fresh = NoteKey(KEY.name, fixed_key("fresh"))
    listed = rotate(
        authority("hangzhou"), str(KEY.verifier), ListedKey("log", str(fresh.verifier), BEGIN, END), at=since
    )
    assert verdict(listing(listed), "ningbo") == ("valid" if since > NOON else "indeterminate")
    assert verdict(listing(listed)) == "indeterminate"
    compromised = revoke(authority("hangzhou"), str(KEY.verifier), at=LATER, compromised_since=since)
    assert verdict(listing(compromised), "ningbo") == ("valid" if since > NOON else "indeterminate")


def test_a_suspended_authority_vouches_for_nothing() -> None:
    suspended = replace(authority("hangzhou"), standing="suspended")
    assert verdict(listing(suspended), "ningbo") == "indeterminate"
    suspended = replace(LIST.authorities[1], standing="withdrawn")
    assert verdict(replace(LIST, authorities=(LIST.authorities[0], suspended)), "ningbo") == "indeterminate"


def test_a_listed_key_of_another_log_is_refused() -> None:
    wrong = replace(authority("hangzhou"), log_origin="log.other.example")
    with pytest.raises(KeyRefused, match=r"listed with the log log\.other\.example"):
        policy_of(listing(wrong), now=LATER)


def test_a_list_from_before_quorums_keeps_its_bytes_and_a_written_zero_is_refused() -> None:
    text = replace(LIST, authorities=(authority("ningbo"),)).text()
    assert "quorum" not in text
    assert open_trust_list(sign_trust_list(LIST, [LEAD]), [LEAD.verifier]) == LIST
    for quorum in (0, -1, 65, True, "1", 1.5):
        value = {"issuer": LIST.issuer, "version": 1, "issued": "2026-06-01T04:00:00.000000Z", "authorities": []}
        value["authorities"] = [
            {"id": "a", "keys": [], "log_origin": "b", "quorum": quorum, "scopes": [], "standing": "active"}
        ]
        body = f"{FORMAT}\n{write(value).decode()}\n"
        with pytest.raises(MalformedNote):
            open_trust_list(Note(body, (LEAD.sign_note(body),)).to_bytes(), [LEAD.verifier])
