"""A certificate as data: one model for calibration, verification, notices and reference materials.

Numbers are kept as the decimal text that was written, so that no digit is lost or invented; `floats` gives
them for computing. What a foreign document says beyond this model is named in `Certificate.unread`.
Source: DCC 3.3.0 and D-SI 2.2.1 for calibration; JJF 1002 and 计量检定印、证管理办法 for verification;
ISO 33401 for reference materials.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from hengliang.dcc.quantity import Quantity, Table, Text

Kind = Literal[
    "calibration_certificate",
    "verification_certificate",
    "verification_notice",
    "reference_material_certificate",
    "test_report",
]
Conformity = Literal["pass", "fail", "conditionalPass", "conditionalFail", "noPass", "noFail"]


@dataclass(frozen=True, slots=True)
class Identification:
    """A number of the object and whose it is."""

    issuer: Literal["manufacturer", "calibrationLaboratory", "customer", "owner", "other"]
    value: str
    name: Text = Text()


@dataclass(frozen=True, slots=True)
class Contact:
    """An organisation or a person."""

    name: Text
    email: str = ""
    phone: str = ""
    country: str = ""
    state: str = ""
    city: str = ""
    post_code: str = ""
    street: str = ""
    further: Text = Text()


@dataclass(frozen=True, slots=True)
class Item:
    """An instrument or material that the certificate is about."""

    name: Text
    identifications: tuple[Identification, ...]
    manufacturer: Contact | None = None
    model: str = ""
    description: Text = Text()


@dataclass(frozen=True, slots=True)
class Person:
    """Who answers for the certificate; `role` as printed (检定员, 核验员, 批准人)."""

    contact: Contact
    role: str = ""
    main_signer: bool = False


@dataclass(frozen=True, slots=True)
class Referral:
    """Another document by its identifier and digest: a certificate of a standard, a replaced report."""

    title: Text
    identifier: str
    procedure: str
    digest: str
    traceable: bool | None = None


@dataclass(frozen=True, slots=True)
class Equipment:
    """A measurement standard or other equipment used, with the certificate that makes it traceable."""

    name: Text
    identifications: tuple[Identification, ...] = ()
    certificate: Referral | None = None
    model: str = ""
    ref_types: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Method:
    """A procedure: regulation, standard or own method."""

    name: Text
    description: Text = Text()
    norms: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    ref_types: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition under which it was measured."""

    name: Text
    data: tuple[Quantity | Table, ...]
    description: Text = Text()
    ref_types: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Result:
    """A result with its quantities, tables and remarks."""

    name: Text
    data: tuple[Quantity | Table, ...]
    description: Text = Text()
    remarks: tuple[Text, ...] = ()
    ref_types: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Measurement:
    """What was measured, how, with what, under which conditions."""

    name: Text
    results: tuple[Result, ...]
    methods: tuple[Method, ...] = ()
    equipment: tuple[Equipment, ...] = ()
    conditions: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement about the whole certificate (validity, conformity, recalibration, traceability)."""

    declaration: Text = Text()
    name: Text = Text()
    norms: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    convention: str = ""
    traceable: bool | None = None
    conformity: Conformity | None = None
    day: date | None = None
    authority: Contact | None = None
    data: tuple[Quantity | Table, ...] = ()
    non_si_unit: str = ""
    non_si_definition: str = ""
    ref_types: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Legal:
    """What a legal certificate must say beyond a calibration.

    conclusion : of a verification; a notice says why not
    authorisation : number of the designation or authorisation of the body (计量授权证书号)
    procedure : verification regulation (检定规程) by number and year
    valid_until : last day of validity; a notice has none
    forbidden : what a notice forbids, or how far a material may be used
    minimum_amount : of a reference material, with unit
    """

    conclusion: Text = Text()
    passed: bool | None = None
    accuracy_class: str = ""
    authorisation: str = ""
    procedure: str = ""
    valid_until: date | None = None
    forbidden: Text = Text()
    minimum_amount: str = ""


@dataclass(frozen=True, slots=True)
class Software:
    """A program with its release."""

    name: Text
    release: str


@dataclass(frozen=True, slots=True)
class Certificate:
    """A whole certificate.

    version : schema version it was read from, or is written in
    unread : paths in a foreign document that this model has no place for; nothing is dropped silently
    """

    kind: Kind
    number: str
    country: str
    languages: tuple[str, ...]
    mandatory_languages: tuple[str, ...]
    begun: date | None
    ended: date | None
    software: tuple[Software, ...]
    items: tuple[Item, ...]
    laboratory: Contact
    persons: tuple[Person, ...]
    customer: Contact
    measurements: tuple[Measurement, ...]
    location: str = "laboratory"
    laboratory_code: str = ""
    identifications: tuple[Identification, ...] = ()
    received: date | None = None
    issued: date | None = None
    replaces: str = ""
    replacement: Literal["amended", "substituted"] | None = None
    previous: Referral | None = None
    legal: Legal | None = None
    statements: tuple[Statement, ...] = ()
    version: str = "3.3.0"
    unread: tuple[str, ...] = ()
