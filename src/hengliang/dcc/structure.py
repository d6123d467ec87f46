"""Structural checks: elements, their order and number, their plain contents, identifiers and references.

Hole: what stands inside `xml`, `formula`, `comment` and complex quantities is not looked at; with the schema
files at hand (`schema.py`) the whole document is checked against them as well.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache

from lxml import etree

from hengliang.dcc.document import DCC, SI, local, local_name, place, text_of
from hengliang.dcc.findings import Finding
from hengliang.dcc.grammar import Content, dcc_content, si_content

_OPAQUE = {f"{DCC}xml", f"{DCC}formula", f"{DCC}comment", f"{DCC}mathml"}
_OURS = (DCC, SI)
_ELSEWHERE = ("data", "reference")  # what they may hold depends on where they stand
_FILES = ("byteData", "file", "document", "descriptionData")
# Leaves whose text may be empty; every other one must say something.
_MAY_BE_EMPTY = {"content", "label", "latex", "siunitx", "labelXMLList"}
_DATES = {"receiptDate", "beginPerformanceDate", "endPerformanceDate", "issueDate", "date"}
_VERDICTS = {"pass", "fail", "conditionalPass", "conditionalFail", "noPass", "noFail"}
_WORDS: dict[str, set[str]] = {
    "issuer": {"manufacturer", "calibrationLaboratory", "customer", "owner", "other"},
    "performanceLocation": {"laboratory", "customer", "laboratoryBranch", "customerBranch", "other"},
    "conformity": _VERDICTS,
    "conformityXMLList": _VERDICTS,
    "typeOfChange": {"amended", "substituted"},
    "mainSigner": {"true", "false", "0", "1"},
}
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}(Z|[+-]\d{2}:\d{2})?")
_PATTERNS = {
    "countryCodeISO3166_1": re.compile(r"[A-Z]{2}"),
    "usedLangCodeISO639_1": re.compile(r"[a-z]{2}"),
    "mandatoryLangCodeISO639_1": re.compile(r"[a-z]{2}"),
}
_KNOWN_BY_HEART = 16  # children up to which a verdict is remembered; hostile rows of many must not fill the memory


def check_structure(root: etree._Element, version: str) -> Iterator[Finding]:
    """Every element against the content model of its version, leaves against their form."""
    waiting = [(root, str(root.tag))]
    while waiting:
        element, tag = waiting.pop()
        if tag in _OPAQUE:
            continue
        # A tag is made anew from the tree whenever it is asked for, so it is asked for once; comments have none.
        children = [(child, name) for child in element if isinstance(name := child.tag, str)]
        yield from _check(element, tag, tuple(local_name(name) for _, name in children), version)
        waiting.extend(one for one in reversed(children) if one[1].startswith(_OURS))


def check_references(root: etree._Element) -> Iterator[Finding]:
    """Identifiers occur once; whatever is referred to exists."""
    seen: set[str] = set()
    for element in root.iter(f"{DCC}*"):
        name = element.get("id")
        if name is not None and name in seen:
            yield Finding("ids_unique", "invalid", place(element), f"the id {name!r} occurs more than once")
        if name is not None:
            seen.add(name)
    for element in root.iter(f"{DCC}*"):
        for name in (element.get("refId") or "").split():
            if name not in seen:
                reason = f"refId {name!r} names no element of this document"
                yield Finding("references_resolved", "invalid", place(element), reason)


def read_date(text: str) -> date | None:
    """The day in an XML date, None when it is none; a time zone is let pass."""
    if not _DATE.fullmatch(text):
        return None
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def _check(element: etree._Element, tag: str, names: tuple[str, ...], version: str) -> Iterator[Finding]:
    name = local_name(tag)
    model = (name, "") if tag.startswith(SI) else (_dcc(element, name) if name in _ELSEWHERE else name, version)
    content = _content(*model)
    if content is not None:
        fault = _fault(names, *model) if len(names) <= _KNOWN_BY_HEART else _mismatch(names, content)
        if fault:
            yield Finding("structure", "invalid", place(element), fault)
    elif not names:
        yield from _leaf(element, name)


def _dcc(element: etree._Element, name: str) -> str:
    """Under which name the content of one of `_ELSEWHERE` is looked up; none where it is opaque."""
    parent = element.getparent()
    if name == "data" and parent is not None and local(parent) in _FILES:
        return ""
    if name == "reference" and parent is not None and parent.find(f"{DCC}referenceID") is not None:
        return "name"
    return name


def _content(name: str, version: str) -> Content | None:
    return dcc_content(name, version) if version else si_content(name)


@lru_cache(maxsize=8192)
def _fault(names: tuple[str, ...], name: str, version: str) -> str | None:
    """`_mismatch`, remembered: certificates repeat the same few rows of children over and over."""
    content = _content(name, version)
    return None if content is None else _mismatch(names, content)


def _mismatch(names: Sequence[str], content: Content) -> str | None:
    """What is wrong with the children, None when they fit."""
    return _mismatch_ordered(names, content) if content.ordered else _mismatch_free(names, content)


def _mismatch_ordered(names: Sequence[str], content: Content) -> str | None:
    at = 0
    for particle in content.particles:
        count = 0
        while at < len(names) and names[at] in particle.names and (particle.most is None or count < particle.most):
            at, count = at + 1, count + 1
        if count < particle.least:
            found = f"{names[at]!r} stands there" if at < len(names) else "nothing follows"
            return f"{_choice(particle.names)} is missing; {found}"
    if at == len(names):
        return None
    known = any(names[at] in particle.names for particle in content.particles)
    return f"{names[at]!r} {'stands at a wrong place or too often' if known else 'has no place here'}"


def _mismatch_free(names: Sequence[str], content: Content) -> str | None:
    for particle in content.particles:
        count = sum(1 for name in names if name in particle.names)
        if count < particle.least:
            return f"{_choice(particle.names)} is missing"
        if particle.most is not None and count > particle.most:
            return f"{_choice(particle.names)} occurs {count} times"
    known = frozenset[str]().union(*(particle.names for particle in content.particles))
    odd = next((name for name in names if name not in known), None)
    return f"{odd!r} has no place here" if odd else None


def _choice(names: frozenset[str]) -> str:
    return " or ".join(repr(name) for name in sorted(names))


def _leaf(element: etree._Element, name: str) -> Iterator[Finding]:
    text = text_of(element)
    if not text:
        if name not in _MAY_BE_EMPTY:
            yield Finding("not_empty", "invalid", place(element), f"{name} says nothing")
        return
    if name in _DATES and read_date(text) is None:
        yield Finding("dates", "invalid", place(element), f"{text[:40]!r} is no date of the form YYYY-MM-DD")
    if name in _WORDS and not set(text.split()) <= _WORDS[name]:
        reason = f"{text[:40]!r} is none of {', '.join(sorted(_WORDS[name]))}"
        yield Finding("words", "invalid", place(element), reason)
    if name in _PATTERNS and not _PATTERNS[name].fullmatch(text):
        yield Finding("codes", "invalid", place(element), f"{text[:40]!r} is no code of the standard that {name} names")
