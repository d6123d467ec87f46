"""Tables as sentences: a row of tasks or of indicators reads as if it had been written out."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

_UNIT_COLUMN = re.compile(r"(?:牵头|责任|配合|参与|负责|主办|协办|完成)(?:单位|部门|处室)")
_TIME_COLUMN = re.compile(r"时限|时间|期限|节点|年限|进度")
_NUMBER_COLUMN = re.compile(r"^(?:序号|编号|号)$")
_NAME_COLUMN = re.compile(r"指标(?!值)|项目|名称|内容")
_TASK_COLUMN = re.compile(r"任务|内容|措施|事项|项目|目标")
_LONGEST_NAME = 16
_MEASURE_COLUMN = re.compile(r"^(?:计量)?单位$")
_YEAR = re.compile(r"(20\d\d)\s*年?(?!\s*(?:-|—|~|至))")
_BASE = re.compile(r"基期|基准|基数|现状|完成|实际|实绩")
_IN_NAME = re.compile(r"\(([^()]{1,8})\)\s*$|[,、/]\s*([%‰])\s*$")
_VALUE = re.compile(r"^[<>≥≤]?\s*([\d.,]+(?:[-—~][\d.,]+)?)\s*(\S{0,8})$")


@dataclass(frozen=True)
class Cell:
    """A cell of a table; `continued` where it belongs to one that began further up or left."""

    text: str
    continued: bool = False


def table_lines(rows: Sequence[Sequence[Cell]]) -> list[str]:
    """One line per row: number, time, contents, then the units in brackets under the column's own name.

    A table with a column for a year to come reads as 到2025年,指标达到…; other tables as their cells.
    """
    rows = [row for row in rows if any(cell.text.strip() for cell in row)]
    title, rows = _without_title(rows)
    if not rows:
        return title
    head = [_flat(cell) for cell in rows[0]]
    if len(head) > 1 and any(_UNIT_COLUMN.search(name) or _TIME_COLUMN.search(name) for name in head):
        return [*title, *(_task(head, row) for row in rows[1:] if len(row) <= len(head))]
    if goals := _goal_columns(head):
        return [*title, *(line for row in rows[1:] for line in _indicator(head, goals, row))]
    return [*title, *(line for row in rows if (line := _plain(row)))]


def is_head(names: Sequence[str]) -> bool:
    """Whether these are the columns of a table of tasks or of indicators by year."""
    head = [_flat(Cell(name)) for name in names]
    tasks = any(map(_UNIT_COLUMN.search, head)) and any(map(_TASK_COLUMN.search, head))
    return max(map(len, head)) <= _LONGEST_NAME and (tasks or bool(_goal_columns(head)))


def _flat(cell: Cell) -> str:
    """Without blanks, and narrow."""
    return unicodedata.normalize("NFKC", re.sub(r"\s+", "", cell.text))


def _plain(row: Sequence[Cell]) -> str:
    return ",".join(cell.text.strip() for cell in row if cell.text.strip() and not cell.continued)


def _without_title(rows: Sequence[Sequence[Cell]]) -> tuple[list[str], Sequence[Sequence[Cell]]]:
    """Rows above the head that are one merged cell are the table's title."""
    title: list[str] = []
    while len(rows) > 1 and sum(bool(cell.text.strip()) and not cell.continued for cell in rows[0]) == 1:
        title += [cell.text.strip() for cell in rows[0] if cell.text.strip() and not cell.continued]
        rows = rows[1:]
    return title, rows


def _task(head: Sequence[str], row: Sequence[Cell]) -> str:
    """Merged cells count once as contents, but their units and times hold for every row that they span."""
    number = time = ""
    contents: list[str] = []
    units: list[str] = []
    for name, cell in zip(head, row, strict=False):
        text = " ".join(cell.text.split())
        if _NUMBER_COLUMN.match(name):
            number = f"{text.rstrip('.、')}、" if text and not cell.continued else ""
        elif _UNIT_COLUMN.search(name):
            units += [f"{name}:{text}"] if text else []
        elif _TIME_COLUMN.search(name):
            time = text.rstrip("。;；")
        elif text and not cell.continued:
            contents.append(text.rstrip("。;；"))
    sentence = ",".join(filter(None, [time, *contents]))
    return f"{number}{sentence}。" + (f"({';'.join(units)})" if units else "")


def _goal_columns(head: Sequence[str]) -> dict[int, str]:
    """Columns that hold values to be reached, with their year: all years but the first, or those marked 目标."""
    years = {index: match.group(1) for index, name in enumerate(head) if (match := _YEAR.search(name))}
    marked = {index: year for index, year in years.items() if re.search(r"目标|规划|预期", head[index])}
    based = {index: year for index, year in years.items() if not _BASE.search(head[index])}
    goals = marked or (based if len(based) < len(years) else dict(list(years.items())[1:]))
    return goals if any(_NAME_COLUMN.search(name) for name in head) else {}


def _indicator(head: Sequence[str], goals: dict[int, str], row: Sequence[Cell]) -> list[str]:
    """到2025年,社会公用计量标准数达到300项 for every goal of one row."""
    texts = [_flat(cell) for cell in row]
    named = [index for index, name in enumerate(head) if _NAME_COLUMN.search(name) and index < len(texts)]
    if not named or not texts[named[-1]]:
        return []
    name = re.sub(r"^(?:\d{1,2}|[一二三四五六七八九十]{1,3})[.、]", "", texts[named[-1]])
    measured = [texts[index] for index, title in enumerate(head) if _MEASURE_COLUMN.match(title) and index < len(texts)]
    found = _IN_NAME.search(name)
    unit = measured[0] if measured and measured[0] not in ("-", "—", "/") else ""
    if found and not unit:
        unit, name = found.group(1) or found.group(2), name[: found.start()]
    lines = []
    for index, year in goals.items():
        value = _VALUE.match(texts[index]) if index < len(texts) else None
        if value:
            bound = (
                "以上" if texts[index].startswith((">", "≥")) else "以下" if texts[index].startswith(("<", "≤")) else ""
            )
            lines.append(f"到{year}年,{name}达到{value.group(1)}{value.group(2) or unit}{bound}。")
    return lines
