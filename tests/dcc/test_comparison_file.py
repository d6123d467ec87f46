"""Files of comparisons by others: read when plain, refused in bounded time and words when not."""

from pathlib import Path

import pytest

from hengliang.dcc.comparison_file import read_round
from hengliang.dcc.kc import UnreadableComparison

EXAMPLE = Path(__file__).parents[2] / "examples" / "comparison.yaml"
ROW = "{laboratory: A, value: 1, u: 0.1}"


def test_the_example_is_read() -> None:
    assert len(read_round(EXAMPLE).results) > 2


BOMB = "comparison: [&a0 [x,x,x,x,x,x,x,x,x,x]" + "".join(
    f", &a{n + 1} [{','.join([f'*a{n}'] * 10)}]" for n in range(9)
)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (f"{BOMB}]\nresults: [{ROW}]", "anchors or aliases"),
        (f"comparison: &a x\nresults: [{ROW}]", "anchors or aliases"),
        ("[" * 100_000, "nested too deeply"),
        (f"comparison: [1, 2]\nresults: [{ROW}]", "comparison must be text"),
        (f"pilot: {{a: b}}\nresults: [{ROW}]", "pilot must be text"),
        ("results: [{laboratory: [A], value: 1, u: 0.1}]", "laboratory must be text"),
        (f"results: [{{laboratory: A, value: {'9' * 400}, u: 0.1}}]", "must be a number"),
        (f"results: [{{laboratory: A, value: {'9' * 10_000}, u: 0.1}}]", "not YAML|must be a number"),
        ("results: [{laboratory: A, value: .inf, u: 0.1}]", "must be a number"),
        ("results: [{laboratory: A, value: .nan, u: 0.1}]", "must be a number"),
        (f"results: [{ROW}]\npublished: {{value: 1, u: 1, digits: -5000}}", "digits must be a whole number"),
        (f"results: [{ROW}]\npublished: {{value: 1, u: 1, digits: 1.5}}", "digits must be a whole number"),
        (f"results: [{ROW}]\ncorrelations: [{{between: [[A], [A]], r: 0}}]", "between must name two"),
        ("results: []", "at least one entry"),
        ("- 1", "must be a mapping"),
        ("!!python/object/apply:os.system [id]", "not YAML"),
        ("\x00", "not YAML"),
    ],
)
def test_a_hostile_or_wrong_file_is_refused_with_its_reason(tmp_path: Path, content: str, reason: str) -> None:
    path = tmp_path / "round.yaml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(UnreadableComparison, match=reason):
        read_round(path)


def test_a_large_file_is_not_opened(tmp_path: Path) -> None:
    path = tmp_path / "round.yaml"
    with path.open("wb") as file:
        file.truncate(500_000_000)
    with pytest.raises(UnreadableComparison, match="larger than"):
        read_round(path)
