"""The scripts that the docs show run, and print what they promise."""

import runpy
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.mark.parametrize(
    ("script", "promised"),
    [
        ("gum_h1.py", ["l = (50000838 ± 93) nm; k = 2.92, p = 0.99, ν = 16", "terms: u = 33.9 nm"]),
        ("pressure_gauge.py", ["k = 2", "#table(", "扩展不确定度"]),
        ("key_comparison.py", ["2010: mean 100", "2020: power-moderated mean 101", "agrees"]),
        ("mass_calibration.py", ["first order u = 0.0539", "second order u = 0.0750", "u = 0.0283 mg"]),
    ],
)
def test_example_runs(script, promised, capsys):
    runpy.run_path(str(EXAMPLES / script), run_name="__main__")
    printed = capsys.readouterr().out
    for text in promised:
        assert text in printed


@pytest.mark.parametrize("script", ["gum_h1", "pressure_gauge", "mass_calibration", "key_comparison"])
def test_the_docs_show_the_example_as_it_is(script):
    """A script that stands in the docs is the file itself, word for word."""
    text = (EXAMPLES / f"{script}.py").read_text(encoding="utf-8")
    assert any(text in page.read_text(encoding="utf-8") for page in (EXAMPLES.parent / "docs").rglob("*.md"))
