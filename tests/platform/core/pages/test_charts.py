import json
from typing import Any

import pytest

from hengliang.platform.core.pages.bundle import NAME, VegaBundleFinder, bundle_folder
from hengliang.platform.core.pages.charts import DARK, LIGHT, Chart
from hengliang.platform.core.pages.gallery.drawings import drawings
from hengliang.platform.core.pages.looks import SHAPES

NAMES = ("bars", "lines", "intervals", "control", "due")


@pytest.fixture
def drawn(ask: Any) -> dict[str, Chart]:
    ask()
    return drawings()


@pytest.mark.parametrize("name", NAMES)
def test_a_drawing_prints_from_the_specification_of_the_page(drawn: dict[str, Chart], name: str) -> None:
    svg = drawn[name].svg()
    assert svg.startswith("<svg") and str(drawn[name].title) in svg
    assert "Noto Sans SC" in svg


@pytest.mark.parametrize("name", NAMES)
def test_the_table_holds_the_figures_of_the_drawing(drawn: dict[str, Chart], name: str) -> None:
    chart = drawn[name]
    text = json.dumps(chart.spec(), ensure_ascii=False, default=str)
    assert chart.rows and all(len(row) == len(chart.columns) for row in chart.rows)
    for row in chart.rows:
        for value in row:
            if isinstance(value, float):
                assert str(value) in text


def test_limits_carry_the_name_of_their_rule(drawn: dict[str, Chart]) -> None:
    assert "Target 95 % (clause 12)" in drawn["lines"].svg()
    assert "rule 1" in drawn["control"].svg()


def test_both_themes_are_served(drawn: dict[str, Chart], rf: Any) -> None:
    light = json.loads(drawn["bars"].respond(rf.get("/")).content)
    dark = json.loads(drawn["bars"].respond(rf.get("/?theme=dark")).content)
    assert LIGHT.ink in json.dumps(light) and DARK.ink in json.dumps(dark)
    assert dark["config"]["axis"]["labelColor"] == DARK.quiet


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_marks_stand_out_from_the_paper(palette: Any) -> None:
    """WCAG 2.2, 1.4.11: 3 to 1 for marks; 1.4.3: 4.5 to 1 for words."""
    paper = luminance(palette.paper)

    def contrast(colour: str) -> float:
        bright, dim = sorted((luminance(colour), paper), reverse=True)
        return (bright + 0.05) / (dim + 0.05)

    assert set(palette.tones) == set(SHAPES)
    assert min(contrast(colour) for colour in (*palette.tones.values(), *palette.series)) >= 3
    assert min(contrast(colour) for colour in (palette.text, palette.quiet, palette.ink)) >= 4.5


def test_the_bundle_is_made_where_static_files_are_found(settings: Any, tmp_path: Any) -> None:
    settings.HOME = tmp_path
    finder = VegaBundleFinder()
    assert finder.find("core/base.css") == []
    text = (bundle_folder() / NAME).read_text()
    assert "window.hengliangVega" in text and "星期日" in text
    assert [name for name, _storage in finder.list([])] == [NAME]
    assert list(tmp_path.rglob("*.part")) == []
