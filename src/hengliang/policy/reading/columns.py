"""Tables that a text shows by blanks, tabs or bars: its lines as cells, read like those of any table."""

import re

from hengliang.policy.reading.tables import Cell, is_head, table_lines

_BARS = re.compile(r"\s*[|│┃]\s*")
_GAPS = re.compile(r"\s*\t\s*|[ 　]{2,}")
_BLANKS = re.compile(r"\s+")
_RULE = re.compile(r"^[\s\-=+|│┃─━┼├┤┬┴┌┐└┘:]+$")
_FEWEST = 3  # columns that a head needs


def written_out(text: str) -> str:
    """The text with its tables of tasks and of indicators by year as sentences; all other lines as they are."""
    lines, out, at = text.splitlines(keepends=True), [], 0
    while at < len(lines):
        head = _head(lines[at])
        rows, behind = _rows(lines, at + 1, len(head)) if head else ([], at)
        if head and rows:
            out += [f"{line}\n" for line in table_lines([_cells(head), *map(_cells, rows)])]
            at = behind
        else:
            out.append(lines[at])
            at += 1
    return "".join(out)


def _head(line: str) -> list[str]:
    """The names of the columns, if a line is the head of a table that is understood."""
    found = next((cells for cells in _splits(line) if len(cells) >= _FEWEST and is_head(cells)), [])
    return found if len(line) < 200 else []


def _rows(lines: list[str], at: int, width: int) -> tuple[list[list[str]], int]:
    """The rows below a head: lines of as many cells; rules and empty lines between them are passed over."""
    rows: list[list[str]] = []
    behind = at
    while at < len(lines):
        if lines[at].strip() and not _RULE.match(lines[at]):
            row = next((cells for cells in _splits(lines[at]) if len(cells) == width), None)
            if row is None:
                break
            rows.append(row)
            behind = at + 1
        at += 1
    return rows, behind


def _splits(line: str) -> list[list[str]]:
    """The cells of a line, by bars, by wide gaps, by single blanks."""
    return [by.split(line.strip().strip("|│┃").strip()) for by in (_BARS, _GAPS, _BLANKS)]


def _cells(row: list[str]) -> list[Cell]:
    return [Cell(text) for text in row]
