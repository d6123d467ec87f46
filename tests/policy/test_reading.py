"""Every format and encoding gives the same plan; what can't be read is refused with words, soon."""

import io
import zipfile
from pathlib import Path

import docx
import pylopdf_fonts_zh_cn
import pytest
import typst
from opencc import OpenCC

from hengliang.policy import PolicyDocument, PolicyError, extract_bytes, extract_file
from hengliang.policy.errors import (
    DamagedDocument,
    DocumentTooLarge,
    EmptyDocument,
    GarbledDocument,
    UnsupportedFormat,
    WrongLanguage,
)

TEXT = (Path(__file__).parents[2] / "examples" / "policy-plan.txt").read_text("utf-8")
BODY = TEXT.splitlines()[4:-2]


def gist(document: PolicyDocument) -> list[tuple[object, ...]]:
    return [(t.value, t.upper, t.deadline, t.mode, t.firmness, t.clause) for t in document.targets]


PLAN = gist(extract_bytes(TEXT.encode()))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
def test_encodings(encoding: str) -> None:
    assert gist(extract_bytes(TEXT.encode(encoding))) == PLAN


def test_big5() -> None:
    assert gist(extract_bytes(OpenCC("s2t").convert(TEXT).encode("big5hkscs", "ignore"))) == PLAN


@pytest.mark.parametrize(("right", "wrong"), [("utf-8", "latin-1"), ("gb18030", "latin-1")])
def test_a_wrong_reading_that_was_saved_is_undone(right: str, wrong: str) -> None:
    document = extract_bytes(TEXT.encode(right).decode(wrong).encode("utf-8"))
    assert gist(document) == PLAN
    assert document.encoding == f"{right} misread as {wrong}"


def test_full_width_digits_and_blanks() -> None:
    wide = TEXT.translate({ord(str(digit)): chr(0xFF10 + digit) for digit in range(10)})
    assert gist(extract_bytes(wide.encode()))[0][0] == 40
    spaced = TEXT.replace("40项", " 40 项").replace("到2026年", "到 2026 年")
    assert gist(extract_bytes(spaced.encode())) == PLAN


def test_html_with_menu_and_script() -> None:
    page = (
        '<html><head><meta charset="gb2312"><script>var n = 50;</script></head><body>'
        '<ul><li><a href="/">首页</a></li><li><a href="/b">新建栏目5个</a></li></ul><div>'
        + "".join(f"<p>　　{line}</p>" for line in BODY)
        + "</div></body></html>"
    )
    assert gist(extract_bytes(page.encode("gb18030"))) == PLAN


def test_docx() -> None:
    assert gist(extract_bytes(_docx(BODY))) == PLAN


def test_docx_table_of_tasks() -> None:
    document = docx.Document()
    document.add_paragraph("临川湾市计量工作任务清单")
    rows = [
        ("序号", "任务", "目标", "牵头单位", "配合单位", "完成时限"),
        (
            "1",
            "标准建设",
            "新建社会公用计量标准12项以上",
            "市市场监管局",
            "市财政局、市科技局",
            "2026年6月底前",
        ),
    ]
    table = document.add_table(rows=2, cols=6)
    for row, cells in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    held = io.BytesIO()
    document.save(held)
    plan = extract_bytes(held.getvalue())
    assert [(t.value, str(t.deadline), t.clause) for t in plan.targets] == [(12, "2026-06-30", "1")]
    assert [(u.name, u.role) for u in plan.clauses[0].units] == [
        ("市市场监管局", "lead"),
        ("市财政局", "joint"),
        ("市科技局", "joint"),
    ]


def test_pdf() -> None:
    fonts = Path(pylopdf_fonts_zh_cn.__file__).parent
    lines = "\n\n".join(
        line.replace("1.", "1\\.").replace("2.", "2\\.").replace("3.", "3\\.").replace("4.", "4\\.") for line in BODY
    )
    family = '("Noto Serif CJK SC", "Noto Sans CJK SC", "Source Han Serif SC")'
    source = f'#set page(numbering: "1")\n#set text(font: {family}, size: 12pt)\n{lines}'
    pdf = typst.compile(source.encode(), font_paths=[str(fonts)])
    assert gist(extract_bytes(pdf)) == PLAN


