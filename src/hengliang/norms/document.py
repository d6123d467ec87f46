"""A YAML file as plain data that still knows its lines; numbers are exact, duplicates and aliases refused.

Only what a rule needs: mappings, lists, text, numbers (`int`, `Decimal`), days, true/false, null. The traps
of YAML 1.1 (`no`, `on`, `1:30`, octal numbers) are plain text here.
"""

import re
from collections.abc import Hashable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

try:  # the C parser is ten times as fast; the Python one reads the same where libyaml is absent
    from yaml import CSafeLoader as Parser
except ImportError:
    from yaml import SafeLoader as Parser  # type: ignore[assignment]

from hengliang.norms.errors import NormFault, NormProblem

INTEGER = re.compile(r"[+-]?(0|[1-9]\d*)\Z")
DECIMAL = re.compile(r"[+-]?(\d+\.\d+|\d+(\.\d+)?[eE][+-]?\d+)\Z")
DAY = re.compile(r"\d{4}-\d{2}-\d{2}\Z")
WORDS = {"true": True, "false": False, "null": None, "~": None, "": None}
NUMBER_STARTS = frozenset("0123456789+-")
SHORT = 5_000  # characters; each level takes one at least, and the C parser bears ten times as many levels
DEEPEST = 100  # mappings and lists within each other; the deepest shipped rule has under twenty
Path_ = tuple[Hashable, ...]


@dataclass(slots=True)
class Document:
    """A file read: its data, and the line of any place in it."""

    file: str
    data: Any
    root: yaml.Node | None
    problems: list[NormProblem] = field(default_factory=list)
    tables: dict[Path_, list[dict[str, Any]]] = field(default_factory=dict)

    def put_tables(self, place: Path_, content: dict[str, Any]) -> None:
        """Put the rows of the CSV files that stand under `place` into `content`, as `rows`."""
        for where, rows in self.tables.items():
            if where[: len(place)] == place:
                holder: Any = content
                for step in where[len(place) :]:
                    holder = holder[step]
                holder["rows"] = rows

    def line(self, path: Path_) -> int:
        """The line (from 1) where the entry at `path` begins; of the nearest ancestor if it is absent."""
        node = self.root
        line = 1
        for step in path:
            found = _child(node, step)
            if found is None:
                break
            start, node = found
            line = int(start.start_mark.line) + 1
        return line

    def refuse(self, path: Path_, code: str, message: str, remedy: str, **params: object) -> None:
        """Note a fault at `path`; `params` are what the message tells, for its translation."""
        told = {name: str(value) for name, value in params.items()}
        where = tuple(str(step) for step in path)
        self.problems.append(NormProblem(self.file, self.line(path), code, message, remedy, told, where))


class _Loader(Parser):
    def resolve(self, kind: type[yaml.Node], value: Any, implicit: Any) -> str:
        """No tags: `scalar` says what a plain scalar means. (Resolving them took a third of the time.)"""
        return ""


def read_document(path: Path, name: str) -> Document:
    """The document in `path`, called `name` in messages.

    Raises
    ------
    NormFault : the file is no YAML at all
    """
    try:
        text = path.read_text(encoding="utf-8")
        if _too_deep(text):
            raise _nested_too_deeply(name)
        root = yaml.compose(text, Loader=_Loader)
    except UnicodeDecodeError:
        problem = NormProblem(name, 1, "not_utf8", "the file is not UTF-8", "Save it as UTF-8")
        raise NormFault((problem,)) from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        reason = getattr(error, "problem", None) or "no YAML"
        line = mark.line + 1 if mark else 1
        remedy = "Check indentation, colons and quotes near this line"
        raise NormFault((NormProblem(name, line, "not_yaml", str(reason), remedy),)) from None
    document = Document(name, None, root)
    if root is not None:
        try:
            document.data = _Construction(document).value(root)
        except RecursionError:
            raise _nested_too_deeply(name) from None
    return document


def _too_deep(text: str) -> bool:
    """Whether composing would run out of stack, which ends the whole process. A short text can't be that deep."""
    if len(text) <= SHORT:
        return False
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > DEEPEST:
                return True
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
    return False


def _nested_too_deeply(name: str) -> NormFault:
    message = "the file is nested too deeply for a rule"
    return NormFault((NormProblem(name, 1, "too_deep", message, "Write it flatter"),))


class _Construction:
    def __init__(self, document: Document) -> None:
        self.document = document
        self.seen: set[int] = set()

    def value(self, node: yaml.Node) -> Any:
        """The plain value of a node; aliases and repeated keys are noted as faults."""
        if isinstance(node, yaml.ScalarNode):
            return scalar(node.value) if not node.style else node.value
        if id(node) in self.seen:
            self._refuse(node, "alias", "an alias (*name) stands here", "Write the content out; rules have no aliases")
            return None
        self.seen.add(id(node))
        if isinstance(node, yaml.SequenceNode):
            return [self.value(child) for child in node.value]
        return self._mapping(node)

    def _mapping(self, node: yaml.Node) -> dict[Any, Any]:
        made: dict[Any, Any] = {}
        for key_node, child in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                self._refuse(key_node, "bad_key", "a key is no plain text", "Use a word or a day as key")
                continue
            key = scalar(key_node.value) if not key_node.style else key_node.value
            if key in made:
                self._refuse(key_node, "duplicate_key", f"the key {key} stands twice", "Keep one of the two", key)
            made[key] = self.value(child)
        return made

    def _refuse(self, node: yaml.Node, code: str, message: str, remedy: str, key: object = "") -> None:
        line = node.start_mark.line + 1
        self.document.problems.append(NormProblem(self.document.file, line, code, message, remedy, {"key": str(key)}))


def scalar(text: str) -> Any:
    """What a plain scalar means: number, day, true/false, null, or the text itself."""
    if text[:1] in NUMBER_STARTS:
        if INTEGER.match(text):
            return int(text)
        if DECIMAL.match(text):
            return Decimal(text)
        if DAY.match(text):
            return _day(text)
        return text
    return WORDS.get(text, text)


def _day(text: str) -> date | str:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return text


def _child(node: yaml.Node | None, step: Hashable) -> tuple[yaml.Node, yaml.Node] | None:
    """The entry at `step`: where it begins (its key, if it has one), and its value."""
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        return node.value[step], node.value[step]
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if isinstance(key, yaml.ScalarNode) and key.value == str(step):
                return key, value
    return None
