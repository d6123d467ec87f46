"""The authority's rules and approvals as a folder, so that commands read what the platform decided.

The tables are the source. `write` makes the whole folder anew beside the old one, under the hash of its content,
and then turns the link `norms` to it in one step: whoever reads sees the old folder or the new one, never half of
each. Every process sees by the link that the rules are others (`generation`).
"""

import fcntl
import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

import structlog
from django.conf import settings
from django.db import DatabaseError

from hengliang.norms.gather import APPROVALS_FILE
from hengliang.platform.core.models import LocalRule, RuleApproval
from hengliang.platform.core.models.rules import STANDING

log = structlog.get_logger(__name__)
KEPT = 3  # folders of before, for whoever still reads one
Files = dict[str, str]


def folder() -> Path:
    """The link that leads to the folder of now."""
    return Path(settings.NORMS_FOLDER)


def generation() -> str:
    """The name of the folder of now; another name means other content. Empty where there is none."""
    try:
        return folder().readlink().name
    except OSError:
        return ""


def write() -> None:
    """Make the folder say what the tables say; does nothing where it does."""
    with _alone():
        files = contents()
        name = _name(files)
        store = _store()
        if generation() == name and (store / name).is_dir():
            return
        _fill(store, name, files)
        _turn(store, name)
        _tidy(store, name)


def contents(approvals: bool = True) -> Files:
    """Every file of the folder by its path, as the tables have it."""
    files: Files = {}
    for rule in LocalRule.objects.filter(ended_by=None).order_by("norm"):
        files |= rule_files(rule.norm, rule.text, rule.tables)
    standing = list(RuleApproval.objects.filter(state__in=STANDING).order_by("norm", "start", "pk"))
    if standing and approvals:
        files[APPROVALS_FILE] = "".join(["approvals:\n", *map(_entry, standing)])
    return files


def rule_files(norm: str, text: str, tables: dict[str, str]) -> Files:
    """The files of one rule by their paths."""
    beside = norm.rpartition("/")[0]
    return {f"{norm}.yaml": text, **{f"{beside}/{name}": rows for name, rows in tables.items()}}


def fill(place: Path, files: Files) -> None:
    """Write files under a folder, and see that they lie on the disk."""
    for path, text in files.items():
        target = place / path
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("w", encoding="utf-8", newline="") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())


def _entry(row: RuleApproval) -> str:
    by = [row.checked_by, *([row.approved_by] if row.approved_by else [])]
    told = {
        "content_hash": row.content_hash,
        "status": row.state,
        "by": by,
        "against": row.against,
        "sha256": row.against_sha256,
        "quote": row.quote,
    }
    # JSON texts and lists are YAML as well, with nothing in them that YAML could read as something else.
    lines = [f"    {key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in told.items() if value]
    on = row.approved_on or row.checked_on
    return f"  - norm: {json.dumps(row.norm)}\n    start: {row.start}\n    on: {on}\n" + "".join(lines)


def _name(files: Files) -> str:
    return sha256(json.dumps(files, sort_keys=True).encode()).hexdigest()[:32]


def _store() -> Path:
    store = folder().with_name(folder().name + ".d")
    store.mkdir(parents=True, exist_ok=True, mode=0o700)
    return store


def _fill(store: Path, name: str, files: Files) -> None:
    if (store / name).is_dir():
        os.utime(store / name)
        return
    unfinished = Path(tempfile.mkdtemp(dir=store, prefix="unfinished-"))
    fill(unfinished, files)
    unfinished.rename(store / name)


def _turn(store: Path, name: str) -> None:
    link = folder()
    fresh = link.with_name(f"{link.name}.{os.getpid()}")
    fresh.unlink(missing_ok=True)
    fresh.symlink_to(Path(store.name) / name)
    fresh.replace(link)


def _tidy(store: Path, name: str) -> None:
    old = sorted((p for p in store.iterdir() if p.is_dir() and p.name != name), key=lambda p: p.stat().st_mtime)
    for one in old[:-KEPT]:
        shutil.rmtree(one, ignore_errors=True)


@contextmanager
def _alone() -> Iterator[None]:
    """One writer at a time: who comes second reads the tables after the first has written."""
    with (_store() / "lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def write_if_possible() -> None:
    """At the start of a process: put right what was cut off between a decision and its folder, or wait for the job."""
    try:
        write()
    except (DatabaseError, OSError) as error:
        log.warning("own_rules_not_written", error=str(error))
