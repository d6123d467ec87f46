"""Everything that can be said about a certificate file: structure, rules, signature, and the verdict.

Guarantee: `valid` means that the structure is that of its schema version, that every rule here holds, and that
the signature, if there is one, holds and leads to a given anchor. Hole: an unsigned certificate can be valid;
then nothing shows who wrote it, and the finding `signature` says so. Nothing here proves a measurement right.
"""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from lxml import etree

from hengliang.dcc.document import DS, parse_certificate, place
from hengliang.dcc.errors import CertificateRefused
from hengliang.dcc.findings import Finding, Report, Word, report
from hengliang.dcc.grammar import VERSIONS
from hengliang.dcc.legal_rules import check_legal
from hengliang.dcc.quantity_rules import check_quantities
from hengliang.dcc.read import read_tree
from hengliang.dcc.rules import check_rules
from hengliang.dcc.schema import check_schema
from hengliang.dcc.structure import check_references, check_structure
from hengliang.trust.chain import Anchors
from hengliang.trust.verdicts import Invalid, Valid, Verdict
from hengliang.trust.xades import check_xml

NOT_SIGNED = "the document carries no signature, and the format asks for none: nothing here shows who issued it"


def check_certificate(
    content: bytes, anchors: Anchors, *, now: datetime, schemas: Path | None = None, signed: bool = False
) -> Report:
    """The report about one file; raises nothing that a hostile document could cause.

    anchors : whom to believe about signatures
    now : moment of asking, UTC
    schemas : folder of the schema files, checked against as well when given
    signed : whether a certificate without signature is indeterminate
    """
    try:
        root = parse_certificate(content)
    except CertificateRefused as fault:
        return report(None, [Finding("readable", "invalid", "/", str(fault))])
    version = root.get("schemaVersion")
    if version not in VERSIONS:
        reason = f"schemaVersion is {version!r}; versions {VERSIONS[0]} to {VERSIONS[-1]} are known here"
        word: Word = "invalid" if version is None else "indeterminate"
        unknown = Finding("version", word, place(root), reason)
        return report(version, [unknown, *_signature(content, root, anchors, now)])
    return report(version, _findings(content, root, version, anchors, now, schemas, signed=signed))


def _findings(
    content: bytes,
    root: etree._Element,
    version: str,
    anchors: Anchors,
    now: datetime,
    schemas: Path | None,
    *,
    signed: bool,
) -> Iterator[Finding]:
    # The signature first: a long list of small faults must not push its answer out of the report.
    yield from _signature(content, root, anchors, now, signed=signed)
    yield from check_structure(root, version)
    if schemas is not None:
        yield from check_schema(root, version, schemas)
    yield from check_references(root)
    yield from check_rules(root)
    yield from check_quantities(root)
    yield from check_legal(read_tree(root))


def _signature(
    content: bytes, root: etree._Element, anchors: Anchors, now: datetime, *, signed: bool = False
) -> Iterator[Finding]:
    found = next(root.iter(f"{DS}Signature"), None)
    if found is None:
        yield Finding("signature", "indeterminate" if signed else "valid", "/", NOT_SIGNED)
        return
    answer = check_xml(content, anchors, now=now)
    yield Finding("signature", _word(answer.verdict), place(found), answer.verdict.reason)


def _word(verdict: Verdict) -> Word:
    if isinstance(verdict, Valid):
        return "valid"
    return "invalid" if isinstance(verdict, Invalid) else "indeterminate"
