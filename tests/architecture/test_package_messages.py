"""What the pure packages refuse has its Chinese too: templates are plain strings, found by class and by call."""

import ast
import importlib
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import hengliang
from hengliang.metrology.comparison.notes import TEMPLATES
from hengliang.platform.site.translations import parse
from hengliang.platform.site.translations.fresh import catalogues

ROOT = Path(hengliang.__file__).parent
ROOTS = {
    "metrology": "MetrologyError",
    "norms": "NormError",
    "trust": "TrustError",
    "policy": "PolicyError",
    "dcc": "DccError",
    "readings": "ReadingsError",
}
FIELD = re.compile(r"\{[^}]*\}")


def subclasses(root: type) -> Iterator[type]:
    yield root
    for branch in root.__subclasses__():
        yield from subclasses(branch)


def raised(package: str) -> set[str]:
    """The templates of a package's error classes."""
    top = importlib.import_module(f"hengliang.{package}")
    for module in pkgutil.walk_packages(top.__path__, f"{top.__name__}."):
        importlib.import_module(module.name)
    root = getattr(importlib.import_module(f"hengliang.{package}.errors"), ROOTS[package])
    return {one.template for one in subclasses(root) if one.__module__.startswith("hengliang.")}


def said_of_cells() -> set[str]:
    """The templates of the judge's cell problems: what `refuse` and `_shape` are called with."""
    found = set()
    for path in (ROOT / "metrology" / "judge").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                name = getattr(node.func, "attr", getattr(node.func, "id", ""))
                values = node.args[2:3] if name in ("refuse", "_shape") else []
            elif isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "template":
                values = [node.value]
            else:
                continue
            found |= {one.value for one in values if isinstance(one, ast.Constant) and isinstance(one.value, str)}
    return found


def untranslated(templates: set[str]) -> list[str]:
    complete = {entry.msgid for path in catalogues() for entry in parse(path) if entry.complete}
    worded = {one for one in templates if FIELD.sub("", one).strip()}  # "{reason}" alone says nothing itself
    return sorted(worded - complete)


@pytest.mark.parametrize("package", ROOTS)
def test_every_refusal_of_a_package_has_its_chinese(package: str) -> None:
    templates = raised(package)
    assert len(templates) > 3
    assert not untranslated(templates)


def test_every_note_on_a_comparison_has_its_chinese() -> None:
    assert not untranslated(set(TEMPLATES.values()))


def test_every_problem_of_a_cell_has_its_chinese() -> None:
    templates = said_of_cells()
    assert "the procedure has no such cell; remove it" in templates
    assert not untranslated(templates)


def test_translations_format_as_the_originals_do() -> None:
    """A translated template is filled with the same parameters, so each field stands with its own format."""
    wrong = [
        entry.msgid
        for path in catalogues()
        for entry in parse(path)
        if "{" in entry.msgid and set(FIELD.findall(entry.msgid)) != set(FIELD.findall(entry.texts.get(0, "")))
    ]
    assert not wrong
