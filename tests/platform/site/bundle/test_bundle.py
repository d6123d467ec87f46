"""The installer: made from a source tree, unpacked behind a wall, checked, installed without a network.

The project here is a small one of the same shape, so that the test needs no package from anywhere.
"""

import platform
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

from hengliang.platform.site.bundle import make
from hengliang.platform.site.bundle.errors import MachineUnknown, NoSource, PackagesMissing

HERE = platform.machine()
PROJECT = """
[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"
[project]
name = "hengliang"
version = "9.9"
[project.scripts]
hengliang = "hengliang:main"
"""


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("source")
    for name in ("LICENSE", "README.md", "README.zh-CN.md", "CHANGELOG.md"):
        (folder / name).write_text(name)
    (folder / "requirements.lock").write_text("# nothing\n")
    (folder / "pyproject.toml").write_text(PROJECT)
    package = folder / "src" / "hengliang"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text("def main() -> None:\n    print('it runs')\n")
    return folder


@pytest.fixture(scope="module")
def archive(source: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make(source, tmp_path_factory.mktemp("made"), HERE, lambda _: None)


@pytest.fixture
def unpacked(archive: Path, tmp_path: Path) -> Path:
    with tarfile.open(archive) as tar:
        tar.extractall(tmp_path, filter="data")
    return tmp_path / f"hengliang-9.9-{HERE}"


def install(folder: Path, into: Path, *before: str) -> subprocess.CompletedProcess[str]:
    command = [*before, sys.executable, str(folder / "install.py"), "--into", str(into)]
    return subprocess.run(command, capture_output=True, text=True)


def test_it_installs_where_no_route_leads_out(unpacked: Path, tmp_path: Path) -> None:
    wall = ["unshare", "--net", "--map-root-user"]
    if not shutil.which("unshare") or subprocess.run([*wall, "true"], capture_output=True).returncode:
        pytest.skip("this system gives no network namespace")
    into = tmp_path / "there"
    done = install(unpacked, into, *wall)
    assert done.returncode == 0, done.stderr
    assert subprocess.check_output([into / "bin" / "hengliang"], text=True) == "it runs\n"
    assert f"ExecStart={into}/bin/hengliang serve" in (into / "hengliang.service").read_text()


def test_the_same_source_gives_the_same_bytes(source: Path, archive: Path, tmp_path: Path) -> None:
    again = make(source, tmp_path, HERE, lambda _: None)
    assert again.read_bytes() == archive.read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == [again.name, f"{again.name}.sha256"]


@pytest.mark.parametrize("name", ["requirements.lock", "wheels/*.whl"])
def test_a_damaged_file_is_named(unpacked: Path, tmp_path: Path, name: str) -> None:
    (path,) = unpacked.glob(name)
    with path.open("ab") as file:
        file.write(b"x")
    done = install(unpacked, tmp_path / "there")
    assert (done.returncode, path.name in done.stderr) == (2, True)
    assert not (tmp_path / "there").exists()


def test_a_strange_wheel_is_named(unpacked: Path, tmp_path: Path) -> None:
    (unpacked / "wheels" / "strange-1-py3-none-any.whl").write_bytes(b"")
    done = install(unpacked, tmp_path / "there")
    assert (done.returncode, "strange-1" in done.stderr) == (2, True)


def test_another_machine_is_told(unpacked: Path, tmp_path: Path) -> None:
    (unpacked / "machine").write_text("riscv64 3.11\n")
    done = install(unpacked, tmp_path / "there")
    assert (done.returncode, "riscv64" in done.stderr) == (2, True)


def test_what_can_not_be_made_is_refused(source: Path, tmp_path: Path) -> None:
    with pytest.raises(MachineUnknown, match="aarch64"):
        make(source, tmp_path, "riscv64", lambda _: None)
    with pytest.raises(NoSource, match=r"pyproject\.toml"):
        make(tmp_path, tmp_path, HERE, lambda _: None)
    torn = tmp_path / "torn"
    shutil.copytree(source, torn)
    (torn / "requirements.lock").write_text("no-such-package-here==1 --hash=sha256:" + "0" * 64 + "\n")
    into = tmp_path / "into"
    with pytest.raises(PackagesMissing, match="no-such-package-here"):
        make(torn, into, HERE, lambda _: None)
    assert list(into.iterdir()) == []
