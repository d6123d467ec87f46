"""Tables of tasks as sentences: a row reads as if it had been written out."""

import re
from collections.abc import Sequence

_UNIT_COLUMN = re.compile(r"(?:牵头|责任|配合|参与|负责|主办|协办|完成)(?:单位|部门|处室)")
_TIME_COLUMN = re.compile(r"时限|时间|期限|节点|年限|进度")
_NUMBER_COLUMN = re.compile(r"^(?:序号|编号|号)$")


def table_lines(rows: Sequence[Sequence[str]]) -> list[str]:
    """One line per row: number, time, contents, then the units in brackets under the column's own name."""
    rows = [[cell.strip() for cell in row] for row in rows if any(cell.strip() for cell in row)]
    if not rows:
        return []
    head = rows[0]
    if len(head) < 2 or not any(_UNIT_COLUMN.search(cell) or _TIME_COLUMN.search(cell) for cell in head):
        return [",".join(dict.fromkeys(cell for cell in row if cell)) for row in rows]
    return [_row(head, row) for row in rows[1:] if len(row) <= len(head)]


def _row(head: Sequence[str], row: Sequence[str]) -> str:
    number = time = ""
    contents: list[str] = []
    units: list[str] = []
    for name, cell in zip(head, row, strict=False):
        if _NUMBER_COLUMN.match(name):
            number = f"{cell.rstrip('.、')}、" if cell else ""
        elif _UNIT_COLUMN.search(name):
            units += [f"{name}:{cell}"] if cell else []
        elif _TIME_COLUMN.search(name):
            time = cell.rstrip("。;；")
        elif cell:
            contents.append(cell.rstrip("。;；"))
    sentence = ",".join(filter(None, [time, *contents]))
    return f"{number}{sentence}。" + (f"({';'.join(units)})" if units else "")
