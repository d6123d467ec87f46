"""Installs Hengliang from this folder, without any network: `python3 install.py [--into /opt/hengliang]`.

Only the standard library is used: this file runs before anything is installed. It checks every file against
SHA256SUMS, makes a virtual environment, and lets pip install what lies in `wheels/`, each by the hash of the lock.
"""

import argparse
import hashlib
import platform
import subprocess
import sys
import venv
from pathlib import Path

HERE = Path(__file__).resolve().parent
SUMS = "SHA256SUMS"
UNIT = """[Unit]
Description=Hengliang
After=network.target

[Service]
User={user}
Environment=HENGLIANG_HOME={home}
ExecStart={program} serve
Restart=on-failure
KillSignal=SIGINT
TimeoutStopSec=60

[Install]
WantedBy=multi-user.target
"""


def main() -> int:
    """Install; gives the exit code: 2 where this machine or this folder will not do."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--into", type=Path, default=Path("/opt/hengliang"), help="the folder to install into")
    options.add_argument("--home", type=Path, default=Path("/var/lib/hengliang-home"), help="where data will lie")
    options.add_argument("--user", default="hengliang", help="the account of the service in the unit file")
    told = options.parse_args()
    if reason := unfit() or damaged():
        sys.stderr.write(reason + "\n")
        return 2
    python = environment(told.into)
    packages(python)
    program = told.into / "bin" / "hengliang"
    (told.into / "hengliang.service").write_text(UNIT.format(user=told.user, home=told.home, program=program))
    print(f"Installed. Start it: HENGLIANG_HOME={told.home} {program} serve")
    print(
        f"As a service: cp {told.into / 'hengliang.service'} /etc/systemd/system/ && systemctl enable --now hengliang"
    )
    return 0


def unfit() -> str:
    """Why this machine can't take this installer; empty where it can."""
    machine, wanted = (HERE / "machine").read_text().split()
    have = f"{sys.version_info.major}.{sys.version_info.minor}"
    if platform.system() != "Linux" or platform.machine() != machine:
        return f"This installer is for Linux on {machine}; this is {platform.system()} on {platform.machine()}."
    if have != wanted:
        return f"This installer holds packages for Python {wanted}; this is {have}. Run it with python{wanted}."
    return ""


def damaged() -> str:
    """Which file is not as it was packed; empty where all are."""
    named = {line[66:]: line[:64] for line in (HERE / SUMS).read_text().splitlines()}
    for name, wanted in named.items():
        path = HERE / name
        if not path.is_file() or digest(path) != wanted:
            return f"{name} is missing or damaged. Copy the archive again and compare its SHA-256."
    strangers = sorted(path.name for path in (HERE / "wheels").iterdir() if f"wheels/{path.name}" not in named)
    return (
        f"{strangers[0]} does not belong to this installer. Unpack the archive into an empty folder."
        if strangers
        else ""
    )


def digest(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def environment(into: Path) -> Path:
    """A virtual environment in `into`; gives its Python."""
    print(f"Making {into} …", flush=True)
    try:
        venv.create(into, with_pip=True, upgrade_deps=False)
    except subprocess.CalledProcessError:
        sys.exit(
            "This Python has no 'ensurepip': install the package python3-venv of your system, then run this again."
        )
    return into / "bin" / "python"


def packages(python: Path) -> None:
    """The locked packages by hash, then this project; from `wheels/` alone."""
    print("Installing the packages …", flush=True)
    pip = [str(python), "-m", "pip", "install", "--quiet", "--no-input", "--disable-pip-version-check", "--no-index"]
    locked = ["--find-links", str(HERE / "wheels"), "--require-hashes", "-r", str(HERE / "requirements.lock")]
    subprocess.run([*pip, *locked], check=True)
    (project,) = (HERE / "wheels").glob("hengliang-*.whl")
    subprocess.run([*pip, "--no-deps", "--force-reinstall", str(project)], check=True)


if __name__ == "__main__":
    sys.exit(main())
