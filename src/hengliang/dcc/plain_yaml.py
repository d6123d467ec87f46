"""YAML from outside as plain data, in bounded time and memory: no aliases, no tags, no deep nesting.

An alias costs a few bytes and stands for all that it names, so a hundred of them can fill a memory.
"""

from pathlib import Path
from typing import Any

import yaml

from hengliang.dcc.errors import UnreadableComparison

LARGEST = 1_000_000  # bytes; a round of a thousand laboratories takes a tenth of it
DEEPEST = 10  # lists and mappings within each other


def read_plain_yaml(path: Path) -> Any:
    """The data in a YAML file. Raises UnreadableComparison, with the line."""
    if path.stat().st_size > LARGEST:
        raise UnreadableComparison("too_large", file=path.name, most=LARGEST)
    try:
        text = path.read_text(encoding="utf-8")
        _require_plain(text, path.name)
        return yaml.safe_load(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise UnreadableComparison("not_yaml", file=path.name, line=mark.line + 1 if mark else 1) from None
    except ValueError:  # no UTF-8; a whole number of thousands of digits; 2020-02-31
        raise UnreadableComparison("not_text", file=path.name) from None


def _require_plain(text: str, name: str) -> None:
    depth = 0
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        line = event.start_mark.line + 1 if event.start_mark else 1
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise UnreadableComparison("alias", file=name, line=line)
        if getattr(event, "tag", None):
            raise UnreadableComparison("tag", file=name, line=line)
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            raise UnreadableComparison("too_deep", file=name, line=line)
