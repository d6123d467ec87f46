"""The one form in which a JSON value is hashed and signed (RFC 8785), and a reader that accepts no other.

Guarantee: `read(write(x)) == x`, and two different byte strings never read as the same value, so a digest
over the bytes is a digest over the value. Hole: numbers are IEEE 754 doubles; a measured value that must keep
its trailing zeros (12.50) is written as text. Source: RFC 8785; RFC 7493 (I-JSON) for duplicate names.
"""

import json
from typing import Any, NoReturn

import rfc8785

from hengliang.trust.errors import NotCanonical, NotEncodable

MAX_BYTES = 16 * 1024 * 1024
MAX_DEPTH = 64
_SAFE_INTEGER = 2**53 - 1


def write(value: Any) -> bytes:
    """Canonical UTF-8 bytes of `value`.

    value : JSON value; tuples count as lists
    Raises NotEncodable for NaN, infinities, integers beyond 2^53 - 1, lone surrogates, foreign types and
    nesting deeper than MAX_DEPTH.
    Source: RFC 8785, 3.2

    >>> write({"b": 1.0, "a": "计量"}).decode()
    '{"a":"计量","b":1}'
    """
    if not _within_depth(value, MAX_DEPTH):
        raise NotEncodable(reason=f"Nested deeper than {MAX_DEPTH} levels")
    try:
        return rfc8785.dumps(value)
    except (rfc8785.CanonicalizationError, UnicodeEncodeError) as fault:
        raise NotEncodable(reason=str(fault)) from fault


def read(content: bytes, *, max_bytes: int = MAX_BYTES) -> Any:
    """The value of `content`, which must be canonical to the last byte.

    content : (n,) bytes, at most `max_bytes`
    Raises NotCanonical for anything that `write` would not have written: white space, other key order,
    duplicate names, other number or escape forms, a byte order mark, too long or too deep.
    Source: RFC 8785; RFC 8259

    >>> read(b'{"a":1}')
    {'a': 1}
    """
    if len(content) > max_bytes:
        raise NotCanonical(reason=f"longer than {max_bytes} bytes")
    value = _parse(content)
    try:
        again = write(value)
    except NotEncodable as fault:
        raise NotCanonical(reason=str(fault)) from fault
    if again != content:
        raise NotCanonical(reason=f"differs from its canonical form at byte {_first_difference(again, content)}")
    return value


def _parse(content: bytes) -> Any:
    try:
        return json.loads(
            content.decode("utf-8"),
            object_pairs_hook=_unique,
            parse_int=_number,
            parse_float=_bounded_float,
            parse_constant=_no_constant,
        )
    except (UnicodeDecodeError, json.JSONDecodeError) as fault:
        raise NotCanonical(reason=str(fault)) from fault
    except RecursionError:
        # The C scanner counts its own depth and stops long before the stack does.
        raise NotCanonical(reason=f"nested deeper than {MAX_DEPTH} levels") from None


def _within_depth(value: Any, depth: int) -> bool:
    if isinstance(value, dict):
        return depth > 0 and all(_within_depth(member, depth - 1) for member in value.values())
    if isinstance(value, list | tuple):
        return depth > 0 and all(_within_depth(member, depth - 1) for member in value)
    return True


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise NotCanonical(reason="a name occurs twice in one object")
    return found


def _number(digits: str) -> int | float:
    # Whole doubles beyond 2^53 are canonical as plain digits (1e20 is 100000000000000000000).
    if len(digits) > 22:
        raise NotCanonical(reason="a number has more than 21 digits")
    whole = int(digits)
    return whole if abs(whole) <= _SAFE_INTEGER else float(whole)


def _bounded_float(digits: str) -> float:
    if len(digits) > 32:
        raise NotCanonical(reason="a number has more digits than a double can hold")
    return float(digits)


def _no_constant(name: str) -> NoReturn:
    raise NotCanonical(reason=f"{name} is no JSON number")


def _first_difference(left: bytes, right: bytes) -> int:
    shorter = min(len(left), len(right))
    return next((at for at in range(shorter) if left[at] != right[at]), shorter)
