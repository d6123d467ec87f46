"""What a kept result follows from: beside each lies the digest of what it was made of and of the file itself.

Guarantee: a result is taken up only if it is, byte for byte, what a run of this software under the same name (readings,
topology, settings) and from the same inputs has written. Hole: who may write here may write the digests too; so what is
signed is computed in the run that signs it.
"""

import hashlib
import json
from collections.abc import Sequence
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

import hengliang
from hengliang.readings.store.layout import digest_of, write_whole

_CODE = ("hengliang.readings", "hengliang.metrology.balance")


@cache
def software() -> str:
    """Version of this software and digest of the code that evaluates."""
    digest = hashlib.sha256()
    for package in _CODE:
        for name, content in sorted(_sources(resources.files(package), package)):
            digest.update(f"{name}\0{hashlib.sha256(content).hexdigest()}\n".encode())
    return f"{hengliang.__version__}+{digest.hexdigest()[:12]}"


def _sources(folder: Traversable, name: str) -> list[tuple[str, bytes]]:
    found = []
    for one in folder.iterdir():
        if one.is_dir():
            found += _sources(one, f"{name}/{one.name}")
        elif one.name.endswith((".py", ".yaml")):
            found.append((f"{name}/{one.name}", one.read_bytes()))
    return found


def bind(files: Sequence[Path], source: str) -> None:
    """Say beside the first of some files what they are and what they follow from."""
    content = json.dumps(_said(files, source)).encode()
    write_whole(_beside(files[0]), lambda path: path.write_bytes(content))


def fits(files: Sequence[Path], source: str) -> bool:
    """Whether files are what was written from this source."""
    try:
        held: object = json.loads(_beside(files[0]).read_bytes())
        return held == _said(files, source)
    except (OSError, ValueError):
        return False


def unbind(path: Path) -> None:
    """Take a file away with what is said of it."""
    path.unlink(missing_ok=True)
    _beside(path).unlink(missing_ok=True)


def digest(*parts: object) -> str:
    """One digest over what a result follows from."""
    return hashlib.sha256(json.dumps(parts, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _said(files: Sequence[Path], source: str) -> dict[str, object]:
    return {"source": source, "files": {path.name: digest_of(path) for path in files}}


def _beside(path: Path) -> Path:
    return path.with_name(path.name + ".bound")
