"""Tables of tasks and of indicators, merged cells, and numbers that Word draws."""

import io
from collections.abc import Callable
from copy import deepcopy
from typing import Any

import docx
import pytest
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn

from hengliang.policy import PolicyDocument, extract_bytes
from hengliang.policy.errors import DocumentTooLarge
from hengliang.policy.reading.tables import Cell, table_lines

NUMBERING = (
    f"<w:abstractNum {nsdecls('w')} w:abstractNumId='77'>"
    "<w:lvl w:ilvl='0'><w:start w:val='1'/><w:numFmt w:val='chineseCounting'/><w:lvlText w:val='%1、'/></w:lvl>"
    "<w:lvl w:ilvl='1'><w:start w:val='1'/><w:numFmt w:val='chineseCounting'/><w:lvlText w:val='（%2）'/></w:lvl>"
    "<w:lvl w:ilvl='2'><w:start w:val='1'/><w:numFmt w:val='decimal'/><w:lvlText w:val='%3.'/></w:lvl>"
    "</w:abstractNum>"
)


def rows(*texts: str) -> list[list[Cell]]:
    return [[Cell(text) for text in line.split("|")] for line in texts]


def test_indicators_by_year() -> None:
    lines = table_lines(
        rows(
            "序号|指标名称|单位|2020年|2025年|2030年|属性",
            "1|社会公用计量标准总数|项|320|400|≥500|预期性",
            "2|强制检定覆盖率(%)|—|85|92|95|约束性",
            "3|投诉率|%|2|≤1|—|预期性",
        )
    )
    assert lines == [
        "到2025年,社会公用计量标准总数达到400项。",
        "到2030年,社会公用计量标准总数达到500项以上。",
        "到2025年,强制检定覆盖率达到92%。",
        "到2030年,强制检定覆盖率达到95%。",
        "到2025年,投诉率达到1%以下。",
    ]


def test_a_merged_task_counts_once_and_its_unit_holds_for_all_rows() -> None:
    page = (
        "<html><body><p>临川湾市计量任务分工</p><table><tr><td colspan='3'>计量工作任务表</td></tr>"
        "<tr><td>任务</td><td>目标</td><td>责任单位</td></tr>"
        "<tr><td rowspan='2'>标准建设,新建标准12项</td><td>培育机构3家</td><td rowspan='2'>市市场监管局</td></tr>"
        "<tr><td>举办培训5期</td></tr></table></body></html>"
    )
    plan = extract_bytes(page.encode())
    assert sorted(target.value for target in plan.targets) == [3, 5, 12]
    assert plan.text.count("责任单位:市市场监管局") == 2


@pytest.mark.parametrize("span", ["999999999", "-3", "x", "²"])
def test_no_span_holds_the_process(span: str) -> None:
    page = (
        f"<table><tr><td colspan='{span}' rowspan='{span}'>新建计量标准12项以上</td></tr><tr><td>目标</td></tr></table>"
    )
    assert [target.value for target in extract_bytes(page.encode()).targets] == [12]


def _numbered(lines: list[tuple[int, str]]) -> PolicyDocument:
    document = docx.Document()
    numbering = document.part.numbering_part.element
    numbering.insert(0, parse_xml(NUMBERING))
    numbering.append(parse_xml(f"<w:num {nsdecls('w')} w:numId='77'><w:abstractNumId w:val='77'/></w:num>"))
    for level, text in lines:
        properties = document.add_paragraph(text)._p.get_or_add_pPr()
        numbered = properties.get_or_add_numPr()
        numbered.get_or_add_ilvl().set(qn("w:val"), str(level))
        numbered.get_or_add_numId().set(qn("w:val"), "77")
    held = io.BytesIO()
    document.save(held)
    return extract_bytes(held.getvalue())


def test_numbers_that_word_draws() -> None:
    plan = _numbered(
        [
            (0, "总体要求"),
            (0, "重点任务"),
            (1, "夯实计量基础"),
            (2, "到2026年,新建社会公用计量标准30项以上。"),
            (2, "开展计量比对。"),
            (1, "服务产业发展"),
            (2, "服务企业500家次。"),
            (0, "三、保障措施"),
        ]
    )
    assert [clause.id for clause in plan.clauses] == [
        "一",
        "二",
        "二/（一）",
        "二/（一）/1",
        "二/（一）/2",
        "二/（二）",
        "二/（二）/1",
        "三",
    ]
    assert [(target.value, target.clause) for target in plan.targets] == [(30, "二/（一）/1"), (500, "二/（二）/1")]


def _document(alter: Callable[[Any], None]) -> bytes:
    document = docx.Document()
    document.add_paragraph("衡城市计量发展规划")
    document.add_paragraph("一、到2027年,新建社会公用计量标准30项以上。")
    alter(document)
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()


def _spanning(count: int) -> Callable[[Any], None]:
    def alter(document: Any) -> None:
        table = document.add_table(1, 2)
        table.cell(0, 0).text = "指标"
        span = OxmlElement("w:gridSpan")
        span.set(qn("w:val"), str(count))
        table.cell(0, 0)._tc.get_or_add_tcPr().append(span)

    return alter


def _merged_down(rows: int) -> Callable[[Any], None]:
    def alter(document: Any) -> None:
        table = document.add_table(2, 2)
        table.cell(0, 0).text, table.cell(0, 1).text = "重点任务", "牵头单位"
        table.cell(1, 0).text, table.cell(1, 1).text = "建设标准", "市市场监管局"
        first = table.add_row()
        table.cell(1, 0).merge(first.cells[0])
        for _row in range(rows):
            table._tbl.append(deepcopy(first._tr))

    return alter


def test_a_span_of_a_million_columns_is_one_wide_cell() -> None:
    with pytest.raises(DocumentTooLarge, match="columns"):
        extract_bytes(_document(_spanning(1_000_000)))


def test_a_column_merged_over_many_rows_is_read_once_each() -> None:
    """The library's own cells walk up from every row: 1,500 rows took more than a minute."""
    assert [one.value for one in extract_bytes(_document(_merged_down(300))).targets] == [30]
    with pytest.raises(DocumentTooLarge, match="cells"):
        extract_bytes(_document(_merged_down(6_000)))
