"""Tables that plain text shows by tabs, blanks or bars."""

import pytest

from hengliang.policy import extract_text
from hengliang.policy.reading.columns import written_out

HEAD = ["序号", "指标名称", "单位", "2023年", "2024年", "2026年", "属性"]
ROWS = [
    ["1", "社会公用计量标准", "项", "312", "330", "380", "预期性"],
    ["2", "强制检定项目覆盖率", "%", "82", "85", "90", "约束性"],
]


@pytest.mark.parametrize("gap", ["\t", "   ", " | ", " "])
def test_indicators_by_year_read_without_their_base(gap: str) -> None:
    text = "\n".join(gap.join(row) for row in [HEAD, *ROWS])
    told = [(t.metric, t.value, t.unit, t.deadline.year if t.deadline else 0) for t in extract_text(text).targets]
    assert told == [
        ("社会公用计量标准", 330, "项", 2024), ("社会公用计量标准", 380, "项", 2026),
        ("强制检定项目覆盖率", 85, "%", 2024), ("强制检定项目覆盖率", 90, "%", 2026),
    ]  # fmt: skip


def test_tasks_read_with_their_units_and_days() -> None:
    text = "序号\t重点任务\t牵头单位\t完成时限\n1\t新建社会公用计量标准8项\t市市场监管局\t2027年6月\n"
    assert written_out(text) == "1、2027年6月,新建社会公用计量标准8项。(牵头单位:市市场监管局)\n"


@pytest.mark.parametrize(
    "text",
    [
        "第一部分  发展基础\n第二部分  行动目标\n",
        "到2025年\t建成标准 30 项\n其后  再建 20 项\n",
        "指标  2020年  2025年\n没有行\n",
    ],
)
def test_what_is_no_table_stays_as_it_is(text: str) -> None:
    assert written_out(text) == text
