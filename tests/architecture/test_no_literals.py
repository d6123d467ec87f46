"""No limit, period, plan or coefficient stands in code.

In `platform/` there is no float literal beyond the neutral ones. In the pure packages a number with a
fraction is a constant of the module with a name in capitals, so that its source can stand beside it; inside
functions there are none. Numbers of a regulation belong in `norms/data`.
"""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2] / "src" / "hengliang"
# Rooms of the platform that draw and operate: seconds of waiting, shades, sizes, widths of columns and how near
# a misspelt name is to a right one stand there, no rules.
TECHNICAL = (
    "platform/site",
    "platform/core/log",
    "platform/core/pages",
    "platform/registry/selectors/catalogue.py",
    "platform/registry/imports/files.py",
)
PURE = ("metrology", "norms", "trust", "policy", "dcc", "readings")
NEUTRAL = frozenset({0.0, 0.5, 1.0, 2.0})  # nothing, half, whole, double: words of algebra, not of a regulation
SMALLEST_LIMIT = 0.001  # powers of ten below it are tolerances of an iteration
# Coverage probabilities and their tails, as texts on uncertainty use them (GUM G.1.3), in metrology only.
COVERAGE = frozenset({0.025, 0.05, 0.95, 0.975, 0.99, 0.995})


def literals(path: Path, *, named_allowed: bool, further: frozenset[float] = frozenset()) -> list[str]:
    """Where float literals stand that are neither neutral nor, if allowed, named constants of the module."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    named = {id(inner) for node in tree.body if named_allowed and _is_named(node) for inner in ast.walk(node)}
    return [
        f"{path.relative_to(ROOT)}:{node.lineno}: {node.value}"
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, float)
        and id(node) not in named
        and node.value not in NEUTRAL | further
        and not _is_of_algebra(node.value)
    ]


def _is_named(node: ast.stmt) -> bool:
    targets = node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
    return bool(targets) and all(isinstance(t, ast.Name) and t.id.strip("_").isupper() for t in targets)


def _is_of_algebra(value: float) -> bool:
    """Whole numbers, and tolerances of an iteration (1e-12): how we compute, not what is allowed."""
    return value.is_integer() or (f"{value:e}".startswith("1.000000e") and value < SMALLEST_LIMIT)


def files(package: str) -> list[Path]:
    """The modules of a package, its migrations left out."""
    return [path for path in sorted((ROOT / package).rglob("*.py")) if "migrations" not in path.parts]


def test_no_float_stands_in_the_platform():
    ruled = [path for path in files("platform") if not any(path.is_relative_to(ROOT / room) for room in TECHNICAL)]
    assert [place for path in ruled for place in literals(path, named_allowed=False)] == []


@pytest.mark.parametrize("package", PURE)
def test_a_float_in_a_pure_package_is_a_named_constant(package: str):
    further = COVERAGE if package == "metrology" else frozenset()
    found = [place for path in files(package) for place in literals(path, named_allowed=True, further=further)]
    assert found == []


def test_the_search_finds_what_it_must(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(globals(), "ROOT", tmp_path)
    module = tmp_path / "module.py"
    module.write_text("LIMIT = 0.3\nx = 0.3\ndef f(y=0.25): return 0.5 * y + 1e-12 + 1.0\n", encoding="utf-8")
    assert literals(module, named_allowed=True) == ["module.py:2: 0.3", "module.py:3: 0.25"]
    assert literals(module, named_allowed=False)[0] == "module.py:1: 0.3"
