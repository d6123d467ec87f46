"""Makes every `.mo` that does not answer to its `.po`."""

import os
from pathlib import Path

import hengliang
from hengliang.platform.site.translations.catalogue import compiled, parse


def catalogues() -> list[Path]:
    """Every `.po` file of the product."""
    return sorted(Path(hengliang.__file__).parent.rglob("locale/*/LC_MESSAGES/*.po"))


def compile_all() -> int:
    """Compile what changed; gives how many files were made.

    Errors: `Malformed`, naming file and line.
    """
    made = 0
    for source in catalogues():
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime_ns >= source.stat().st_mtime_ns:
            continue
        unfinished = target.with_suffix(f".{os.getpid()}")  # several processes may start at once
        unfinished.write_bytes(compiled(parse(source)))
        unfinished.replace(target)
        made += 1
    return made
