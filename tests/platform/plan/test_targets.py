"""All 46 targets of the five documents have an indicator: computed, from achievements, rated, or waiting."""

import csv
import importlib.util
import os
from pathlib import Path

import pytest

from hengliang.platform.plan.engine import SELECTIONS, is_computed
from hengliang.platform.plan.suggestions import every_indicator, suggested

ROOT = Path(__file__).parents[3]
TARGETS = Path(os.environ.get("HENGLIANG_REFERENCE", "/nowhere")).parent / "TARGETS.csv"


def module():
    spec = importlib.util.spec_from_file_location("make_targets_page", ROOT / "docs" / "make_targets_page.py")
    found = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(found)
    return found


def test_the_page_is_what_the_indicators_say(capsys):
    made = module()
    assert made.PAGE.read_text(encoding="utf-8") == made.page(), "run python docs/make_targets_page.py"
    counts = {way: len(rows) for way, rows in made.rows().items()}
    print(made.page())
    assert counts == {"computed": 9, "achievements": 10, "no_source": 14, "rated": 13}


def test_each_way_is_what_the_platform_has():
    for one in every_indicator().values():
        if one.numerator is None:
            assert one.mode == "rating"
        else:
            assert is_computed(one) == (one.waits_for is None), one.name
            assert (one.numerator.selector in SELECTIONS) == (one.waits_for is None), one.name


@pytest.mark.skipif(not TARGETS.exists(), reason="needs TARGETS.csv beside HENGLIANG_REFERENCE")
def test_every_target_of_the_reference_is_there_with_its_words_and_its_mode():
    rows = {row["id"]: row for row in csv.DictReader(TARGETS.open(encoding="utf-8"))}
    answered = {target.id: (one, target) for one in every_indicator().values() for target in one.targets}
    assert answered.keys() == rows.keys()
    for key, (one, target) in answered.items():
        assert (target.policy, target.quote) == (rows[key]["policy"], rows[key]["text"])
        assert one.mode in MODES[rows[key]["cumulative_or_new"].split(" (")[0]], key


MODES = {
    "new since baseline": {"new"},
    "stock": {"stock"},
    "ratio at date": {"ratio"},
    "cumulative": {"cumulative"},
    "cumulative from plan start": {"new"},
    "standing ratio": {"standing"},
    "milestone": {"rating"},
}


@pytest.mark.parametrize(
    ("metric", "text", "mode", "expected"),
    [
        ("社会公用计量标准", "新建、改造社会公用计量标准60项以上", "cumulative", "public-standards-new"),
        ("社会公用计量标准总量", "全市社会公用计量标准总量达到150项以上", "stock", "public-standards"),
        ("强制检定受检率", "确保强制检定受检率98%以上", "standing", "tested-rate"),
        ("强制检定项目覆盖率", "强制检定项目覆盖率达92%以上", "ratio", "item-coverage"),
        ("诚信计量示范单位", "培育诚信计量示范单位1000家", "cumulative", "model-units"),
        ("省级产业计量测试中心", "新增省级产业计量测试中心1-2家", "new", "provincial-centres-new"),
        ("绿化面积", "新增绿化面积100公顷", "new", ""),
        ("电子计价秤强制检定覆盖率", "推动电子计价秤强制检定全覆盖", "ratio", ""),
        ("公共充电桩强制检定覆盖率", "2027年底实现全覆盖", "ratio", ""),
        ("集贸市场在用计量器具受检率", "集贸市场在用计量器具受检率保持在99%以上", "standing", ""),
        ("全市强制检定工作计量器具受检率", "全市强制检定工作计量器具受检率达到96%", "ratio", "tested-rate"),
        ("强检器具周期受检率", "强检器具周期受检率达到96%", "ratio", "tested-rate"),
        ("机器人产业计量测试中心", "新建机器人产业计量测试中心1家", "new", "industrial-centres-new"),
    ],
)
def test_an_indicator_is_suggested_by_the_words(metric, text, mode, expected):
    assert suggested(metric, text, mode) == expected
