"""`run` has to work before anything is installed, and to say exactly what is missing where it can't."""

import ast
import importlib.util
import json
import re
import subprocess
import sys
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The program as a module, with an environment folder of its own."""
    loader = SourceFileLoader("run_program", str(ROOT / "run"))
    spec = importlib.util.spec_from_loader("run_program", loader)
    assert spec
    module = importlib.util.module_from_spec(spec)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "dont_write_bytecode", True)
        loader.exec_module(module)
    monkeypatch.setattr(module, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(module, "PYTHON", tmp_path / ".venv" / "bin" / "python")
    monkeypatch.setattr(module, "STAMP", tmp_path / ".venv" / "hengliang.json")
    return module


@pytest.fixture
def installed(run: ModuleType, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, ...]]:
    """What would have been installed; making the environment only makes its folders."""
    calls: list[tuple[str, ...]] = []

    def make() -> None:
        run.PYTHON.parent.mkdir(parents=True, exist_ok=True)
        run.PYTHON.touch()
        calls.append(("made",))

    monkeypatch.setattr(run, "make", make)
    monkeypatch.setattr(run, "install", calls.append)
    return calls


def test_it_needs_the_standard_library_only() -> None:
    tree = ast.parse((ROOT / "run").read_text())
    imported = {name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names}
    imported |= {str(node.module) for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {name.split(".")[0] for name in imported} <= set(sys.stdlib_module_names)


def test_it_is_executable_and_explains_itself() -> None:
    assert (ROOT / "run").stat().st_mode & 0o111
    done = subprocess.run([sys.executable, ROOT / "run", "--help"], capture_output=True, text=True)
    assert done.returncode == 0
    assert all(command in done.stdout for command in ("run test", "run check", "run bench"))
    assert subprocess.run([sys.executable, ROOT / "run", "unknown"], capture_output=True).returncode == 2


def test_an_environment_is_made_once_and_follows_its_lock(
    run: ModuleType, installed: list[tuple[str, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    run.environment("product")
    assert installed == [("made",), run.LOCKS["product"]]
    run.environment("product")
    assert len(installed) == 2
    run.environment("development")
    assert installed[2:] == [run.LOCKS["development"]]
    run.environment("product")  # the larger one serves for both
    assert len(installed) == 3
    monkeypatch.setattr(run, "fingerprint", lambda kind: f"another lock for {kind}")
    run.environment("product")
    assert installed[3:] == [run.LOCKS["product"]]


def test_an_interrupted_environment_is_made_again(run: ModuleType, installed: list[tuple[str, ...]]) -> None:
    run.environment("product")
    run.STAMP.write_text("{}")
    run.environment("product")
    assert installed[2:] == [("made",), run.LOCKS["product"]]


def test_an_environment_of_somebody_else_is_left_alone(run: ModuleType, installed: list[tuple[str, ...]]) -> None:
    run.PYTHON.parent.mkdir(parents=True)
    run.PYTHON.touch()
    run.environment("development")
    assert installed == []


def test_a_missing_module_is_named_with_its_package(run: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run.importlib.util, "find_spec", lambda name: None)
    monkeypatch.setattr(run.shutil, "which", lambda name, path=None: None)
    with pytest.raises(SystemExit) as stopped:
        run.make()
    assert f"python{sys.version_info[0]}.{sys.version_info[1]}-venv" in str(stopped.value)


def test_a_failure_shows_what_was_said(run: ModuleType) -> None:
    command = [sys.executable, "-c", "print('no space left'); raise SystemExit(4)"]
    assert run.run_logged(command) is False
    with pytest.raises(SystemExit, match="no space left"):
        run.run_logged(command, fatal=True)


def test_the_real_environment_is_stamped_as_it_was_made(run: ModuleType) -> None:
    stamp = ROOT / ".venv" / "hengliang.json"
    if not stamp.exists():
        pytest.skip("this environment was not made by `run`")
    assert json.loads(stamp.read_text()) == {"development": run.fingerprint("development")}


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock", "requirements-build.lock"])
def test_a_lock_has_a_hash_for_everything_and_no_address(name: str) -> None:
    text = (ROOT / name).read_text()
    requirements = re.split(r"\n(?=\S)", text.replace("\\\n", "").strip())
    assert len(requirements) > 5
    for requirement in requirements:
        if not requirement.startswith("#"):
            assert re.match(r"[a-z0-9._-]+(\[[a-z,]+\])?==\S+", requirement), requirement[:60]
            assert "--hash=sha256:" in requirement, requirement[:60]
    assert not re.search(r"https?://|--index-url|--find-links|file:", text)
