"""Reads a certificate of DCC 2.3 to 3.3 into the model, guessing nothing.

What the model has no place for is listed in `Certificate.unread`, an absent date or factor stays absent.
Reading needs no valid document: `check.py` says what is wrong with it.
"""

from collections.abc import Iterable, Iterator

from lxml import etree

from hengliang.dcc.document import DCC, RECEIPT, local, parse_certificate, text_of
from hengliang.dcc.model import (
    Certificate,
    Condition,
    Contact,
    Equipment,
    Identification,
    Item,
    Measurement,
    Method,
    Person,
    Referral,
    Result,
    Software,
    Statement,
)
from hengliang.dcc.quantity import Quantity, Table
from hengliang.dcc.read_legal import read_kind, read_legal
from hengliang.dcc.read_quantity import read_quantity
from hengliang.dcc.reading import child, many, read_text, ref_types, said, yes
from hengliang.dcc.structure import read_date

# Read here or in the modules beside; whatever else carries text is listed as unread.
_NOT_HELD = frozenset(
    (
        "equipmentClass",
        "owner",
        "installedSoftwares",
        "installedSoftware",
        "itemQuantities",
        "measuringEquipmentQuantities",
        "subItems",
        "usedMethodQuantities",
        "relativeUncertainty",
        "formula",
        "byteData",
        "xml",
        "file",
        "comment",
        "document",
        "descriptionData",
        "refTypeDefinitions",
        "positionCoordinates",
        "cryptElectronicSeal",
        "cryptElectronicSignature",
        "cryptElectronicTimeStamp",
        "valid",
        "validXMLList",
        "period",
        "fax",
        "link",
        "complex",
        "complexListXMLList",
        "linkedReport",
        "inValidityRange",
        "status",
    )
)
_NOT_HELD_WITHIN = {
    "metaData": ("declaration", "date", "norm", "reference", "name", "description"),
    "influenceCondition": ("state",),
    "quantity": ("description", "usedMethods", "usedSoftware", "measuringEquipments", "influenceConditions"),
    "list": ("description", "dateTime", "dateTimeXMLList", "usedMethods", "measurementMetaData"),
    "measurementResults": ("usedMethods", "usedSoftware", "measuringEquipments", "influenceConditions"),
    "measurementResult": ("description", "usedSoftware", "measurementMetaData"),
    "statement": ("description", "location", "countryCodeISO3166_1"),
}
MOST_UNREAD = 100


def read_certificate(content: bytes) -> Certificate:
    """The certificate in a document. Raises CertificateRefused."""
    return read_tree(parse_certificate(content))


def read_tree(root: etree._Element) -> Certificate:
    """The certificate in a tree that `document.parse_certificate` made."""
    head = child(root, "administrativeData")
    core, laboratory = child(head, "coreData"), child(head, "calibrationLaboratory")
    change = child(core, "reportAmendedSubstituted")
    statements = [_statement(one) for one in many(child(head, "statements"), "statement")]
    change_word = said(change, "typeOfChange")
    return Certificate(
        kind=read_kind(statements),
        number=said(core, "uniqueIdentifier"),
        country=said(core, "countryCodeISO3166_1"),
        languages=tuple(text_of(one) for one in many(core, "usedLangCodeISO639_1")),
        mandatory_languages=tuple(text_of(one) for one in many(core, "mandatoryLangCodeISO639_1")),
        begun=read_date(said(core, "beginPerformanceDate")),
        ended=read_date(said(core, "endPerformanceDate")),
        software=tuple(_software(one) for one in many(child(head, "dccSoftware"), "software")),
        items=tuple(_item(one) for one in many(child(head, "items"), "item")),
        laboratory=_contact(child(laboratory, "contact")),
        persons=tuple(_person(one) for one in many(child(head, "respPersons"), "respPerson")),
        customer=_contact(child(head, "customer")),
        measurements=tuple(_measurement(one) for one in many(child(root, "measurementResults"), "measurementResult")),
        location=said(core, "performanceLocation"),
        laboratory_code=said(laboratory, "calibrationLaboratoryCode"),
        identifications=_identifications(core),
        received=read_date(said(core, "receiptDate")),
        issued=read_date(said(core, "issueDate")),
        replaces=said(change, "replacedUniqueIdentifier"),
        replacement=change_word if change_word in ("amended", "substituted") else None,  # type: ignore[arg-type]
        previous=_referral(child(core, "previousReport")),
        legal=read_legal(statements),
        statements=tuple(one for one in statements if not any(kind.startswith("hengliang_") for kind in one.ref_types)),
        version=root.get("schemaVersion") or "",
        unread=tuple(_unread(root)),
    )


def _unread(root: etree._Element) -> Iterator[str]:
    seen: set[str] = set()
    for element in root.iter(f"{DCC}*", "{https://ptb.de/si}*"):
        held = not _without_place(element)
        if not held and len(seen) < MOST_UNREAD:
            path = "/".join(local(one) for one in (*reversed(list(element.iterancestors())), element))
            if path not in seen:
                seen.add(path)
                yield path