def _docx(lines: list[str]) -> bytes:
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()


def _zip(name: str, content: bytes) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return held.getvalue()


@pytest.mark.parametrize(
    ("content", "error", "words"),
    [
        (b"", EmptyDocument, "empty"),
        (b" \n\t ", EmptyDocument, "empty"),
        (bytes(4000), EmptyDocument, "empty"),
        (b"12345 67890 " * 100, EmptyDocument, "no letter"),
        (b"x" * (33 * 1024 * 1024), DocumentTooLarge, "at most"),
        ("新建标准。".encode() * 100_000, DocumentTooLarge, "characters"),
        (_zip("word/document.xml", b"<a>" + b" " * 30_000_000), DocumentTooLarge, "unpacked"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), UnsupportedFormat, "OCR"),
        (b"\xd0\xcf\x11\xe0" + bytes(600), UnsupportedFormat, "DOCX"),
        (_zip("OFD.xml", b"<a/>"), UnsupportedFormat, "PDF"),
        (_zip("xl/workbook.xml", b"<a/>"), UnsupportedFormat, "DOCX"),
        (bytes(i * 7919 % 256 for i in range(20000)), UnsupportedFormat, "binary"),
        (b"PK\x03\x04 broken", DamagedDocument, "DOCX"),
        (b"%PDF-1.7 broken", DamagedDocument, "PDF"),
        (_zip("word/document.xml", b"<broken"), DamagedDocument, "DOCX"),
        (bytes(range(128, 256)) * 100, GarbledDocument, "encoding"),
        ("计量标准".encode() + "�".encode() * 200, GarbledDocument, "lost"),
        ("计量".encode() + b"?" * 400, GarbledDocument, "question marks"),
        (b"The city shall build ten centres by 2025. " * 50, WrongLanguage, "Chinese"),
        ("計量標準について述べる文章である。" * 50, WrongLanguage, "Chinese"),
        ("Постановление о метрологии. " * 50, WrongLanguage, "Chinese"),
    ],
    ids=lambda value: getattr(value, "__name__", None) or str(value)[:20],
)
def test_refusals_say_what_to_do(content: bytes | str, error: type[PolicyError], words: str) -> None:
    with pytest.raises(error, match=words) as caught:
        extract_bytes(content.encode() if isinstance(content, str) else content)
    assert caught.value.code
    assert str(caught.value) == caught.value.template.format(**caught.value.parameters)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        extract_file(tmp_path / "none.txt")


@pytest.mark.parametrize("piece", ["一", "（", "全部", "新建社会公用计量标准", "到2025年新建1项", "在", "“"])
def test_text_without_a_mark_is_not_read_but_listed(piece: str) -> None:
    document = extract_bytes(("新建计量标准的工作在全市开展。\n" + piece * (20_000 // len(piece))).encode())
    assert document.targets == ()
    assert [item.reason for item in document.unparsed] == ["no sentence: too long without a mark"]


@pytest.mark.parametrize("end", ["</td></tr></table></body></html>", ""])
def test_a_page_set_by_tables_is_read_as_text(end: str) -> None:
    paragraphs = "".join(f"<p>{line}</p>" for line in TEXT.splitlines())
    page = f"<html><body><table><tr><td>菜单</td><td>{paragraphs}{end}"
    assert gist(extract_bytes(page.encode())) == PLAN


def test_a_damaged_word_file_is_told_in_words() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("[Content_Types].xml", "<x/>")
        archive.writestr("word/document.xml", "<w:document")
    with pytest.raises(DamagedDocument, match="no Word document") as caught:
        extract_bytes(packed.getvalue())
    assert "lxml" not in str(caught.value)
