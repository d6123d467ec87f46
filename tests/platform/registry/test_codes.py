"""The code on the label."""

from hypothesis import given
from hypothesis import strategies as st

from hengliang.platform.registry.codes import (
    ALPHABET,
    check_character,
    is_code,
    new_code,
    new_codes,
    spaced,
    tidy,
    with_codes_tidied,
)

BODIES = st.text(ALPHABET, min_size=9, max_size=9)


@given(BODIES, st.integers(0, 9), st.sampled_from(ALPHABET))
def test_every_single_wrong_character_is_found(body, at, other):
    code = body + check_character(body)
    wrong = code[:at] + other + code[at + 1 :]
    assert is_code(wrong) is (wrong == code)


@given(BODIES, st.integers(0, 7))
def test_every_swap_of_neighbours_is_found(body, at):
    code = body + check_character(body)
    swapped = code[:at] + code[at + 1] + code[at] + code[at + 2 :]
    assert is_code(swapped) is (swapped == code)


def test_a_worked_example():
    # Characters 2..9,A have the values 0..8, the weights are 2..10: 0*2+1*3+2*4+3*5+4*6+5*7+6*8+7*9+8*10 = 276,
    # and 276 mod 31 = 28, the value of X.
    assert check_character("23456789A") == ALPHABET[28] == "X"


def test_codes_are_many_and_read_as_typed():
    code = new_code()
    assert is_code(code)
    assert len(set(new_codes(1000))) == 1000
    assert tidy(f" {spaced(code).lower()} ") == code
    assert tidy(f"https://example.org/i/{code}/") == code
    assert spaced("OLD-1") == "OLD-1"
    wide = "".join(chr(ord(one) + 0xFEE0) for one in spaced(code).lower())
    assert tidy(wide) == code


def test_a_needle_holds_codes_as_they_are_stored():
    code = new_code()
    shown = spaced(code)
    wide = "".join(chr(ord(one) + 0xFEE0) for one in shown)
    for typed in (code, shown, shown.lower(), shown.replace("-", " "), wide):
        assert with_codes_tidied(f"电子秤 {typed}").upper() == f"电子秤 {code}"
    for other in ("ABCDE-12345", "（衡）法计", "SN-2024-00001"):
        assert with_codes_tidied(other) == other
