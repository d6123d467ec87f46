"""Witnesses of this deployment: named, asked under one checkpoint, taken in once, and what receipts rest on."""

import time

import pytest
from django.utils import timezone

from hengliang.platform.core.log import witnesses as named
from hengliang.platform.core.log.cosignatures import accept, offer
from hengliang.platform.core.log.mirror import copy_out, note
from hengliang.platform.core.log.receipts import receipt_of
from hengliang.platform.core.log.store import PostgresStore
from hengliang.platform.core.models import LogCheckpoint, LogEntry
from hengliang.trust.checkpoint import Checkpoint, sign_checkpoint
from hengliang.trust.disk import COSIGNED, OFFERED
from hengliang.trust.errors import KeyRefused, MalformedNote, RolledBack, SignatureRefused, SplitView, TrustError
from hengliang.trust.keys import CosignerKey, NoteKey, SoftwareKey
from hengliang.trust.notes import read_note
from hengliang.trust.receipt import read_receipt
from hengliang.trust.receipt_check import LogPolicy, check_receipt
from tests.platform.core.log.conftest import region

pytestmark = pytest.mark.django_db
NINGBO, WENZHOU, OTHER = (
    CosignerKey(f"witness.{name}.example", SoftwareKey.generate(), time.time) for name in ("ningbo", "wenzhou", "other")
)


def newest() -> bytes:
    return bytes(LogCheckpoint.objects.get().note)


def cosigned_by(content: bytes, *keys: CosignerKey) -> bytes:
    text = content.decode().partition("\n\n")[0] + "\n"
    return content + b"".join(key.sign_note(text).line().encode() for key in keys)


@pytest.fixture
def offered(held, sequence, settings) -> bytes:
    """Two witnesses named, both needed; three entries; the checkpoint over them offered."""
    both = named.Witnesses().named(str(NINGBO.verifier)).named(str(WENZHOU.verifier)).asking(2)
    named.store(settings.HOME, both)
    for code in ("1", "2", "3"):
        region(code)
    sequence()
    offer(newest())
    return newest()


def grow(sequence) -> None:
    region(f"9{LogEntry.objects.count()}")
    sequence()


def test_lines_gather_under_the_offered_checkpoint_until_it_is_cosigned(offered, sequence):
    grow(sequence)
    got = accept(cosigned_by(offered, NINGBO))
    assert (got.size, got.witnesses, got.needed) == (3, ("witness.ningbo.example",), 2)
    assert note(COSIGNED) is None
    grow(sequence)
    assert accept(cosigned_by(offered, WENZHOU)).witnesses == ("witness.ningbo.example", "witness.wenzhou.example")
    held = note(COSIGNED)
    assert held is not None
    assert len(read_note(held).signatures) == 3
    for again in (NINGBO, WENZHOU, NINGBO):
        accept(cosigned_by(offered, again))
    assert len(read_note(note(COSIGNED)).signatures) == 3, "one line each, however often somebody sends"


def test_a_receipt_rests_on_the_cosigned_checkpoint_and_meets_the_quorum(offered, sequence, held):
    accept(cosigned_by(offered, NINGBO, WENZHOU))
    grow(sequence)
    policy = LogPolicy([held.log.verifier], [NINGBO.verifier, WENZHOU.verifier], 2)
    for position, expected in ((1, "valid"), (3, "indeterminate")):
        entry = LogEntry.objects.get(position=position)
        made = receipt_of(entry, lambda: "stands")
        assert made is not None
        found = check_receipt(read_receipt(made), policy, now=timezone.now())
        assert (found.overall.word, found.inclusion.word) == (expected, "valid"), found
        assert found.size == (3 if position < 3 else 4)


def test_receipts_stay_right_while_the_log_fills_tiles(offered, sequence, held):
    accept(cosigned_by(offered, NINGBO, WENZHOU))
    for number in range(300):
        region(f"8{number}")
    sequence()
    made = receipt_of(LogEntry.objects.get(position=0), lambda: "stands")
    found = check_receipt(read_receipt(made), LogPolicy([held.log.verifier]), now=timezone.now())
    assert (found.overall.word, found.size) == ("valid", 3)


