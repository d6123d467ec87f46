"""Refusals of documents in the product's own language, to the last word."""

import ast
import io
import re
import zipfile
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.utils.translation import override

import hengliang.policy.reading as reading
from hengliang.platform.core.errors import InputRefused
from hengliang.platform.plan.reading_words import DETAILS, KINDS, REMEDIES, UNITS
from hengliang.platform.plan.services import plan_import
from hengliang.platform.plan.services.reading import refuse_large
from hengliang.policy.reading.kinds import _FOREIGN

LATIN = re.compile(r"(?<![A-Za-z])(?!(?:DOCX?|XLS|WPS|RTF|TXT|HTML|PDF|OFD|OCR|UTF|MB|Office)(?![A-Za-z]))[A-Za-z]+")


def said_by_the_reader() -> dict[str, set[str]]:
    """The literals that the reader hands over as parameters of its refusals."""
    found: dict[str, set[str]] = {"kind": set(), "remedy": set(), "detail": set(), "unit": set()}
    for path in Path(reading.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.keyword) and node.arg in found:
                assert not isinstance(node.value, ast.JoinedStr), f"{path.name}:{node.value.lineno} has no msgid"
                if isinstance(node.value, ast.Constant):
                    found[node.arg].add(str(node.value.value))
    found["kind"] |= {kind for _start, kind, _remedy in _FOREIGN}
    found["remedy"] |= {remedy for _start, _kind, remedy in _FOREIGN}
    return found


def test_every_word_of_the_reader_is_in_the_catalogue():
    said = said_by_the_reader()
    assert (said["kind"], said["remedy"], said["unit"]) == (set(KINDS), set(REMEDIES), set(UNITS))
    assert said["detail"] <= DETAILS


def container(**parts: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, text in parts.items():
            archive.writestr({"types": "[Content_Types].xml", "document": "word/document.xml"}.get(name, name), text)
    return made.getvalue()


HOSTILE = {
    "no namespace": container(types="<Types/>", document="<w/>"),
    "no types": container(document="<w/>"),
    "types are no XML": container(types="nonsense", document="<w/>"),
    "empty types": container(types="", document=""),
    "another root": container(
        types='<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="xml" ContentType="application/xml"/></Types>', document="<w/>",
    ),
    "cut": container(types="<Types/>", document="<w/>" * 500)[:90],
}  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize("content", [*HOSTILE.values()], ids=[*HOSTILE])
def test_a_hostile_docx_is_refused(cast, content):
    with pytest.raises(InputRefused) as refused:
        plan_import(actor=cast.actor("authority"), region=cast.city, file=ContentFile(content, "x.docx"))
    assert refused.value.params["reason"] in ("damaged_document", "unsupported_format")
    assert not LATIN.search(str(refused.value))


@pytest.mark.django_db
@pytest.mark.parametrize("start", [b"", b"\x89PNG", b"\xd0\xcf\x11\xe0", b"%PDF-1.4 broken", b"7z\xbc\xaf", b"   \n"])
def test_a_refusal_in_chinese_has_no_english_in_it(cast, start):
    with pytest.raises(InputRefused) as refused, override("zh-hans"):
        plan_import(actor=cast.actor("authority"), region=cast.city, file=ContentFile(start, "x"))
    with override("zh-hans"):
        assert not LATIN.search(str(refused.value)), str(refused.value)


def test_a_file_that_is_too_large_is_larger_than_what_is_allowed():
    with pytest.raises(InputRefused) as refused, override("zh-hans"):
        refuse_large(32 * 2**20 + 1)
    assert (refused.value.params["size"], refused.value.params["limit"]) == ("32.1", 32)
