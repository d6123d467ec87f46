"""Writes kind and legal content as statements with `refType`s of ours; `read_legal.py` reads them back."""

from collections.abc import Iterator

from hengliang.dcc.model import Certificate, Legal, Statement
from hengliang.dcc.quantity import Text
from hengliang.dcc.read_legal import PREFIX
from hengliang.dcc.words import word


def legal_statements(certificate: Certificate) -> Iterator[Statement]:
    """The statements that say what the certificate is and what holds for it by law."""
    yield _said("kind", certificate.kind, Text.of(f"{word(certificate.kind, 'zh')} {word(certificate.kind, 'en')}"))
    if certificate.legal is not None:
        yield from _legal(certificate.legal)


def _legal(legal: Legal) -> Iterator[Statement]:
    if legal.conclusion or legal.passed is not None:
        verdict = None if legal.passed is None else ("pass" if legal.passed else "fail")
        kinds = (f"{PREFIX}conclusion", "basic_conformity")
        yield Statement(legal.conclusion, conformity=verdict, ref_types=kinds)  # type: ignore[arg-type]
    for name, said in (
        ("accuracyClass", legal.accuracy_class),
        ("authorisation", legal.authorisation),
        ("procedure", legal.procedure),
        ("minimumAmount", legal.minimum_amount),
    ):
        if said:
            yield _said(name, said, Text())
    if legal.valid_until is not None:
        yield Statement(day=legal.valid_until, ref_types=(f"{PREFIX}validUntil",))
    if legal.forbidden:
        yield Statement(legal.forbidden, ref_types=(f"{PREFIX}forbidden",))


def _said(name: str, said: str, text: Text) -> Statement:
    return Statement(text, convention=said, ref_types=(PREFIX + name,))
