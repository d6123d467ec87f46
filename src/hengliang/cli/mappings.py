"""Reading a YAML file of a few known keys, as several commands take one."""

import math
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

LARGEST = 5_000_000  # bytes


def read_mapping(file: Path, keys: Collection[str]) -> dict[str, Any]:
    """What a YAML file holds. Raises ValueError, with the remedy, for what is no mapping of these keys."""
    import yaml

    if file.stat().st_size > LARGEST:
        raise ValueError(f"{file.name} is larger than {LARGEST} bytes; give what belongs together only.")
    try:
        data = yaml.safe_load(file.read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise ValueError(f"{file.name} is not YAML: {error}") from error
    return known_mapping(data, file.name, keys)


def known_mapping(data: Any, name: str, keys: Collection[str]) -> dict[str, Any]:
    """A mapping that has no other keys. Raises ValueError that names the one it has, and those it may have."""
    if not isinstance(data, Mapping):
        raise ValueError(f"{name} must be a mapping with keys {', '.join(sorted(keys))}.")
    unknown = [str(key) for key in data if key not in keys]
    if unknown:
        raise ValueError(f"unknown key {unknown[0]!r} in {name}; known are {', '.join(sorted(keys))}.")
    return dict(data)


def number(value: Any, name: str) -> float:
    """A finite number. Raises ValueError that names what isn't one."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise ValueError(f"{name} is {value!r}; it must be a number.")
    return float(value)
