import itertools

import pytest

from hengliang.metrology.units import check_text


@pytest.mark.parametrize(
    ("text", "written", "fault", "instead"),
    [
        ("净重 5 Kg", "Kg", "miswritten", "kg"),
        ("压力 2 kgf/cm2", "kgf/cm2", "not_statutory", "MPa"),
        ("血压 120 mmHg", "mmHg", "not_statutory", "kPa"),
        ("功率 3 马力", "马力", "not_statutory", "kW"),
        ("三斤苹果", "斤", "not_statutory", "kg"),
        ("屏幕 27 英寸", "英寸", "not_statutory", "mm"),
        ("功率 5KW", "KW", "miswritten", "kW"),
        ("耗电 12 KWh", "KWh", "miswritten", "kW·h"),
        ("转速 300 rpm", "rpm", "miswritten", "r/min"),
        ("温度 77 °F", "°F", "not_statutory", "°C"),
        ("流量 3 gal/min", "gal/min", "not_statutory", "gal → L"),
        ("每份含 200 大卡", "大卡", "not_statutory", "kJ"),
    ],
)
def test_finds_the_unit_and_says_what_to_write(text, written, fault, instead):
    (finding,) = check_text(text)
    assert (finding.written, finding.fault, finding.instead) == (written, fault, instead)
    assert text[finding.start : finding.end] == written
    assert instead in finding.message("zh")
    assert instead in finding.message("en")


@pytest.mark.parametrize(
    "text",
    [
        "长 5 mm，宽 3 m²，速度 60 km/h，5 吨，30 分钟，50 公斤，10 公里，2 kW·h，20 ℃，3 r/min",
        "第 3 节 里程 12 度 5 日 10 时",
        "编号 2024Kg-01 之外没有数字",
        "GB 3100-1993 第 4 条",
        "",
    ],
)
def test_leaves_statutory_units_and_ordinary_words_alone(text):
    assert check_text(text) == ()


def test_findings_come_in_order_and_do_not_overlap():
    findings = check_text("5 Kg，2 kgf/cm2，3 马力，英寸")
    assert [f.written for f in findings] == ["Kg", "kgf/cm2", "马力", "英寸"]
    assert all(a.end <= b.start for a, b in itertools.pairwise(findings))
