"""Rules about the whole certificate: dates in order, languages, identity, legal statements.

Source: DCC 3.3.0, annotations of the schema; ISO/IEC 17025:2017, 7.8.2 and 7.8.4; for verification
certificates and notices JJF 1002 and the administrative measures on verification marks and certificates.
"""

from collections.abc import Iterator
from datetime import date

from lxml import etree

from hengliang.dcc.document import DCC, place, text_of
from hengliang.dcc.findings import Finding
from hengliang.dcc.structure import read_date

_CORE = f"{DCC}administrativeData/{DCC}coreData"
_ORDER = ("receiptDate", "beginPerformanceDate", "endPerformanceDate", "issueDate")


def check_rules(root: etree._Element) -> Iterator[Finding]:
    """All rules of this module."""
    yield from _check_dates(root)
    yield from _check_validity(root)
    yield from _check_replacement(root)
    yield from _check_languages(root)
    yield from _check_software_and_signers(root)


def _day(root: etree._Element, name: str) -> date | None:
    return read_date(text_of(root.find(f"{_CORE}/{DCC}{name}")))


def _check_dates(root: etree._Element) -> Iterator[Finding]:
    earlier: tuple[str, date] | None = None
    for name in _ORDER:
        day = _day(root, name)
        if day is None:
            continue
        if earlier is not None and day < earlier[1]:
            element = root.find(f"{_CORE}/{DCC}{name}")
            reason = f"{name} {day} is before {earlier[0]} {earlier[1]}"
            yield Finding("dates_ordered", "invalid", place(root if element is None else element), reason)
        earlier = (name, day)


def _check_validity(root: etree._Element) -> Iterator[Finding]:
    ended = _day(root, "endPerformanceDate")
    for element in root.iterfind(f".//{DCC}statement"):
        day = read_date(text_of(element.find(f"{DCC}date")))
        kinds = (element.get("refType") or "").split()
        if day and ended and day < ended and {"basic_recalibration", "hengliang_validUntil"} & set(kinds):
            reason = f"{day} is before the measurements ended on {ended}"
            yield Finding("dates_ordered", "invalid", place(element), reason)


def _check_replacement(root: etree._Element) -> Iterator[Finding]:
    change, number = root.find(f"{_CORE}/{DCC}reportAmendedSubstituted"), root.find(f"{_CORE}/{DCC}uniqueIdentifier")
    if change is None or number is None:
        return
    if text_of(change.find(f"{DCC}replacedUniqueIdentifier")) == text_of(number):
        yield Finding("replacement", "invalid", place(change), "it says that it replaces itself")


def _check_languages(root: etree._Element) -> Iterator[Finding]:
    core = root.find(_CORE)
    if core is None:
        return
    used = {text_of(one) for one in core.findall(f"{DCC}usedLangCodeISO639_1")}
    mandatory = {text_of(one) for one in core.findall(f"{DCC}mandatoryLangCodeISO639_1")}
    for one in sorted(mandatory - used):
        yield Finding("languages", "invalid", place(core), f"language {one!r} is mandatory, but not among those used")
    for holder in dict.fromkeys(one.getparent() for one in root.iter(f"{DCC}content")):
        if holder is not None:
            yield from _check_texts(holder, used, mandatory)


def _check_texts(holder: etree._Element, used: set[str], mandatory: set[str]) -> Iterator[Finding]:
    texts = holder.findall(f"{DCC}content")
    found = [one.get("lang") for one in texts]
    for one in sorted({lang for lang in found if lang} - used):
        yield Finding("languages", "invalid", place(holder), f"language {one!r} is not declared as used")
    if None not in found and not any(text_of(one) for one in texts):
        yield Finding("not_empty", "invalid", place(holder), "the text says nothing in any language")
    missing = sorted(mandatory - set(found)) if None not in found else []
    for one in missing:
        yield Finding("languages", "invalid", place(holder), f"mandatory language {one!r} is missing")


def _check_software_and_signers(root: etree._Element) -> Iterator[Finding]:
    persons = root.find(f"{DCC}administrativeData/{DCC}respPersons")
    if persons is None:
        return
    main = sum(text_of(one) in ("true", "1") for one in persons.iter(f"{DCC}mainSigner"))
    if main > 1:
        yield Finding("main_signer", "invalid", place(persons), f"{main} persons are named as main signer")
