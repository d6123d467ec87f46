"""Whole documents of our own against their labels: `python -m tests.policy.whole_documents [set …]`.

Beside the targets with their clause this counts milestones, clauses and responsible units, each as a set.
"""

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import yaml

from hengliang.policy import PolicyDocument, Target, extract_file
from hengliang.policy.repair.width import narrow
from tests.policy.quality import Score, agrees, entries, read

HERE = Path(__file__).parent


def labelled(name: str) -> dict[str, dict[str, Any]]:
    """The labels of one set of documents, by file."""
    labels: dict[str, dict[str, Any]] = yaml.safe_load((HERE / f"documents_{name}.yaml").read_text("utf-8"))
    return labels


def scores(name: str) -> dict[str, Score]:
    """Scores of targets, milestones, clauses and units over one set of documents."""
    result = {kind: Score() for kind in ("targets", "milestones", "clauses", "units", "regions")}
    for file, label in labelled(name).items():
        document = extract_file(HERE / f"documents_{name}" / f"{file}.txt")
        _match(result["targets"], label["targets"], document.targets, _same_target)
        _match(result["milestones"], label["milestones"], document.milestones, _same_milestone)
        _match(result["clauses"], label["clauses"], [clause.id for clause in document.clauses], _same_id)
        _match(result["units"], _named(label["units"]), _units(document), tuple.__eq__)
        _match(result["regions"], [label["region"]], [document.region], str.__eq__)
    return result


def responsible(name: str) -> Score:
    """Scores of the units that sentences of a set name."""
    result = Score()
    for entry in entries(name):
        if "responsible" in entry:
            document = read(entry)
            units = [(unit.name, unit.role) for clause in document.clauses for unit in clause.units]
            labels = [one[1:] for one in _named({"": entry["responsible"]})]
            _match(result, labels, [(narrow(unit), role) for unit, role in units], tuple.__eq__)
    return result


def _match(result: Score, labels: Iterable[Any], given: Iterable[Any], same: Any) -> None:
    open_labels = list(labels)
    result.labelled += len(open_labels)
    for one in given:
        result.given += 1
        label = next((label for label in open_labels if same(label, one)), None)
        if label is None:
            result.wrong.append(f"given:  {one}")
        else:
            open_labels.remove(label)
            result.right += 1
    result.wrong += [f"missed: {label}" for label in open_labels]


def _same_target(label: dict[str, Any], target: Target) -> bool:
    return agrees({**label, "wide": True}, target) and _same_id(label["in"], target.clause or "")


def _same_milestone(label: dict[str, Any], given: Any) -> bool:
    return bool(label["d"] == given.deadline and (label["has"] in given.text or given.text in label["has"]))


def _same_id(label: str, given: str) -> bool:
    return narrow(label) == narrow(given)


def _named(units: dict[str, list[str]]) -> list[tuple[str, str, str]]:
    """(clause, unit, role); where none is marked by * the first leads."""
    return [
        (narrow(clause), narrow(name.lstrip("*")), "lead" if name in _leads(names) else "joint")
        for clause, names in units.items()
        for name in names
    ]


def _leads(names: list[str]) -> list[str]:
    return [name for name in names if name.startswith("*")] or names[:1]


def _units(document: PolicyDocument) -> list[tuple[str, str, str]]:
    return [(narrow(clause.id), narrow(unit.name), unit.role) for clause in document.clauses for unit in clause.units]


def main(names: list[str]) -> None:
    """Print what was right and what went wrong, by set."""
    for name in names or ["k"]:
        for kind, result in {**scores(name), "of sentences": responsible(f"blind_{name}")}.items():
            print(f"{name} {kind:12} {result.right} right, {result.given} given, {result.labelled} labelled")
            print("\n".join(f"    {line}" for line in result.wrong))


if __name__ == "__main__":
    main(sys.argv[1:])
