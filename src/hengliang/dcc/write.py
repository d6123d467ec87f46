"""Writes a certificate as DCC 3.3.0; the order of the elements is built in.

Guarantee: what is returned has passed our own checks, so it is structurally valid, every list has its length,
every expanded uncertainty its factor. Hole: texts are not judged. Source: DCC 3.3.0, D-SI 2.2.1 (PTB).
"""

from datetime import date
from itertools import chain

from lxml import etree

from hengliang.dcc.document import DCC, SI
from hengliang.dcc.errors import NotWritable
from hengliang.dcc.legal_rules import check_legal
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
    Statement,
)
from hengliang.dcc.quantity_rules import check_quantities
from hengliang.dcc.rules import check_rules
from hengliang.dcc.structure import check_references, check_structure
from hengliang.dcc.write_legal import legal_statements
from hengliang.dcc.write_quantity import write_column
from hengliang.dcc.writing import add, add_flag, add_said, add_text, set_ref_types

VERSION = "3.3.0"


def write_certificate(certificate: Certificate) -> bytes:
    """The XML of a certificate. Raises NotWritable, naming the first place that no valid document can hold."""
    root = _tree(certificate)
    checks = chain(
        check_structure(root, VERSION),
        check_references(root),
        check_rules(root),
        check_quantities(root),
        check_legal(certificate),
    )
    fault = next((one for one in checks if one.verdict != "valid"), None)
    if fault is not None:
        raise NotWritable(where=fault.where.replace(" (line None)", ""), reason=fault.reason)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True))


def _tree(certificate: Certificate) -> etree._Element:
    if certificate.unread:
        reason = f"it was read from a document with more than the model holds: {certificate.unread[0]}"
        raise NotWritable(where=certificate.number, reason=reason)
    root = etree.Element(f"{DCC}digitalCalibrationCertificate", nsmap={"dcc": DCC[1:-1], "si": SI[1:-1]})
    root.set("schemaVersion", VERSION)
    _write_head(add(root, "administrativeData"), certificate)
    results = add(root, "measurementResults")
    for measurement in certificate.measurements:
        _write_measurement(results, measurement)
    return root


def _write_head(head: etree._Element, certificate: Certificate) -> None:
    programs = add(head, "dccSoftware")
    for one in certificate.software:
        program = add(programs, "software")
        add_text(program, "name", one.name, needed=True)
        add(program, "release", one.release)
    _write_core(add(head, "coreData"), certificate)
    items = add(head, "items")
    for item in certificate.items:
        _write_item(items, item)
    laboratory = add(head, "calibrationLaboratory")
    add_said(laboratory, "calibrationLaboratoryCode", certificate.laboratory_code)
    _write_contact(laboratory, "contact", certificate.laboratory)
    persons = add(head, "respPersons")
    for person in certificate.persons:
        _write_person(persons, person)
    _write_contact(head, "customer", certificate.customer)
    statements = add(head, "statements")
    for statement in (*legal_statements(certificate), *certificate.statements):
        _write_statement(statements, statement)


def _write_core(core: etree._Element, certificate: Certificate) -> None:
    add(core, "countryCodeISO3166_1", certificate.country)
    add_said(core, "usedLangCodeISO639_1", *certificate.languages)
    add_said(core, "mandatoryLangCodeISO639_1", *certificate.mandatory_languages)
    add(core, "uniqueIdentifier", certificate.number)
    _write_identifications(core, certificate.identifications)
    add_said(core, "receiptDate", _day(certificate.received))
    add_said(core, "beginPerformanceDate", _day(certificate.begun))
    add_said(core, "endPerformanceDate", _day(certificate.ended))
    add(core, "performanceLocation", certificate.location)
    add_said(core, "issueDate", _day(certificate.issued))
    if certificate.replacement:
        change = add(core, "reportAmendedSubstituted")
        add(change, "typeOfChange", certificate.replacement)
        add(change, "replacedUniqueIdentifier", certificate.replaces)
    if certificate.previous:
        _write_referral(core, "previousReport", certificate.previous)


def _day(day: date | None) -> str:
    return "" if day is None else day.isoformat()


def _write_identifications(parent: etree._Element, identifications: tuple[Identification, ...]) -> None:
    if not identifications:
        return
    holder = add(parent, "identifications")
    for one in identifications:
        element = add(holder, "identification")
        add(element, "issuer", one.issuer)
        add(element, "value", one.value)
        add_text(element, "name", one.name)


