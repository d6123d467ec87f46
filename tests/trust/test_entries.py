"""Log entries: grammar, versions, and no personal data by form."""

import hashlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hengliang.trust import entries
from hengliang.trust.entries import Entry
from hengliang.trust.errors import MalformedEntry, NotCanonical, UnknownVersion

ENTRY = Entry(
    type="certificate.issued",
    object="certificate:JD-2026-000123",
    prev=None,
    time=datetime(2026, 1, 31, 8, 0, 0, 1, tzinfo=UTC),
    actor="account:7f3a",
    commitment="ab" * 32,
)

# Released format 1, byte for byte. Never edit; add the next version beside it.
RELEASED_V1 = (
    b'{"actor":"account:7f3a","commitment":"' + b"ab" * 32 + b'","object":"certificate:JD-2026-000123",'
    b'"prev":null,"time":"2026-01-31T08:00:00.000001Z","type":"certificate.issued","v":1}'
)


def test_released_version_1_reads_and_writes() -> None:
    assert ENTRY.to_bytes() == RELEASED_V1
    assert entries.read(RELEASED_V1) == ENTRY


def test_leaf_hash_is_what_the_next_entry_carries() -> None:
    follower = replace(ENTRY, type="certificate.withdrawn", prev=ENTRY.leaf_hash())
    assert follower.prev == hashlib.sha256(b"\x00" + RELEASED_V1).hexdigest()
    assert entries.read(follower.to_bytes()) == follower


@given(
    kind=st.sampled_from(sorted(entries.TYPES)),
    identifier=st.from_regex(r"[A-Za-z0-9][A-Za-z0-9._~:/-]{0,50}", fullmatch=True),
    moment=st.datetimes(datetime.fromisoformat("1000-01-01"), timezones=st.just(UTC)),
)
def test_every_entry_reads_back(kind: str, identifier: str, moment: datetime) -> None:
    entry = replace(ENTRY, type=kind, object=f"x:{identifier}", time=moment)
    assert entries.read(entry.to_bytes()) == entry


def test_time_is_one_form_for_one_moment() -> None:
    beijing = timezone(timedelta(hours=8))
    shifted = replace(ENTRY, time=ENTRY.time.astimezone(beijing))
    assert shifted.to_bytes() == RELEASED_V1


def test_unknown_type_reads_but_is_not_written() -> None:
    entry = entries.read(RELEASED_V1.replace(b"certificate.issued", b"certificate.renewed"))
    assert not entry.known
    with pytest.raises(MalformedEntry, match=r"certificate\.renewed"):
        entry.to_bytes()


@pytest.mark.parametrize("version", [b"2", b"0", b'"1"', b"true", b"null"])
def test_other_versions_say_so(version: bytes) -> None:
    with pytest.raises(UnknownVersion):
        entries.read(RELEASED_V1.replace(b'"v":1', b'"v":' + version))


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("object", "张三"),
        ("object", "person:张三"),
        ("object", "certificate:"),
        ("object", "certificate:a b"),
        ("object", "certificate:a\n"),
        ("actor", "Account:1"),
        ("actor", "account:" + "x" * 193),
        ("commitment", "AB" * 32),
        ("commitment", "ab" * 31),
        ("prev", "0"),
        ("type", "certificate issued"),
    ],
)
def test_field_outside_the_grammar_is_named(field: str, value: str) -> None:
    with pytest.raises(MalformedEntry) as caught:
        replace(ENTRY, **{field: value}).to_bytes()
    assert caught.value.parameters["field"] == field


def test_naive_time_is_refused() -> None:
    with pytest.raises(MalformedEntry, match="time zone"):
        replace(ENTRY, time=datetime(2026, 1, 1)).to_bytes()  # noqa: DTZ001 - the naive time is the point


@pytest.mark.parametrize(
    "content",
    [
        RELEASED_V1.replace(b"2026-01-31", b"2026-02-30"),
        RELEASED_V1.replace(b'"v":1', b'"v":1,"w":1'),
        RELEASED_V1.replace(b'"prev":null,', b""),
        RELEASED_V1.replace(b"000001Z", b"000001+00:00"),
        b"[]",
    ],
)
def test_malformed_entry_is_refused(content: bytes) -> None:
    with pytest.raises((MalformedEntry, UnknownVersion)):
        entries.read(content)


def test_any_other_byte_form_is_refused() -> None:
    with pytest.raises(NotCanonical):
        entries.read(RELEASED_V1 + b"\n")
    with pytest.raises(NotCanonical):
        entries.read(b" " * 3000)
