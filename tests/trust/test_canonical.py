"""Canonical JSON: vectors of RFC 8785, and refusal of every other form."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hengliang.trust import canonical
from hengliang.trust.errors import NotCanonical, NotEncodable

text = st.text(st.characters(exclude_categories=["Cs"]))
values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.floats(allow_nan=False) | text,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(text, inner, max_size=4),
    max_leaves=12,
).filter(lambda value: "inf" not in repr(value))


def test_rfc_8785_section_3_2_4_example() -> None:
    value = {
        "numbers": [333333333.33333329, 1e30, 4.50, 2e-3, 0.000000000000000000000000001],
        "string": '€$\u000f\u000aA\'B"\\\\"/',
        "literals": [None, True, False],
    }
    expected = (
        '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],'
        '"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}'
    )
    assert canonical.write(value) == expected.encode()


def test_rfc_8785_section_3_2_3_sorts_by_utf16() -> None:
    keys = ["\u20ac", "\r", "\ufb33", "1", "\U0001f600", "\u0080", "\u00f6"]
    found = list(canonical.read(canonical.write(dict.fromkeys(keys, 0))))
    assert found == ["\r", "1", "\u0080", "\u00f6", "\u20ac", "\U0001f600", "\ufb33"]


# IEEE 754 bit patterns and their text, RFC 8785 appendix B.
@pytest.mark.parametrize(
    ("number", "form"),
    [
        (5e-324, "5e-324"),
        (1.7976931348623157e308, "1.7976931348623157e+308"),
        (9007199254740992.0, "9007199254740992"),
        (295147905179352830000.0, "295147905179352830000"),
        (9.999999999999997e22, "9.999999999999997e+22"),
        (1e23, "1e+23"),
        (999999999999999900000.0, "999999999999999900000"),
        (1e21, "1e+21"),
        (0.000001, "0.000001"),
        (9.999999999999997e-7, "9.999999999999997e-7"),
        (-0.0000033333333333333333, "-0.0000033333333333333333"),
        (1424953923781206.2, "1424953923781206.2"),
        (-0.0, "0"),
    ],
)
def test_rfc_8785_appendix_b_numbers(number: float, form: str) -> None:
    assert canonical.write(number).decode() == form
    assert canonical.read(form.encode()) == number


@given(values)
def test_what_is_written_reads_back(value: object) -> None:
    written = canonical.write(value)
    assert canonical.read(written) == value
    assert canonical.write(canonical.read(written)) == written


@pytest.mark.parametrize(
    "content",
    [
        b' {"a":1}',
        b'{"a": 1}',
        b'{"a":1}\n',
        b'{"b":1,"a":2}',
        b'{"a":1,"a":1}',
        b'{"a":1,"a":2}',
        b"1.0",
        b"1e0",
        b"-0",
        b"01",
        b"NaN",
        b"Infinity",
        b"1e400",
        b"9007199254740993",
        b'"\\u0041"',
        b'"\\/"',
        b'"\\ud800"',
        b'"\xff"',
        b"\xef\xbb\xbf{}",
        b"",
        b"{",
        b"[" * 100 + b"]" * 100,
        b"[" * 1_000_000,
        b'{"a":' * 5_000_000,
        b"1" * 100_000,
        b"0." + b"1" * 100_000,
    ],
)
def test_any_other_form_is_refused(content: bytes) -> None:
    with pytest.raises(NotCanonical):
        canonical.read(content)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), 2**53, "\ud800", {1: 2}, {"a": object()}, b"x"])
def test_what_json_cannot_hold_is_refused(value: object) -> None:
    with pytest.raises(NotEncodable):
        canonical.write(value)


def test_depth_is_bounded_on_writing() -> None:
    nest: object = 0
    for _ in range(canonical.MAX_DEPTH):
        nest = [nest]
    assert canonical.read(canonical.write(nest)) == nest
    with pytest.raises(NotEncodable, match="Nested deeper"):
        canonical.write([nest])
