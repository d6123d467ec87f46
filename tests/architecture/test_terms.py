"""Every word of the product has one entry in `docs/terms.md`, with its Chinese."""

import ast
import re
from pathlib import Path

from django.apps import apps

import hengliang
from hengliang.platform.core.rights import all_rights

ROOT = Path(__file__).resolve().parents[2]
TERMS = (ROOT / "docs" / "terms.md").read_text(encoding="utf-8")
ROWS = [[cell.strip() for cell in line.strip("|").split("|")] for line in TERMS.splitlines() if line.startswith("| ")]
HAN = re.compile(r"[\u4e00-\u9fff]")


def section(title: str) -> str:
    """The text under a heading of the second level."""
    return TERMS.split(f"\n## {title}\n", 1)[1].split("\n## ", 1)[0]


def performed() -> set[str]:
    """The kinds of act that the source performs by a literal name."""
    found = set()
    for path in Path(hengliang.__file__).parent.joinpath("platform").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "perform" and len(node.args) > 1:
                kind = node.args[1]
                found |= {kind.value} if isinstance(kind, ast.Constant) else set()
    return found


def test_every_model_has_its_term() -> None:
    listed = set(re.findall(r"`(\w+)`", section("Tables of the platform")))
    models = {m.__name__ for m in apps.get_models() if m.__module__.startswith("hengliang.")}
    assert not models - listed


def test_every_act_is_made_of_terms() -> None:
    what, done = (set(re.findall(r"^\| `(\w+)`", half, re.MULTILINE)) for half in section("Acts").split("| Done |"))
    kinds = {kind for kind in performed() | set(all_rights()) if kind.count("_") and not kind.startswith("test_")}
    assert len(kinds) > 30
    possible = {f"{noun}_{verb}" for noun in what for verb in done}
    assert not sorted(kinds - possible)


def test_every_term_has_chinese_and_stands_once() -> None:
    rows = [row for row in ROWS if len(row) == 4 and row[1] not in ("Identifier", "Model")]
    assert not [row for row in rows if not HAN.search(row[2])]
    terms = [row[0] for row in rows]
    assert sorted(terms) == sorted(set(terms))
    chinese = [row[2] for row in rows]
    assert sorted(chinese) == sorted(set(chinese))


def test_the_names_of_the_pure_packages_are_listed_as_they_are() -> None:
    """An identifier in the lists of the cores stands in the public names of some package, or is a field there."""
    source = "\n".join(
        path.read_text(encoding="utf-8")
        for package in ("metrology", "norms", "trust", "policy")
        for path in Path(hengliang.__file__).parent.joinpath(package).rglob("*.py")
    )
    names = re.findall(r"`([A-Z]\w+)`", section("Judgement") + section("Cores") + section("Measurement"))
    assert not [name for name in names if not re.search(rf"\bclass {name}\b|\b{name}\b *[:=]", source)]
