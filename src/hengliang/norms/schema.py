"""Shapes that data must have, made of small parts; a shape notes every fault with its line and a remedy."""

from collections.abc import Callable, Hashable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from hengliang.norms.document import Document

Place = tuple[Hashable, ...]
Shape = Callable[[Document, Place, Any], None]
LONGEST_HINT = 12  # names listed in a remedy; more is noise


def mapping(required: Mapping[str, Shape], optional: Mapping[str, Shape] | None = None) -> Shape:
    """A mapping with exactly these keys; any other key is a fault."""
    optional = optional or {}
    known = {**required, **optional}

    def check(document: Document, place: Place, value: Any) -> None:
        """Note missing and unknown keys, and look into each known one."""
        if not isinstance(value, dict):
            document.refuse(
                place, "not_a_mapping", f"{_name(place)} is no mapping", f"Give {', '.join(known)}", known=_hint(known)
            )
            return
        for key, inner in value.items():
            shape = known.get(key)
            if shape is None:
                message = f"{_name(place)} has an unknown key {key}"
                document.refuse(
                    (*place, key), "unknown_key", message, f"Use one of {_hint(known)}", key=key, known=_hint(known)
                )
            else:
                shape(document, (*place, key), inner)
        for key in required:
            if key not in value:
                document.refuse(place, "missing_key", f"{_name(place)} lacks {key}", f"Add {key}", key=key)

    return check


def keyed(shape: Shape, key: Callable[[Any], bool] = lambda key: isinstance(key, str), wanted: str = "text") -> Shape:
    """A mapping with free keys of one type and values of one shape."""

    def check(document: Document, place: Place, value: Any) -> None:
        """Note keys of another type, and look into each value."""
        if not isinstance(value, dict) or not value:
            document.refuse(place, "not_a_mapping", f"{_name(place)} is no mapping", "Give at least one entry")
            return
        for name, inner in value.items():
            if not key(name):
                message = f"{_name(place)} has the key {name}"
                document.refuse(
                    (*place, name), "bad_key", message, f"Keys must be {wanted} here", key=name, wanted=wanted
                )
            shape(document, (*place, name), inner)

    return check


def listing(shape: Shape, *, least: int = 1) -> Shape:
    """A list of at least `least` values of one shape."""

    def check(document: Document, place: Place, value: Any) -> None:
        """Note what is no list or too short a one, and look into each value."""
        if not isinstance(value, list) or len(value) < least:
            document.refuse(
                place, "not_a_list", f"{_name(place)} is no list of {least} or more", "Write it as a list", least=least
            )
            return
        for index, inner in enumerate(value):
            shape(document, (*place, index), inner)

    return check


def choice(*allowed: str) -> Shape:
    """One of a closed list of words."""
    return satisfies(lambda value: value in allowed, f"one of {', '.join(allowed)}")


def satisfies(holds: Callable[[Any], bool], wanted: str) -> Shape:
    """A value that meets a condition, described by `wanted`."""

    def check(document: Document, place: Place, value: Any) -> None:
        """Note a value that does not meet the condition."""
        if not holds(value):
            document.refuse(
                place, "bad_value", f"{_name(place)} is {value!r}", f"Give {wanted}", value=value, wanted=wanted
            )

    return check


def nullable(shape: Shape) -> Shape:
    """The shape, or null."""

    def check(document: Document, place: Place, value: Any) -> None:
        """Look into anything but null."""
        if value is not None:
            shape(document, place, value)

    return check


def either(*shapes: tuple[Callable[[Any], bool], Shape], wanted: str) -> Shape:
    """The first shape whose test the value meets."""

    def check(document: Document, place: Place, value: Any) -> None:
        """Look into the value by the first shape that claims it."""
        for holds, shape in shapes:
            if holds(value):
                shape(document, place, value)
                return
        document.refuse(
            place, "bad_value", f"{_name(place)} is {value!r}", f"Give {wanted}", value=value, wanted=wanted
        )

    return check


def is_text(value: Any) -> bool:
    """Whether the value is text that says something."""
    return isinstance(value, str) and bool(value.strip())


def is_number(value: Any) -> bool:
    """Whether the value is an exact number."""
    return isinstance(value, (int, Decimal)) and not isinstance(value, bool)


def is_day(value: Any) -> bool:
    """Whether the value is a day."""
    return isinstance(value, date)


text = satisfies(is_text, "a text")
number = satisfies(is_number, "a number")
whole = satisfies(lambda value: isinstance(value, int) and not isinstance(value, bool) and value >= 0, "a whole number")
day = satisfies(is_day, "a day written YYYY-MM-DD")
flag = satisfies(lambda value: isinstance(value, bool), "true or false")
word = satisfies(lambda value: is_text(value) or is_number(value), "a word or a number")
titles = mapping({"zh": text, "en": text})


def _name(place: Place) -> str:
    return ".".join(str(step) for step in place) or "the file"


def _hint(known: Mapping[str, Shape]) -> str:
    names = list(known)
    return ", ".join(names[:LONGEST_HINT]) + (" …" if len(names) > LONGEST_HINT else "")
