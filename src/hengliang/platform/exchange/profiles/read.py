"""Profiles as they are shipped, and with what an authority changed of them. The form is closed: what is not known is
refused, with its place."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from hengliang.platform.core.errors import InputRefused
from hengliang.platform.exchange.profiles.profile import (
    CHOICES,
    FORMATS,
    INBOUND,
    NEEDED,
    OUTBOUND,
    Column,
    Profile,
)

FOLDER = Path(__file__).parent
LONGEST = 40_000
_TEXTS = ("id", "status", "source", "format", "code_kind")
_KEYS = frozenset({*_TEXTS, "title", "inbound", "values", "outbound", "written"})
_CHANGEABLE = frozenset({"inbound", "values", "outbound", "written", "source", "status"})


@cache
def profiles() -> Mapping[str, Profile]:
    """The profiles that are shipped, by name."""
    read = (read_profile(_parsed(path.read_text(encoding="utf-8"))) for path in sorted(FOLDER.glob("*.yaml")))
    return {one.id: one for one in read}


def profile_named(name: str) -> Profile:
    """One profile.

    Errors: `InputRefused` for an unknown name.
    """
    if name not in profiles():
        raise InputRefused(
            "profile_unknown",
            "There is no mapping profile “%(name)s”; there are: %(known)s.",
            field="profile",
            name=name,
            known=", ".join(profiles()),
        )
    return profiles()[name]


def overlaid(base: Profile, text: str) -> Profile:
    """A profile with what an authority changed: a field's headers, a choice's words, the columns that are written.

    Errors: `InputRefused` naming the place that is not understood.
    """
    change = _parsed(text)
    if unknown := sorted(set(change) - _CHANGEABLE):
        raise _refused("/".join(unknown), gettext_noop("it can't be changed here"))
    merged = dict(base.content)
    for key, value in change.items():
        merged[key] = _merged(merged.get(key), value) if isinstance(value, dict) else value
    return read_profile(merged)


def _merged(old: Any, new: Mapping[str, Any]) -> dict[str, Any]:
    """Mappings are joined, lists and texts replaced; `null` takes a field away."""
    result = dict(old or {})
    for key, value in new.items():
        if value is None:
            result.pop(key, None)
        else:
            result[key] = _merged(result.get(key), value) if isinstance(value, dict) else value
    return result


def _parsed(text: str) -> dict[str, Any]:
    if len(text) > LONGEST:
        raise _refused("/", gettext_noop("it is too long"))
    try:
        if any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(text)):
            raise _refused("/", gettext_noop("anchors and aliases are not read"))
        content = yaml.safe_load(text)
    except (yaml.YAMLError, RecursionError) as fault:
        raise _refused("/", gettext_noop("it is no YAML")) from fault
    if not isinstance(content, dict):
        raise _refused("/", gettext_noop("it must hold names and values"))
    return content


def read_profile(content: Mapping[str, Any]) -> Profile:
    """A profile from its content.

    Errors: `InputRefused` naming the place that is not understood.
    """
    if unknown := sorted(map(str, set(content) - _KEYS)):
        raise _refused("/".join(unknown), gettext_noop("the name is not known"))
    for key in _TEXTS:
        if not isinstance(content.get(key), str):
            raise _refused(key, gettext_noop("a text is missing"))
    if content["format"] not in FORMATS:
        raise _refused("format", gettext_noop("it is none of the forms that are read"))
    inbound = _inbound(_mapping(content.get("inbound", {}), "inbound"))
    return Profile(
        **{key: content[key] for key in _TEXTS},
        title=_texts(content.get("title"), "title"),
        inbound=inbound,
        values=_values(_mapping(content.get("values", {}), "values")),
        outbound=_outbound(_mapping(content.get("outbound", {}), "outbound")),
        written={k: _texts(v, f"written/{k}") for k, v in _mapping(content.get("written", {}), "written").items()},
        content=dict(content),
    )


def _inbound(told: Mapping[str, Any]) -> dict[str, dict[str, tuple[str, ...]]]:
    result = {}
    for kind, fields in told.items():
        if kind not in INBOUND:
            raise _refused(f"inbound/{kind}", gettext_noop("the name is not known"))
        named = {f: _words(names, f"inbound/{kind}/{f}") for f, names in _mapping(fields, f"inbound/{kind}").items()}
        if unknown := sorted(set(named) - set(INBOUND[kind])):
            raise _refused(f"inbound/{kind}/{unknown[0]}", gettext_noop("the name is not known"))
        if missing := sorted(NEEDED[kind] - set(named)):
            raise _refused(f"inbound/{kind}/{missing[0]}", gettext_noop("without it the file can't be understood"))
        _refuse_twice(named, f"inbound/{kind}")
        result[kind] = named
    return result


def _refuse_twice(named: Mapping[str, tuple[str, ...]], where: str) -> None:
    seen: dict[str, str] = {}
    for field, names in named.items():
        for name in names:
            if seen.setdefault(name, field) != field:
                raise _refused(f"{where}/{field}", gettext_noop("the header stands for another field already"))


def _values(told: Mapping[str, Any]) -> dict[str, dict[str, tuple[str, ...]]]:
    result = {}
    for field, codes in told.items():
        if field not in CHOICES:
            raise _refused(f"values/{field}", gettext_noop("the name is not known"))
        named = _mapping(codes, f"values/{field}")
        if unknown := sorted(set(named) - CHOICES[field]):
            raise _refused(f"values/{field}/{unknown[0]}", gettext_noop("the name is not known"))
        result[field] = {code: _words(words, f"values/{field}/{code}") for code, words in named.items()}
    return result


def _outbound(told: Mapping[str, Any]) -> dict[str, tuple[Column, ...]]:
    result = {}
    for kind, columns in told.items():
        if kind not in OUTBOUND or not isinstance(columns, list):
            raise _refused(f"outbound/{kind}", gettext_noop("the name is not known"))
        result[kind] = tuple(_column(kind, at, one) for at, one in enumerate(columns))
        if "key" not in {column.field for column in result[kind]}:
            raise _refused(f"outbound/{kind}", gettext_noop("without our number no receipt can be matched"))
    return result


def _column(kind: str, at: int, told: Any) -> Column:
    where = f"outbound/{kind}/{at}"
    texts = _texts(told, where)
    if set(texts) != {"field", "header"} or texts["field"] not in OUTBOUND[kind]:
        raise _refused(where, gettext_noop("the name is not known"))
    return Column(texts["field"], texts["header"])


def _mapping(told: Any, where: str) -> Mapping[str, Any]:
    if not isinstance(told, dict) or not all(isinstance(key, str) for key in told):
        raise _refused(where, gettext_noop("it must hold names and values"))
    return told


def _texts(told: Any, where: str) -> dict[str, str]:
    mapped = _mapping(told, where)
    if not all(isinstance(value, str) and value for value in mapped.values()):
        raise _refused(where, gettext_noop("a text is missing"))
    return dict(mapped)


def _words(told: Any, where: str) -> tuple[str, ...]:
    if not isinstance(told, list) or not told or not all(isinstance(word, str) and word for word in told):
        raise _refused(where, gettext_noop("a list of words is missing"))
    return tuple(told)


def _refused(where: str, why: str) -> InputRefused:
    return InputRefused(
        "profile_malformed",
        "The mapping is not understood at “%(where)s”: %(why)s.",
        field="text",
        where=where,
        why=_(why),
    )
