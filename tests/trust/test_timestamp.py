"""Time stamps from a local authority."""

import shutil
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from hengliang.trust.errors import TimestampRefused
from hengliang.trust.timestamp import check_timestamp, request_timestamp
from tests.trust.authority import ROOT, STAMPING_ROOT, LocalAuthority

pytestmark = pytest.mark.skipif(not shutil.which("openssl"), reason="the openssl command is not installed")


def test_a_token_proves_the_time(tmp_path: Path) -> None:
    token = request_timestamp(b"checkpoint", LocalAuthority(tmp_path))
    stamp = check_timestamp(token, b"checkpoint", [STAMPING_ROOT.der])
    assert abs(stamp.time - datetime.now(UTC)) < timedelta(minutes=1)
    assert "Stamper" in stamp.authority


def test_another_content_root_or_purpose_is_refused(tmp_path: Path) -> None:
    token = request_timestamp(b"checkpoint", LocalAuthority(tmp_path))
    for content, roots in ((b"other", [STAMPING_ROOT.der]), (b"checkpoint", [ROOT.der]), (b"checkpoint", [])):
        with pytest.raises(TimestampRefused):
            check_timestamp(token, content, roots)


def test_turned_bytes_are_refused(tmp_path: Path, flip: Callable) -> None:
    token = request_timestamp(b"checkpoint", LocalAuthority(tmp_path))
    for at in range(0, len(token), 23):
        changed = flip(token, at)
        try:
            stamp = check_timestamp(changed, b"checkpoint", [STAMPING_ROOT.der])
        except TimestampRefused:
            continue
        # A few bytes are outside the signature (for instance in unused version or algorithm fields); none of
        # them may move the time.
        assert stamp.time == check_timestamp(token, b"checkpoint", [STAMPING_ROOT.der]).time


@pytest.mark.parametrize("answer", [b"", b"not DER", b"0" * 300_000])
def test_an_authority_that_answers_nonsense_is_refused(answer: bytes) -> None:
    with pytest.raises(TimestampRefused):
        request_timestamp(b"x", lambda _: answer)


def test_a_replayed_answer_is_refused(tmp_path: Path) -> None:
    authority, answers = LocalAuthority(tmp_path), []
    request_timestamp(b"x", lambda request: answers.append(authority(request)) or answers[0])
    with pytest.raises(TimestampRefused):
        request_timestamp(b"x", lambda _: answers[0])


def test_an_authority_out_of_reach_is_refused() -> None:
    def fail(_: bytes) -> bytes:
        raise OSError("no route")

    with pytest.raises(TimestampRefused, match="no route"):
        request_timestamp(b"x", fail)


@pytest.mark.parametrize("token", [b"", b"0", b"\x30\x80" * 100, b"0" * 300_000])
def test_a_malformed_token_is_refused(token: bytes) -> None:
    with pytest.raises(TimestampRefused):
        check_timestamp(token, b"", [STAMPING_ROOT.der])
