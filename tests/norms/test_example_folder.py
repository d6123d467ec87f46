"""The folder of own rules that the how-to shows: it loads, and does what its text says."""

from datetime import date
from pathlib import Path

from hengliang.norms import load_norms
from hengliang.norms.review import review

FOLDER = Path(__file__).parents[2] / "examples" / "local-rules"


def test_the_example_of_own_rules_is_without_fault_and_takes_effect():
    rules = load_norms(FOLDER)
    assert review(rules).problems == ()
    promise = rules["deadline/verification-promise"]
    assert [promise.at(day).number for day in (date(2026, 12, 31), date(2027, 1, 1))] == [20, 10]
    assert promise.at(date(2026, 12, 31)).layer == "shipped"
    listed = rules["local/market-scales"].at(date(2026, 7, 1)).content["rows"]
    assert [row["market"] for row in listed] == ["东门农贸市场", "城南水产市场", "西街早市"]
