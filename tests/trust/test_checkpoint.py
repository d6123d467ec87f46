"""Checkpoints: text of C2SP tlog-checkpoint, own origin, rotation."""

import pytest

from hengliang.trust.checkpoint import Checkpoint, add_signatures, open_checkpoint, read_text, sign_checkpoint
from hengliang.trust.errors import MalformedNote, SignatureRefused
from hengliang.trust.keys import CosignerKey, NoteKey
from tests.trust.conftest import NOON, fixed_key

ROOT = bytes(range(32))


def test_text_is_that_of_the_specification(log_key: NoteKey) -> None:
    # The example of C2SP tlog-checkpoint: origin, decimal size, base64 of the root.
    text = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n"
    assert read_text(text).text() == text
    assert (read_text(text).origin, read_text(text).size) == ("example.com/behind-the-sofa", 20852163)


def test_opens_with_the_logs_key_only(log_key: NoteKey) -> None:
    note = sign_checkpoint(Checkpoint(log_key.name, 3, ROOT), [log_key])
    assert open_checkpoint(note, [log_key.verifier]).checkpoint.root == ROOT
    stranger = NoteKey(log_key.name, fixed_key("stranger"))
    for keys in ([], [stranger.verifier], [NoteKey("other.example", log_key.signer).verifier]):
        with pytest.raises(SignatureRefused):
            open_checkpoint(note, keys)


def test_another_logs_key_cannot_speak_for_this_origin(log_key: NoteKey) -> None:
    other = NoteKey("other.example", fixed_key("other"))
    note = sign_checkpoint(Checkpoint(log_key.name, 3, ROOT), [other])
    with pytest.raises(SignatureRefused):
        open_checkpoint(note, [log_key.verifier, other.verifier])


def test_witness_time_is_the_earliest(log_key: NoteKey, witness_keys: list[CosignerKey]) -> None:
    late = CosignerKey("late.example", fixed_key("late"), lambda: NOON.timestamp() + 60)
    note = sign_checkpoint(Checkpoint(log_key.name, 3, ROOT), [log_key, late, *witness_keys])
    opened = open_checkpoint(note, [log_key.verifier], [late.verifier, witness_keys[0].verifier])
    assert [one.name for one in opened.witnesses] == ["late.example", witness_keys[0].name]
    assert opened.witnessed_at == int(NOON.timestamp())
    assert open_checkpoint(note, [log_key.verifier]).witnessed_at is None


def test_signature_lines_are_added_once(log_key: NoteKey, witness_keys: list[CosignerKey]) -> None:
    note = sign_checkpoint(Checkpoint(log_key.name, 3, ROOT), [log_key])
    line = witness_keys[0].sign_note(Checkpoint(log_key.name, 3, ROOT).text()).line().encode()
    assert add_signatures(add_signatures(note, line), line) == note + line


@pytest.mark.parametrize(
    "text",
    [
        "origin\n3\n",
        "\n3\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n",
        "origin\n03\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n",
        "origin\n-3\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n",
        "origin\n9223372036854775808\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n",
        "origin\n3\nCsUYapGGPo4d\n",
        "origin\n٣\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n",
    ],
)
def test_malformed_text_is_refused(text: str) -> None:
    with pytest.raises(MalformedNote):
        read_text(text)