def _write_item(parent: etree._Element, item: Item) -> None:
    element = add(parent, "item")
    add_text(element, "name", item.name, needed=True)
    add_text(element, "description", item.description)
    if item.manufacturer:
        _write_contact(element, "manufacturer", item.manufacturer)
    add_said(element, "model", item.model)
    _write_identifications(element, item.identifications)


def _write_contact(parent: etree._Element, name: str, contact: Contact) -> None:
    element = add(parent, name)
    add_text(element, "name", contact.name, needed=True)
    add_said(element, "eMail", contact.email)
    add_said(element, "phone", contact.phone)
    lines = {
        "city": contact.city,
        "countryCode": contact.country,
        "postCode": contact.post_code,
        "state": contact.state,
        "street": contact.street,
    }
    if any(lines.values()) or contact.further:
        location = add(element, "location")
        for line, text in lines.items():
            add_said(location, line, text)
        add_text(location, "further", contact.further)


def _write_person(parent: etree._Element, person: Person) -> None:
    element = add(parent, "respPerson")
    _write_contact(element, "person", person.contact)
    add_said(element, "role", person.role)
    add_flag(element, "mainSigner", person.main_signer or None)


def _write_referral(parent: etree._Element, name: str, referral: Referral) -> None:
    element = add(parent, name)
    add_text(element, "referral", referral.title, needed=True)
    add(element, "referralID", referral.identifier)
    add(element, "procedure", referral.procedure)
    add(element, "value", referral.digest)
    add_flag(element, "traceable", referral.traceable)


def _write_statement(parent: etree._Element, statement: Statement) -> None:
    element = add(parent, "statement")
    set_ref_types(element, statement.ref_types)
    add_text(element, "name", statement.name)
    add_said(element, "convention", statement.convention)
    add_flag(element, "traceable", statement.traceable)
    add_said(element, "norm", *statement.norms)
    add_said(element, "reference", *statement.references)
    add_text(element, "declaration", statement.declaration)
    add_said(element, "date", _day(statement.day))
    if statement.authority:
        _write_contact(element, "respAuthority", statement.authority)
    add_said(element, "conformity", statement.conformity or "")
    if statement.data:
        data = add(element, "data")
        for column in statement.data:
            write_column(data, column)
    add_said(element, "nonSIDefinition", statement.non_si_definition)
    add_said(element, "nonSIUnit", statement.non_si_unit)


def _write_measurement(parent: etree._Element, measurement: Measurement) -> None:
    element = add(parent, "measurementResult")
    add_text(element, "name", measurement.name, needed=True)
    if measurement.methods:
        methods = add(element, "usedMethods")
        for method in measurement.methods:
            _write_method(methods, method)
    if measurement.equipment:
        equipment = add(element, "measuringEquipments")
        for one in measurement.equipment:
            _write_equipment(equipment, one)
    if measurement.conditions:
        conditions = add(element, "influenceConditions")
        for condition in measurement.conditions:
            _write_condition(conditions, condition)
    results = add(element, "results")
    for result in measurement.results:
        _write_result(results, result)


def _write_method(parent: etree._Element, method: Method) -> None:
    element = add(parent, "usedMethod")
    set_ref_types(element, method.ref_types)
    add_text(element, "name", method.name, needed=True)
    add_text(element, "description", method.description)
    add_said(element, "norm", *method.norms)
    add_said(element, "reference", *method.references)


def _write_equipment(parent: etree._Element, equipment: Equipment) -> None:
    element = add(parent, "measuringEquipment")
    set_ref_types(element, equipment.ref_types)
    add_text(element, "name", equipment.name, needed=True)
    if equipment.certificate:
        _write_referral(element, "certificate", equipment.certificate)
    add_said(element, "model", equipment.model)
    _write_identifications(element, equipment.identifications)


def _write_condition(parent: etree._Element, condition: Condition) -> None:
    element = add(parent, "influenceCondition")
    set_ref_types(element, condition.ref_types)
    add_text(element, "name", condition.name, needed=True)
    add_text(element, "description", condition.description)
    data = add(element, "data")
    for column in condition.data:
        write_column(data, column)


def _write_result(parent: etree._Element, result: Result) -> None:
    element = add(parent, "result")
    set_ref_types(element, result.ref_types)
    add_text(element, "name", result.name, needed=True)
    add_text(element, "description", result.description)
    data = add(element, "data")
    for column in result.data:
        write_column(data, column)
    for remark in result.remarks:
        add_text(data, "text", remark)
