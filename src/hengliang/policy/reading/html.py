"""Web pages: the text of blocks, one line each, without menus and scripts."""

import re

from lxml import etree
from lxml import html as lxml_html

from hengliang.policy.errors import DamagedDocument, EmptyDocument
from hengliang.policy.reading.plain import decode
from hengliang.policy.reading.tables import Cell, table_lines

_CHARSET = re.compile(rb"charset\s*=\s*[\"']?([\w-]+)", re.I)
_DROPPED = (
    "script",
    "style",
    "noscript",
    "nav",
    "aside",
    "form",
    "button",
    "select",
    "iframe",
    "svg",
    "template",
)
_BLOCK_NAMES = (
    "address article blockquote body center dd div dl dt fieldset figure footer h1 h2 h3 h4 h5 h6 header hr "
    "html li main ol p pre section table tbody td tfoot th thead tr ul"
)
_BLOCKS = frozenset(_BLOCK_NAMES.split())
_LINK_SHARE = 0.6
_WIDEST = 60
# A cell of a table of tasks has a few paragraphs, that of a page made with tables the whole text.
_LAYOUT_COLUMNS = 2
_TEXT_BLOCKS = 6


def read(content: bytes) -> tuple[str, str]:
    """Text and encoding of a page.

    Raises: `DamagedDocument`, `EmptyDocument`, and what `plain` raises.
    """
    found = _CHARSET.search(content[:4096])
    source, encoding = decode(content, found.group(1).decode("ascii") if found else None)
    try:
        root = lxml_html.document_fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", source))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise DamagedDocument(kind="HTML", detail=str(error))
    body = root.find("body")
    etree.strip_elements(root, *_DROPPED, etree.Comment, with_tail=False)
    lines = _lines(body if body is not None else root)
    if not any(lines):
        raise EmptyDocument(detail="the page holds no text", remedy="Save the page after it has loaded fully.")
    return "\n".join(lines), encoding


def _lines(root: lxml_html.HtmlElement) -> list[str]:
    """One line per block; walks with a stack, since pages nest as deep as they like."""
    lines: list[str] = [""]
    linked = [0]
    for event, element in etree.iterwalk(root, events=("start", "end")):
        tag = element.tag if isinstance(element.tag, str) else ""
        if event == "start":
            _start(element, tag, lines, linked)
        else:
            if tag in _BLOCKS:
                _break(lines, linked)
            if element is not root:
                _append(lines, element.tail)
    _break(lines, linked)
    return [line for line in lines if line]


def _start(element: etree._Element, tag: str, lines: list[str], linked: list[int]) -> None:
    if tag == "table" and not element.findall(".//table") and not _is_layout(element):
        _break(lines, linked)
        lines[-1:] = [*table_lines(_grid(element)), ""]
        tail = element.tail
        element.clear()
        element.tail = tail
        return
    if tag in _BLOCKS or tag == "br":
        _break(lines, linked)
    if tag == "a":
        linked[0] += len(_text(element).strip())
    _append(lines, element.text)


def _is_layout(table: etree._Element) -> bool:
    """Whether a table only sets a page: one or two columns, and a cell that holds a text of many blocks."""
    widest = max((sum(1 for _ in row.iter("td", "th")) for row in table.iter("tr")), default=0)
    blocks = (sum(1 for _ in cell.iter("p", "div", "br", "h1", "h2", "h3")) for cell in table.iter("td", "th"))
    return widest <= _LAYOUT_COLUMNS and max(blocks, default=0) >= _TEXT_BLOCKS


def _grid(table: etree._Element) -> list[list[Cell]]:
    """The cells of a table; a merged one fills all its places."""
    grid: list[list[Cell]] = []
    hanging: dict[int, tuple[int, str]] = {}
    for row in table.iter("tr"):
        cells: list[Cell] = []
        for cell in row.iter("td", "th"):
            _hang(cells, hanging)
            text = _text(cell).strip()
            span = min(_span(cell, "colspan"), _WIDEST)
            for offset in range(span):
                if (down := _span(cell, "rowspan")) > 1:
                    hanging[len(cells)] = (min(down, _WIDEST * 10) - 1, text)
                cells.append(Cell(text, continued=offset > 0))
        _hang(cells, hanging)
        grid.append(cells)
    return grid


def _hang(cells: list[Cell], hanging: dict[int, tuple[int, str]]) -> None:
    """Put in the cells that reach down into this row at the next free place."""
    while len(cells) in hanging:
        left, text = hanging.pop(len(cells))
        if left > 1:
            hanging[len(cells)] = (left - 1, text)
        cells.append(Cell(text, continued=True))


def _span(cell: etree._Element, name: str) -> int:
    value = cell.get(name) or "1"
    return max(1, int(value)) if value.isascii() and value.isdigit() and len(value) < 5 else 1


def _text(element: etree._Element) -> str:
    return str(etree.tostring(element, encoding="unicode", method="text", with_tail=False))


def _append(lines: list[str], text: str | None) -> None:
    if text:
        lines[-1] += re.sub(r"[\r\n\t]+", "", text)


def _break(lines: list[str], linked: list[int]) -> None:
    """End a line; a short line that is mostly links is a menu and is dropped."""
    line = lines[-1].strip()
    if line and linked[0] > _LINK_SHARE * len(line) and len(line) < 200 and "。" not in line:
        line = ""
    lines[-1] = line
    linked[0] = 0
    if line:
        lines.append("")