def test_the_cosigned_checkpoint_never_goes_back(offered, sequence):
    accept(cosigned_by(offered, NINGBO, WENZHOU))
    grow(sequence)
    offer(newest())
    accept(cosigned_by(newest(), NINGBO, WENZHOU))
    with pytest.raises(SignatureRefused, match="size 3 is not offered"):
        accept(cosigned_by(offered, NINGBO, WENZHOU))
    assert read_note(note(COSIGNED)).text.split("\n")[1] == "4"
    offer(offered)
    assert read_note(note(OFFERED)).text.split("\n")[1] == "4"


def test_strangers_forgers_and_other_histories_are_refused(offered, held, sequence):
    def signed(size: int, root: bytes) -> bytes:
        return sign_checkpoint(Checkpoint(held.log.name, size, root), [held.log])

    foreign = NoteKey("x", SoftwareKey.generate())
    forged = cosigned_by(offered, NINGBO)
    at = forged.rindex(b"\n", 0, -1) + 60
    cases = {
        "no witness": (offered, SignatureRefused),
        "a stranger": (cosigned_by(offered, OTHER), SignatureRefused),
        "a forged line": (forged[:at] + bytes([forged[at] ^ 1]) + forged[at + 1 :], TrustError),
        "another log's": (cosigned_by(sign_checkpoint(Checkpoint("x", 3, bytes(32)), [foreign]), NINGBO), TrustError),
        "without the log's": (cosigned_by((read_note(offered).text + "\n").encode(), NINGBO), SignatureRefused),
        "more than we hold": (cosigned_by(signed(99, bytes(32)), NINGBO), RolledBack),
        "another tree": (cosigned_by(signed(2, bytes(32)), NINGBO), SplitView),
        "carriage returns": (cosigned_by(offered, NINGBO).replace(b"\n", b"\r\n"), MalformedNote),
        "nothing": (b"", MalformedNote),
        "too long": (b"x" * 70_000, MalformedNote),
    }
    for label, (content, error) in cases.items():
        with pytest.raises(error):
            accept(content)
        assert read_note(note(OFFERED)) == read_note(offered), label


def test_anybody_reads_and_a_witness_hands_in_over_http(offered, client, sequence):
    assert client.get("/log/offered").content == offered
    assert client.get("/log/cosigned").status_code == 404
    post = {"content_type": "text/plain"}
    assert client.post("/log/cosigned", cosigned_by(offered, NINGBO), **post).json()["needed"] == 2
    done = client.post("/log/cosigned", cosigned_by(offered, WENZHOU), **post)
    assert done.json()["witnesses"] == ["witness.ningbo.example", "witness.wenzhou.example"]
    assert client.get("/log/cosigned").content == note(COSIGNED)
    refused = client.post("/log/cosigned", cosigned_by(offered, OTHER), **post)
    assert (refused.status_code, refused.json()["code"]) == (403, "trust.SignatureRefused")
    assert client.post("/log/cosigned", b"\xff" * 100, **post).status_code == 400
    assert client.post("/log/cosigned", b"x" * 3_000_000, **post).status_code in (400, 413)
    assert client.put("/log/cosigned").status_code == 405


def test_the_copy_on_disk_carries_what_witnesses_see(offered, held, disk):
    accept(cosigned_by(offered, NINGBO, WENZHOU))
    copy_out(PostgresStore(held.log.name), disk)
    assert (disk.note(OFFERED), disk.note(COSIGNED)) == (note(OFFERED), note(COSIGNED))


def test_witnesses_are_named_once_and_removed_by_name(held, settings):
    one = named.Witnesses().named(str(NINGBO.verifier))
    named.store(settings.HOME, one)
    assert named.witnesses(settings.HOME) == one
    for wrong in (str(NINGBO.verifier), str(held.log.verifier), "nonsense"):
        with pytest.raises(KeyRefused):
            one.named(wrong)
    with pytest.raises(KeyRefused, match="quorum lies between"):
        one.asking(2)
    assert one.named(str(WENZHOU.verifier)).asking(2).without(NINGBO.name).quorum == 1
    with pytest.raises(KeyRefused, match="no such witness"):
        one.without("witness.nobody.example")
    (settings.HOME / "keys" / named.NAME).write_bytes(b"[]")
    with pytest.raises(TrustError, match="put it back from a backup"):
        named.witnesses(settings.HOME)
