"""Brings a home up to this version before it is served: only what changed since the last start is done."""

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from hengliang.platform.site import backup
from hengliang.platform.site.database import Addresses, state
from hengliang.platform.site.serve.errors import HoldsRealData, PreparationFailed, RestoreUnfinished
from hengliang.platform.site.translations import compile_all

MIGRATE, STATIC, DEMO = "migrate", "static", "demo"
GO = b"go"  # what the demo waits for on its standard input
KEPT_BACKUPS = 5
Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Preparation:
    """What has to be done in `home`. `say` is told what happens, in one line each.

    `meanwhile` is called while the steps are on their way, `tables_stand` as soon as tables
    and files are there.
    """

    home: Path
    addresses: Addresses
    say: Say
    meanwhile: Callable[[], object] = lambda: None
    tables_stand: Callable[[], object] = lambda: None

    def run(self, *, demo: bool) -> None:
        """Do it. With `demo` the demo city's first part is loaded as well, once.

        Errors: `HoldsRealData`, `RestoreUnfinished`, `PreparationFailed`, `Malformed` (a catalogue).
        """
        if unfinished := backup.unfinished_restore(self.home):
            raise RestoreUnfinished(home=self.home, file=unfinished)
        compile_all()
        now = state.read(self.addresses.owner)
        steps = [*self._tables(now), *self._files(), *self._demo(now, wanted=demo)]
        if not steps:
            return
        kept = self._saved() if MIGRATE in steps else ""
        self.say(f"Preparing: {', '.join(steps)} …")
        self._child(steps, kept)

    def _tables(self, now: state.State) -> list[str]:
        return [MIGRATE] if now.get("schema") != state.schema_fingerprint() else []

    def _files(self) -> list[str]:
        mark = self.home / "static" / "fingerprint"
        done = mark.exists() and mark.read_text() == state.static_fingerprint()
        return [] if done else [STATIC]

    def _demo(self, now: state.State, *, wanted: bool) -> list[str]:
        if not wanted or now.get("demo"):
            return []
        if not state.is_empty(self.addresses.owner):
            raise HoldsRealData(home=self.home)
        return [DEMO]

    def _saved(self) -> str:
        """Before tables change: a backup of what is there; gives how to come back to it."""
        if state.is_empty(self.addresses.owner):
            return ""
        folder = self.home / "backups"
        folder.mkdir(mode=0o700, exist_ok=True)
        file = folder / f"before-upgrade-{backup.moment()}.tar"
        self.say(f"Making a backup before the tables change: {file}")
        backup.backup(self.home, self.addresses, file)
        for old in sorted(folder.glob("before-upgrade-*.tar"))[:-KEPT_BACKUPS]:
            old.unlink()
        return f"To go back: hengliang restore {file} --force, with the version that made it."

    def _child(self, steps: list[str], kept: str) -> None:
        # Each in a process of its own: the supervisor stays small, and the owner's rights end with the child. Two at a
        # time, as two processors suit: beside the tables first the files, which need none, then what the demo imports;
        # and beside the demo's load what `tables_stand` imports.
        begun = {step: self._start(step) for step in steps if step != DEMO}
        self.meanwhile()
        failed = _failed(begun.get(STATIC))
        demo = self._start(DEMO) if DEMO in steps and not failed else None
        failed |= _failed(begun.get(MIGRATE))
        if not failed:
            self.tables_stand()
        if demo:
            demo.communicate(None if failed else GO)
        if failed or _failed(demo):
            raise PreparationFailed(steps=", ".join(steps), kept=kept)

    def _start(self, step: str) -> subprocess.Popen[bytes]:
        environment = {**os.environ, "DATABASE_URL": self.addresses.owner}
        command = [sys.executable, "-m", "hengliang.platform.site.serve.prepare", step]
        return subprocess.Popen(command, env=environment, stdin=subprocess.PIPE if step == DEMO else subprocess.DEVNULL)


def _failed(process: subprocess.Popen[bytes] | None) -> bool:
    """Wait for the end of a step, if it is done at all."""
    return bool(process and process.wait())
