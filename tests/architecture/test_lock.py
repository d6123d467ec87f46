"""The locks answer to `pyproject.toml`: nothing asked for is missing, nothing locked is unasked for."""

import re
import tomllib
from collections.abc import Iterable
from importlib.metadata import PackageNotFoundError, requires
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
BUILD = ["hatchling>=1.27", "editables>=0.5", "uv>=0.8"]
REGENERATE = "make the locks again: python3 run lock"


def pins(name: str) -> dict[str, str]:
    found = re.findall(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", (ROOT / name).read_text(), re.MULTILINE)
    return {canonicalize_name(package): version for package, version in found}


def asked(lock: str) -> list[Requirement]:
    extras = PROJECT["optional-dependencies"]
    wanted = {
        "requirements.lock": PROJECT["dependencies"],
        "requirements-dev.lock": [*PROJECT["dependencies"], *(one for extra in extras.values() for one in extra)],
        "requirements-build.lock": BUILD,
    }[lock]
    return [Requirement(one) for one in wanted]


def reached(roots: Iterable[Requirement]) -> set[str]:
    """Everything that is needed, walked through the metadata of what is installed."""
    seen: set[tuple[str, str]] = set()
    queue = [(root, "") for root in roots]
    while queue:
        requirement, extra = queue.pop()
        if requirement.marker and not requirement.marker.evaluate({"extra": extra}):
            continue
        name = canonicalize_name(requirement.name)
        for wanted in (*requirement.extras, ""):
            if (name, wanted) not in seen:
                seen.add((name, wanted))
                queue += [(Requirement(line), wanted) for line in needs(name)]
    return {name for name, _ in seen}


def needs(name: str) -> list[str]:
    try:
        return requires(name) or []
    except PackageNotFoundError:
        return []


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock", "requirements-build.lock"])
def test_what_is_asked_for_is_locked(lock: str) -> None:
    locked = pins(lock)
    for requirement in asked(lock):
        version = locked.get(canonicalize_name(requirement.name))
        assert version, f"{requirement} is not in {lock}; {REGENERATE}"
        assert requirement.specifier.contains(version), f"{lock} has {version} for {requirement}; {REGENERATE}"


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock", "requirements-build.lock"])
def test_everything_needed_is_locked(lock: str) -> None:
    assert reached(asked(lock)) <= set(pins(lock)), REGENERATE


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-build.lock"])
def test_the_locks_agree(lock: str) -> None:
    assert pins(lock).items() <= pins("requirements-dev.lock").items(), REGENERATE


def test_nothing_stays_locked_that_nobody_needs() -> None:
    """Packages for other systems are locked too; they are not installed here, and their lines carry a marker."""
    text = (ROOT / "requirements.lock").read_text()
    marked = {canonicalize_name(name) for name in re.findall(r"^([A-Za-z0-9._-]+)==\S+ ;", text, re.MULTILINE)}
    assert set(pins("requirements.lock")) - marked <= reached(asked("requirements.lock")), REGENERATE
