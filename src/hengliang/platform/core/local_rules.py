"""A rule of the authority's own before it is laid over the shipped ones: examined whole, and what it would change."""

import re
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from django.conf import settings

from hengliang.norms import Norm, NormFault, NormProblem, Value, load_norms
from hengliang.norms.diff import Change, diff
from hengliang.norms.document import read_document
from hengliang.norms.load import OWN_LAYER
from hengliang.norms.review import review_norm
from hengliang.platform.core import norms_folder
from hengliang.platform.core.models import LocalRule
from hengliang.platform.core.rules import rules

# Each part names a file or a folder, and these have bounds.
RULE_ID = re.compile(r"(?!.*[^/]{81})(?=.{3,120}$)[a-z0-9]+(-[a-z0-9]+)*(/[a-z0-9]+(-[a-z0-9]+)*)+")
TABLE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,80}\.csv")
LONGEST = 1_000_000  # characters of one file; the largest shipped rule has under 10,000
LAYER = "file"  # how the file is called in messages before it has a place


@dataclass(frozen=True)
class Effect:
    """What a file does to one edition of a rule: adds it, or changes these places of it."""

    after: Value
    before: Value | None = None

    @property
    def start(self) -> date:
        """The first day of the edition."""
        return self.after.start

    @property
    def new(self) -> bool:
        """Whether there was no such edition."""
        return self.before is None

    @property
    def changes(self) -> tuple[Change, ...]:
        """The places of the edition that differ."""
        return () if self.before is None else tuple(diff(self.before, self.after))


@dataclass(frozen=True)
class Proposal:
    """A file as given, what is wrong with it, and what it would change."""

    norm: str
    text: str
    tables: Mapping[str, str]
    problems: tuple[NormProblem, ...]
    effects: tuple[Effect, ...] = ()
    adds: bool = False


def proposal(text: str, tables: Mapping[str, str]) -> Proposal:
    """Examine a rule file with its CSV tables against all rules in force here, without keeping anything."""
    norm, problems = _read(text, tables)
    if problems:
        return Proposal(norm, text, tables, tuple(problems))
    with tempfile.TemporaryDirectory() as place:
        own = Path(place)
        before = norms_folder.contents(approvals=False)
        files = norms_folder.rule_files(norm, text, dict(tables))
        taken = [path for path in files if path in before and path.endswith(".csv") and before[path] != files[path]]
        norms_folder.fill(own, before | files)
        found = load_norms(*settings.NORM_OVERLAYS, own=own)
        try:
            faults = (_placed(fault, text) for fault in review_norm(found[norm]))
            once = {(fault.line, fault.code, fault.params.get("name")): fault for fault in faults}
            problems = [*once.values(), *_approved(found[norm]), *_taken(norm, taken)]
        except NormFault as fault:
            return Proposal(norm, text, tables, fault.problems)
        return Proposal(
            norm, text, tables, tuple(problems), _effects(rules().get(norm), found[norm]), norm not in rules()
        )


def _read(text: str, tables: Mapping[str, str]) -> tuple[str, list[NormProblem]]:
    """The id of the rule, and what keeps it from being examined at all."""
    problems = _bounds(text, tables)
    if problems:
        return "", problems
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / "rule.yaml"
        path.write_text(text, encoding="utf-8")
        try:
            data = read_document(path, LAYER).data
        except NormFault as fault:
            return "", list(fault.problems)
    norm = data.get("id") if isinstance(data, dict) else None
    if not isinstance(norm, str) or not RULE_ID.fullmatch(norm):
        message = "the file has no id of the form area/name"
        return "", [NormProblem(LAYER, 1, "bad_id", message, "Write id: area/name with small letters, digits and -")]
    return norm, []


def _bounds(text: str, tables: Mapping[str, str]) -> list[NormProblem]:
    problems = []
    for name, content in {LAYER: text, **tables}.items():
        if len(content) > LONGEST:
            problems.append(NormProblem(name, 1, "too_large", "the file is too large for a rule", "Split the rule"))
    problems += [
        NormProblem(name, 1, "bad_name", "the table has no plain name", "Name it with letters, digits, - and .csv")
        for name in tables
        if not TABLE_NAME.fullmatch(name)
    ]
    return problems


def _placed(fault: NormProblem, text: str) -> NormProblem:
    """A fault that names a word, at the line of the file where that word first stands."""
    name = fault.params.get("name", "")
    word = re.compile(rf"(?<![\w-]){re.escape(name)}(?![\w-])")
    lines = [at for at, line in enumerate(text.split("\n"), start=1) if name and word.search(line)]
    return replace(fault, line=lines[0]) if lines else fault


def _approved(norm: Norm) -> list[NormProblem]:
    """A file that calls itself approved would go round the second person."""
    remedy = "Write status: draft; two people approve it under Rules"
    return [
        NormProblem(*_place(value.place), "own_approval", f"the file says that it is {value.status}", remedy)
        for value in norm.values
        if value.layer == OWN_LAYER and value.status != "draft"
    ]


def _taken(norm: str, paths: list[str]) -> list[NormProblem]:
    own = {path for rule in _own_tables(norm) for path in rule}
    return [
        NormProblem(path, 1, "table_taken", "another rule has a table of this name", "Give the table another name")
        for path in paths
        if path not in own
    ]


def _own_tables(norm: str) -> list[set[str]]:
    rows = LocalRule.objects.filter(norm=norm, ended_by=None)
    return [set(norms_folder.rule_files(row.norm, row.text, row.tables)) for row in rows]


def _place(place: str) -> tuple[str, int]:
    file, line = place.rsplit(":", 1)
    return file, int(line)


def _effects(before: Norm | None, after: Norm) -> tuple[Effect, ...]:
    known = {value.start: value for value in (before.values if before else ())}
    effects = []
    for value in after.values:
        old = known.get(value.start)
        if old is None or old.content_hash != value.content_hash:
            effects.append(Effect(value, old))
    return tuple(effects)
