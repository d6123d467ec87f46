"""Makes the installer: the locked packages as wheels, this project as a wheel, one Python file that installs them.

The lock's hashes travel along, so that what is installed behind a wall is byte for byte what was locked in front of it.
"""

import gzip
import shutil
import subprocess
import sys
import tarfile
import tempfile
import tomllib
from collections.abc import Callable
from pathlib import Path

from hengliang.platform.site import translations
from hengliang.platform.site.bundle import install
from hengliang.platform.site.bundle.errors import MachineUnknown, NoSource, PackagesMissing

MACHINES = ("x86_64", "aarch64")
GLIBC = (17, 24, 26, 27, 28, 31, 34)  # minor versions of glibc 2 whose wheels a current distribution can use
LOCK = "requirements.lock"
TAKEN = (LOCK, "LICENSE", "README.md", "README.zh-CN.md", "CHANGELOG.md")

Say = Callable[[str], None]


def make(source: Path, into: Path, machine: str, say: Say) -> Path:
    """Write `hengliang-VERSION-MACHINE.tar.gz` into `into` and give its path; nothing half-made is left.

    Errors: `BundleError`. Needs a network or a package mirror, as `pip` is configured.
    """
    if machine not in MACHINES:
        raise MachineUnknown(machine=machine, known=", ".join(MACHINES))
    name = f"hengliang-{_version(source)}-{machine}"
    into.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=into, prefix=".bundle-") as scratch:
        folder = Path(scratch) / name
        wheels = folder / "wheels"
        wheels.mkdir(parents=True)
        say(f"Fetching the packages of {LOCK} for {machine} …")
        _fetch(source / LOCK, wheels, machine)
        say("Building this project …")
        _build(source, wheels)
        _lay_beside(source, folder, machine)
        say("Packing …")
        archive = Path(scratch) / f"{name}.tar.gz"
        _pack(folder, archive)
        (into / f"{archive.name}.sha256").write_text(f"{install.digest(archive)}  {archive.name}\n")
        return archive.replace(into / archive.name)


def _version(source: Path) -> str:
    for name in ("pyproject.toml", *TAKEN):
        if not (source / name).is_file():
            raise NoSource(folder=source, missing=name)
    project = tomllib.loads((source / "pyproject.toml").read_text())["project"]
    return str(project["version"])


def _fetch(lock: Path, wheels: Path, machine: str) -> None:
    platforms = [part for minor in GLIBC for part in ("--platform", f"manylinux_2_{minor}_{machine}")]
    platforms += ["--platform", f"manylinux2014_{machine}"]
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    _pip("download", "--require-hashes", "-r", str(lock), "--only-binary", ":all:", *platforms,
         "--python-version", version, "--implementation", "cp", "-d", str(wheels))  # fmt: skip


def _build(source: Path, wheels: Path) -> None:
    translations.compile_all()
    _pip("wheel", "--no-deps", "--no-build-isolation", "-w", str(wheels), str(source))


def _pip(step: str, *arguments: str) -> None:
    command = [sys.executable, "-m", "pip", step, "--quiet", "--no-input", "--disable-pip-version-check", *arguments]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        told = [line for line in done.stderr.splitlines() if line.startswith("ERROR") or "No module" in line]
        raise PackagesMissing(step=f"pip {step}", reason=" ".join(told) or done.stderr[-500:])


def _lay_beside(source: Path, folder: Path, machine: str) -> None:
    for name in TAKEN:
        shutil.copyfile(source / name, folder / name)
    shutil.copyfile(Path(install.__file__), folder / "install.py")
    (folder / "machine").write_text(f"{machine} {sys.version_info.major}.{sys.version_info.minor}\n")
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    sums = "".join(f"{install.digest(path)}  {path.relative_to(folder).as_posix()}\n" for path in files)
    (folder / install.SUMS).write_text(sums)


def _pack(folder: Path, archive: Path) -> None:
    """The same content gives the same bytes: sorted names, no times, no owners."""

    def plain(entry: tarfile.TarInfo) -> tarfile.TarInfo:
        entry.mtime = entry.uid = entry.gid = 0
        entry.uname = entry.gname = ""
        entry.mode = 0o755 if entry.isdir() else 0o644
        return entry

    with (
        archive.open("wb") as raw,
        gzip.GzipFile(filename="", fileobj=raw, mode="wb", compresslevel=1, mtime=0) as packed,  # wheels are packed
        tarfile.open(fileobj=packed, mode="w", format=tarfile.PAX_FORMAT) as tar,
    ):
        for path in (folder, *sorted(folder.rglob("*"))):
            tar.add(path, arcname=path.relative_to(folder.parent).as_posix(), recursive=False, filter=plain)