def _without_place(element: etree._Element) -> bool:
    parent = element.getparent()
    if local(element) == "comment" and [one.tag for one in element] == [RECEIPT]:
        return False
    known = () if parent is None else _NOT_HELD_WITHIN.get(local(parent), ())
    return local(element) in _NOT_HELD or local(element) in known


def _software(element: etree._Element) -> Software:
    return Software(read_text(child(element, "name")), said(element, "release"))


def _identifications(holder: etree._Element | None) -> tuple[Identification, ...]:
    return tuple(
        Identification(said(one, "issuer"), said(one, "value"), read_text(child(one, "name")))  # type: ignore[arg-type]
        for one in many(child(holder, "identifications"), "identification")
    )


def _item(element: etree._Element) -> Item:
    made = child(element, "manufacturer")
    return Item(
        name=read_text(child(element, "name")),
        identifications=_identifications(element),
        manufacturer=None if made is None else _contact(made),
        model=said(element, "model"),
        description=read_text(child(element, "description")),
    )


def _contact(element: etree._Element | None) -> Contact:
    place = child(element, "location")
    street = " ".join(part for part in (said(place, "street"), said(place, "streetNo")) if part)
    return Contact(
        name=read_text(child(element, "name")),
        email=said(element, "eMail"),
        phone=said(element, "phone"),
        country=said(place, "countryCode"),
        state=said(place, "state"),
        city=said(place, "city"),
        post_code=said(place, "postCode"),
        street=street,
        further=read_text(child(place, "further")),
    )


def _person(element: etree._Element) -> Person:
    return Person(_contact(child(element, "person")), said(element, "role"), bool(yes(element, "mainSigner")))


def _referral(element: etree._Element | None) -> Referral | None:
    if element is None:
        return None
    title = child(element, "referral")
    return Referral(
        title=read_text(child(element, "reference") if title is None else title),
        identifier=said(element, "referralID") or said(element, "referenceID"),
        procedure=said(element, "procedure"),
        digest=said(element, "value"),
        traceable=yes(element, "traceable"),
    )


def _measurement(element: etree._Element) -> Measurement:
    return Measurement(
        name=read_text(child(element, "name")),
        results=tuple(_result(one) for one in many(child(element, "results"), "result")),
        methods=tuple(_method(one) for one in many(child(element, "usedMethods"), "usedMethod")),
        equipment=tuple(_equipment(one) for one in many(child(element, "measuringEquipments"), "measuringEquipment")),
        conditions=tuple(_condition(one) for one in many(child(element, "influenceConditions"), "influenceCondition")),
    )


def _method(element: etree._Element) -> Method:
    return Method(
        name=read_text(child(element, "name")),
        description=read_text(child(element, "description")),
        norms=tuple(text_of(one) for one in many(element, "norm")),
        references=tuple(text_of(one) for one in many(element, "reference")),
        ref_types=ref_types(element),
    )


def _equipment(element: etree._Element) -> Equipment:
    return Equipment(
        name=read_text(child(element, "name")),
        identifications=_identifications(element),
        certificate=_referral(child(element, "certificate")),
        model=said(element, "model"),
        ref_types=ref_types(element),
    )


def _condition(element: etree._Element) -> Condition:
    return Condition(
        name=read_text(child(element, "name")),
        data=_data(child(element, "data")),
        description=read_text(child(element, "description")),
        ref_types=ref_types(element),
    )


def _result(element: etree._Element) -> Result:
    data = child(element, "data")
    return Result(
        name=read_text(child(element, "name")),
        data=_data(data),
        description=read_text(child(element, "description")),
        remarks=tuple(read_text(one) for one in many(data, "text")),
        ref_types=ref_types(element),
    )


def _data(holder: etree._Element | None) -> tuple[Quantity | Table, ...]:
    return () if holder is None else tuple(_columns(holder))


def _columns(holder: Iterable[etree._Element]) -> Iterator[Quantity | Table]:
    for one in holder:
        if one.tag == f"{DCC}quantity":
            yield read_quantity(one)
        elif one.tag == f"{DCC}list":
            name = read_text(child(one, "name"))
            yield Table(name, tuple(_columns(one)), ref_types(one), one.get("id") or "")


def _statement(element: etree._Element) -> Statement:
    authority = child(element, "respAuthority")
    verdict = said(element, "conformity")
    return Statement(
        declaration=read_text(child(element, "declaration")),
        name=read_text(child(element, "name")),
        norms=tuple(text_of(one) for one in many(element, "norm")),
        references=tuple(text_of(one) for one in many(element, "reference")),
        convention=said(element, "convention"),
        traceable=yes(element, "traceable"),
        conformity=verdict or None,  # type: ignore[arg-type]
        day=read_date(said(element, "date")),
        authority=None if authority is None else _contact(authority),
        data=_data(child(element, "data")),
        non_si_unit=said(element, "nonSIUnit"),
        non_si_definition=said(element, "nonSIDefinition"),
        ref_types=ref_types(element),
    )
