"""The files of a round: what is read, and each reason for which a file is refused before anything is looked up."""

import json

import pytest

from hengliang.platform.verification.rounds.wire import (
    RESULTS,
    WireFault,
    digest,
    is_sealed,
    read_results,
    said,
    sealed,
)
from hengliang.trust import canonical

ENTRY = {"sequence": 1, "subject": "line:1", "kind": "absent", "day": "2026-03-02", "made_at": "2026-03-02T02:00:00Z"}
VALUE = {
    "format": RESULTS, "deployment": "d", "round": 1, "package": "ab" * 32, "device": "0a1b2c3d", "person": 2,
    "entries": [ENTRY],
}  # fmt: skip
SECRET = "5e" * 32


def test_what_is_written_is_read():
    results = read_results(canonical.write(sealed(VALUE, SECRET)))
    assert (results.round, results.person, results.entries) == (1, 2, (ENTRY,))
    assert is_sealed(results, SECRET)
    assert not is_sealed(results, "00" * 32)


def test_an_altered_value_has_not_its_seal():
    value = sealed(VALUE, SECRET) | {"entries": [ENTRY | {"kind": "refused"}]}
    assert not is_sealed(read_results(canonical.write(value)), SECRET)


def test_a_seal_is_hmac_sha_256_over_the_canonical_rest():
    # Key 5e…5e as text, message the canonical bytes; computed with `openssl dgst -sha256 -hmac`.
    import hashlib
    import hmac

    assert (
        sealed(VALUE, SECRET)["seal"] == hmac.new(SECRET.encode(), canonical.write(VALUE), hashlib.sha256).hexdigest()
    )


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "damaged"),
        (b"{", "damaged"),
        (json.dumps(VALUE, indent=1).encode(), "damaged"),
        (canonical.write(VALUE)[:-9], "damaged"),
        (b"[]", "not_results"),
        (canonical.write({"format": "hengliang-round-package-1"}), "not_results"),
        (canonical.write({**VALUE, "deployment": "a\x00"}), "damaged"),
        (canonical.write({**VALUE, "round": "1"}), "damaged"),
        (canonical.write({**VALUE, "round": True}), "damaged"),
        (canonical.write({**VALUE, "device": "../x"}), "damaged"),
        (canonical.write({**VALUE, "entries": {}}), "damaged"),
        (canonical.write({**VALUE, "entries": ["x"]}), "damaged"),
        (canonical.write({**VALUE, "entries": [ENTRY, ENTRY]}), "damaged"),
        (canonical.write({**VALUE, "signature": {"name": "x"}}), "damaged"),
    ],
)
def test_a_damaged_or_foreign_file_is_refused_with_its_reason(content, code):
    with pytest.raises(WireFault) as caught:
        read_results(content)
    assert caught.value.code == code


def test_what_is_said_is_not_when_it_was_typed():
    assert said(ENTRY) == said(ENTRY | {"made_at": "2026-03-02T03:00:00Z", "sequence": 9, "note": ""})
    assert said(ENTRY) != said(ENTRY | {"kind": "refused"})
    assert said(ENTRY) != said(ENTRY | {"day": "2026-03-03"})
    assert digest({"b": 1, "a": 2}) == digest({"a": 2, "b": 1})
