"""Reports are told from plans by exact figures without an aim."""

import pytest

from hengliang.policy import extract_text


@pytest.mark.parametrize(
    "text",
    [
        "2024年,全省共抽检眼镜制配场所428家,合格421家,合格率98.4%。",
        "2023年,全省立案查处计量违法案件1286起,罚没金额1530万元。",
        "2022年,全省规模以上工业增加值增长6.8%,高于全国平均水平2.3个百分点。",
    ],
)
def test_exact_figures_without_an_aim_are_a_report(text: str) -> None:
    document = extract_text(text)
    assert document.targets == ()
    assert "a state, not an aim" in {item.reason for item in document.refused}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("到2027年,全市注册计量师达到1286人。", 1286),
        ("力争仪器仪表产业增长6.8%。", 6.8),
        ("新建社会公用计量标准165项。", 165),
    ],
)
def test_an_aim_may_be_exact(text: str, value: float) -> None:
    assert [target.value for target in extract_text(text).targets] == [value]
