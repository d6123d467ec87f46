"""Whole documents: clauses of every form, deadlines of every level, units in every wording, hostile text."""

import time
from datetime import date
from pathlib import Path

import pytest

from hengliang.policy import PolicyError, extract_bytes, extract_file, extract_text

PLAN = """云岭省计量强省建设三年行动计划（2025—2027年）
第一章 总体要求
第一条 到2025年，全省计量基础进一步夯实；到2027年，计量强省建设取得显著成效。
第二条 具体目标如下：
（一）社会公用计量标准总数达到4200项以上，其中2025年新建150项。
第二章 重点任务
第三条 实施计量标准提升工程。
1.新建省级标准60项以上。（省市场监管局牵头，省发展改革委、省财政厅等按职责分工负责；2026年底前完成）
2.研制标准物质30种。（牵头单位：省市场监管局；配合单位：省科技厅；完成时限：2026年6月底前）
①选拔首席计量师20名。[省人力资源社会保障厅、省市场监管局分别负责，持续推进]
第四条 由省市场监管局牵头，会同省财政厅、省科技厅建立联席会议制度。
"""


def test_deadlines_of_every_level() -> None:
    plan = extract_text(PLAN)
    assert [(t.value, t.deadline, t.deadline_from) for t in plan.targets] == [
        (4200, date(2027, 12, 31), "document"),
        (150, date(2025, 12, 31), "sentence"),
        (60, date(2026, 12, 31), "clause"),
        (30, date(2026, 6, 30), "clause"),
        (20, date(2027, 12, 31), "document"),
    ]
    assert [m.deadline.year for m in plan.milestones] == [2025, 2027]


def test_units_without_their_terms() -> None:
    plan = extract_text(PLAN)
    units = {clause.id: ["*" * (u.role == "lead") + u.name for u in clause.units] for clause in plan.clauses}
    assert units["第二章/第三条/1"] == ["*省市场监管局", "省发展改革委", "省财政厅"]
    assert units["第二章/第三条/2"] == ["*省市场监管局", "省科技厅"]
    assert units["第二章/第三条/2/①"] == ["*省人力资源社会保障厅", "省市场监管局"]
    assert units["第二章/第四条"] == ["*省市场监管局", "省财政厅", "省科技厅"]


def test_a_section_on_the_background_sets_no_target() -> None:
    plan = extract_text("计量发展规划\n一、编制背景\n建成185项国家计量基准,建标率达到90%。\n二、目标\n建成10家中心。")
    assert [target.value for target in plan.targets] == [10]
    assert "a state, not an aim" in {item.reason for item in plan.refused}


@pytest.mark.parametrize(
    "piece", ["1,", "到2025年,", "全部、", "、", "（", "(责任单位:市市场监管局、", "所有", "十百千"]
)
def test_marks_without_end_take_bounded_time(piece: str) -> None:
    body = "新建计量标准的工作在全市开展。\n" + (piece * (1400 // len(piece)) + "。\n") * 10
    began = time.monotonic()
    extract_text(body)
    assert time.monotonic() - began < 30  # seconds; these took minutes once, and take about one now


@pytest.mark.parametrize("name", ["plan.txt", "plan.html", "plan.docx", "plan.pdf"])
def test_fifty_megabytes_are_refused_before_they_are_read(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    with path.open("wb") as file:
        file.truncate(50 * 1024 * 1024)
    began = time.monotonic()
    with pytest.raises(PolicyError, match="at most") as caught:
        extract_file(path)
    assert caught.value.code == "document_too_large"
    assert time.monotonic() - began < 1


def test_a_cut_file_is_refused_with_words() -> None:
    with pytest.raises(PolicyError, match="can't be opened"):
        extract_bytes(b"PK\x03\x04" + b"word/document.xml" * 50)
