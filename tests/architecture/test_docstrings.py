"""The pure packages explain themselves: every public thing has a docstring, every method of the field its source."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import hengliang

ROOT = Path(hengliang.__file__).parent
PURE = ("metrology", "norms", "trust", "policy", "dcc", "readings")
# In these also what lies inside functions and private classes is explained, unless its name begins with `_`.
THROUGHOUT = ("metrology", "norms", "trust", "dcc", "readings")
# Where a document of the field decides how something is computed, the reader must be able to look it up.
SOURCED = ("comparison", "conformity", "control_chart", "intervals", "sampling", "regression", "uncertainty")
SOURCE = re.compile(r"Source[s]?:|JJF|JJG|JCGM|GUM|ISO|GB/T|OIML|ILAC|RP-1|NIST|Cox|Metrologia|R 87")
# Modules that store, read, differentiate or write: no document decides them.
HOUSEKEEPING: dict[str, tuple[str, ...]] = dict.fromkeys(SOURCED, ()) | {
    "comparison": ("key_comparison.py", "methods.py", "notes.py", "results.py"),
    "uncertainty": (
        "buffers.py", "differentiate.py", "distribution_kinds.py", "expression.py", "formula.py", "live_units.py",
        "outputs.py", "report_html.py", "report_typst.py", "reverse.py", "sobol.py", "storage.py", "tape.py",
    ),
}  # fmt: skip
# Programs that are handed out as one file, to be read from top to bottom; their sections carry the explanation.
HANDED_OUT = ("trust/offline/",)
Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def public(tree: ast.Module | ast.ClassDef, within: str = "") -> Iterator[tuple[str, Definition]]:
    """The public classes, functions and methods, by name; overloads and what lies inside functions left out."""
    for node in tree.body:
        if isinstance(node, Definition) and not node.name.startswith("_"):
            if not _told_elsewhere(node):
                yield f"{within}{node.name}", node
            if isinstance(node, ast.ClassDef):
                yield from public(node, f"{node.name}.")


def _told_elsewhere(node: Definition) -> bool:
    return any("overload" in ast.unparse(one) or ".setter" in ast.unparse(one) for one in node.decorator_list)


def modules(package: str) -> list[Path]:
    return sorted((ROOT / package).rglob("*.py"))


@pytest.mark.parametrize("package", PURE)
def test_everything_public_has_a_docstring(package: str) -> None:
    bare = []
    for path in modules(package):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        if not ast.get_docstring(tree) and path.read_text().strip():
            bare.append(str(path.relative_to(ROOT)))
        if path.relative_to(ROOT).as_posix().startswith(HANDED_OUT):
            continue
        bare += [f"{path.relative_to(ROOT)}:{name}" for name, node in public(tree) if not ast.get_docstring(node)]
    assert bare == []


@pytest.mark.parametrize("package", THROUGHOUT)
def test_everything_named_without_underscore_has_a_docstring(package: str) -> None:
    bare = []
    for path in modules(package):
        if path.relative_to(ROOT).as_posix().startswith(HANDED_OUT):
            continue
        named = (node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, Definition))
        bare += [
            f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"
            for node in named
            if not (node.name.startswith("_") or _told_elsewhere(node) or ast.get_docstring(node))
        ]
    assert bare == []


def test_everything_public_of_the_platform_and_the_command_has_a_docstring() -> None:
    """A module too, unless it holds one public function alone (an act, a command), whose docstring is the module's."""
    bare = []
    for path in (*modules("platform"), *modules("cli"), ROOT / "__main__.py"):
        if "migrations" in path.parts or not path.read_text(encoding="utf-8").strip():
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        held = [(name, node) for name, node in public(tree) if not name.endswith("Meta")]
        if not ast.get_docstring(tree) and len(held) != 1:
            bare.append(str(path.relative_to(ROOT)))
        bare += [f"{path.relative_to(ROOT)}:{name}" for name, node in held if not ast.get_docstring(node)]
    assert bare == []


@pytest.mark.parametrize("package", SOURCED)
def test_every_module_of_the_field_names_its_source(package: str) -> None:
    """A module with public functions names a document in a docstring, unless no document decides what it does."""
    unsourced = []
    for path in modules(f"metrology/{package}"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        explained = (node for node in ast.walk(tree) if isinstance(node, ast.Module | Definition))
        words = " ".join(ast.get_docstring(node) or "" for node in explained)
        if any(isinstance(node, ast.FunctionDef) for _name, node in public(tree)) and not SOURCE.search(words):
            unsourced.append(path.name)
    assert sorted(unsourced) == sorted(HOUSEKEEPING[package])
