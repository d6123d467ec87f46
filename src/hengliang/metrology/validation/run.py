"""Walks vector files and re-runs every entry that an adapter can read."""

import importlib
import json
import pkgutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from hengliang.metrology.errors import MetrologyError
from hengliang.metrology.validation import families
from hengliang.metrology.validation.adapter import Adapter, Entry, Outcome
from hengliang.metrology.validation.checks import Check, Skipped


@dataclass(frozen=True, slots=True)
class Report:
    """All outcomes, each with the file it came from."""

    outcomes: tuple[tuple[Path, Outcome], ...]

    @property
    def checks(self) -> tuple[tuple[Path, Check], ...]:
        """The values that were recomputed."""
        return tuple((path, o) for path, o in self.outcomes if isinstance(o, Check))

    @property
    def skipped(self) -> tuple[tuple[Path, Skipped], ...]:
        """What could not be re-run, with the reason."""
        return tuple((path, o) for path, o in self.outcomes if isinstance(o, Skipped))

    @property
    def failed(self) -> int:
        """How many recomputed values miss the published one."""
        return sum(not check.passed for _, check in self.checks)

    def document(self) -> dict[str, Any]:
        """The report as `hengliang validate --json` prints it."""
        results = [
            {
                "file": str(path),
                "name": c.name,
                "expected": c.expected,
                "computed": c.computed,
                "digits": c.digits,
                "required": c.required,
                "pass": c.passed,
            }
            for path, c in self.checks
        ]
        skipped = [{"file": str(path), "name": s.name, "reason": s.reason} for path, s in self.skipped]
        return {
            "results": results,
            "passed": len(results) - self.failed,
            "failed": self.failed,
            "skipped": skipped,
        }


@cache
def adapters() -> tuple[Adapter, ...]:
    """Every adapter of every module in `families/`, in the order of the module names."""
    names = sorted(module.name for module in pkgutil.iter_modules(families.__path__))
    modules = (importlib.import_module(f"{families.__name__}.{name}") for name in names)
    return tuple(adapter for module in modules for adapter in getattr(module, "ADAPTERS", ()))


def validate_paths(paths: Iterable[Path]) -> Report:
    """Re-run the vector files given, and those below the folders given.

    Raises FileNotFoundError for a path that isn't there.
    """
    return Report(tuple((file, outcome) for file in _files(paths) for outcome in _validate_file(file)))


def validate_entry(entry: Entry) -> Iterator[Outcome]:
    """Re-run one entry with every adapter that reads it."""
    readers = [adapter for adapter in adapters() if adapter.reads(entry)]
    if not readers:
        yield Skipped(entry.name, f"no adapter reads this kind of entry (keys: {', '.join(entry.data)})")
    for adapter in readers:
        yield from _run(adapter, entry)


def _run(adapter: Adapter, entry: Entry) -> Iterator[Outcome]:
    try:
        for outcome in adapter.checks(entry):
            yield replace(outcome, name=f"{entry.name}/{outcome.name}")
    except MetrologyError as error:
        yield Check.broken(entry.name, adapter.name, str(error))
    except (KeyError, TypeError, ValueError, IndexError) as error:
        yield Skipped(entry.name, f"{adapter.name} can't read it: {type(error).__name__} {error}")


def _files(paths: Iterable[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            yield from sorted(path.rglob("*.json"))
        elif path.exists():
            yield path
        else:
            raise FileNotFoundError(path)


def _validate_file(path: Path) -> Iterator[Outcome]:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (ValueError, RecursionError) as error:
        yield Skipped(path.name, f"not a JSON vector file: {error}")
        return
    for number, data in enumerate(content if isinstance(content, list) else [content], start=1):
        if isinstance(data, Mapping):
            yield from validate_entry(Entry(path, str(data.get("id", number)), data))
        else:
            yield Skipped(f"{path.name} #{number}", "an entry must be an object")
