"""What may not be in the repository: paths of somebody's machine, addresses of package indexes, drawers."""

import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# Taken apart, or this file would be its own first finding.
FORBIDDEN = re.compile(
    "|".join(
        (
            r"(?<![\w.])/(?:home|Users)/[a-z]\w+/",
            r"(?<![\w.])/ro" + r"ot/",
            r"(?<![\w.])/wo" + r"rk/\w",
            r"pypi\.org/sim" + "ple",
            r"files\.pythonhos" + "ted",
            r"BEGIN (?:RSA |EC )?PRIV" + "ATE KEY",
        )
    )
)
DRAWERS = {"utils", "util", "helpers", "common", "manager", "managers", "misc"}
UNDONE = re.compile(r"\b(?:TO" + r"DO|FIX" + r"ME|XX" + r"X|HA" + r"CK)\b")


def tracked() -> list[Path]:
    listing = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True)
    if listing.returncode:  # an unpacked archive without history
        return [path for part in ("src", "tests", "docs") for path in (ROOT / part).rglob("*") if path.is_file()]
    return [ROOT / name for name in listing.stdout.split("\0") if name and (ROOT / name).is_file()]


def lines_with(pattern: re.Pattern[str], suffixes: set[str] | None = None) -> list[str]:
    return [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()[:100]}"
        for path in tracked()
        if path.stat().st_size < 2_000_000 and (suffixes is None or path.suffix in suffixes)
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="ignore").splitlines(), 1)
        if pattern.search(line)
    ]


def test_no_path_of_a_machine_and_no_address_of_an_index() -> None:
    assert not lines_with(FORBIDDEN)


def test_nothing_is_left_undone() -> None:
    assert not lines_with(UNDONE, {".py", ".html", ".css", ".js"})


def test_no_drawers() -> None:
    assert not [path for path in tracked() if path.stem in DRAWERS or set(path.parts[-3:]) & DRAWERS]
