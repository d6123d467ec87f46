"""Signed notes: vectors of the specification and of Go's note package, and one form only."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hengliang.trust.errors import KeyRefused, MalformedNote, SignatureRefused
from hengliang.trust.keys import CosignerKey, NoteKey
from hengliang.trust.notes import Note, VerifierKey, check_note, read_note
from tests.trust.conftest import NOON, fixed_key

# golang.org/x/mod/sumdb/note, example in the package documentation.
PETER = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
QUOTE = (
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n"
    "\n"
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqf"
    "qdngotpRZb6KE6RyyBwJnAM=\n"
)


def test_go_note_example() -> None:
    note = read_note(QUOTE.encode())
    assert [one.name for one in check_note(note, [VerifierKey.parse(PETER)])] == ["PeterNeumann"]
    assert note.to_bytes().decode() == QUOTE
    assert str(VerifierKey.parse(PETER)) == PETER


def test_altered_text_is_refused() -> None:
    with pytest.raises(SignatureRefused, match="PeterNeumann"):
        check_note(read_note(QUOTE.replace("answer", "Answer").encode()), [VerifierKey.parse(PETER)])


def test_unknown_keys_are_ignored(log_key: NoteKey) -> None:
    assert check_note(read_note(QUOTE.encode()), [log_key.verifier]) == ()


def test_cosignature_carries_its_time() -> None:
    key = CosignerKey("witness.example/w1", fixed_key("w1"), NOON.timestamp)
    text = "example.com/log\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n"
    note = Note(text, (key.sign_note(text),))
    (signed,) = check_note(read_note(note.to_bytes()), [key.verifier])
    assert (signed.name, signed.time) == (key.name, int(NOON.timestamp()))
    moved = note.signatures[0].value[:7] + b"\x00" + note.signatures[0].value[8:]
    shifted = Note(text, (type(note.signatures[0])(key.name, key.verifier.key_id, moved),))
    with pytest.raises(SignatureRefused):
        check_note(shifted, [key.verifier])


def test_a_key_does_not_pass_for_another_type(log_key: NoteKey) -> None:
    cosigner = CosignerKey(log_key.name, log_key.signer, NOON.timestamp)
    note = Note("a\n", (log_key.sign_note("a\n"),))
    assert check_note(note, [cosigner.verifier]) == ()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\n\n",
        b"text\n",
        b"text\n\n",
        b"text\n\n\xe2\x80\x94 name AAAAAAA=",
        b"text\n\n- name AAAAAAA=\n",
        b"text\n\n\xe2\x80\x94 name AAAA AAA=\n",
        b"text\n\n\xe2\x80\x94 na+me AAAAAAA=\n",
        b"text\n\n\xe2\x80\x94  AAAAAAA=\n",
        b"text\n\n\xe2\x80\x94 name AAAAAAB=\n",
        b"text\n\n\xe2\x80\x94 name AAAA\n",
        b"text\n\n\xe2\x80\x94 name A*AAAAA=\n",
        b"te\rxt\n\n\xe2\x80\x94 name AAAAAAA=\n",
        b"te\x00xt\n\n\xe2\x80\x94 name AAAAAAA=\n",
        b"te\xffxt\n\n\xe2\x80\x94 name AAAAAAA=\n",
        b"text\n\n" + "— name AAAAAAA=\n".encode() * 65,
        b"t" * 70_000,
    ],
)
def test_any_other_form_is_refused(content: bytes) -> None:
    with pytest.raises(MalformedNote):
        read_note(content)


@given(st.binary(max_size=200))
def test_what_is_read_is_written_back(content: bytes) -> None:
    try:
        note = read_note(content)
    except MalformedNote:
        return
    assert note.to_bytes() == content


@pytest.mark.parametrize(
    "line",
    [
        "",
        "name",
        "a+b",
        PETER.replace("c74f", "c74e"),
        PETER[:-4],
        "\u2000" + PETER,
        PETER + "\n",
        PETER.replace("+ARpc", "+BRpc"),
        "a b+00+AA==",
    ],
)
def test_malformed_verifier_key_is_refused(line: str) -> None:
    with pytest.raises(KeyRefused):
        VerifierKey.parse(line)
