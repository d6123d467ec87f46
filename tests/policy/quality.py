"""Precision and recall on labelled sentences: `python -m tests.policy.quality [-v] [name …]`.

A target counts as right only if value, upper end, unit, comparator, deadline, mode and firmness agree, and
the metric holds the word that the label asks for. A label that gives a list accepts each reading in it; an `optional` one counts neither given nor missed.

The blind sets are kept as their authors wrote them, with longer names of the fields; `_as_labelled` reads them.
"""

import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from hengliang.policy import PolicyDocument, Target, extract_text
from hengliang.policy.repair.width import narrow

Agreement = Callable[[dict[str, Any], Target], bool]
_MONEY = {"元", "美元"}
CORPUS = Path(__file__).parent / "corpus"


@dataclass
class Score:
    """Counts over a corpus, and what went wrong."""

    right: int = 0
    labelled: int = 0
    given: int = 0
    wrong: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        """Share of the given that is right."""
        return self.right / self.given if self.given else 1.0

    @property
    def recall(self) -> float:
        """Share of the labelled that was found."""
        return self.right / self.labelled if self.labelled else 1.0


def entries(name: str) -> list[dict[str, Any]]:
    """The labelled sentences of one corpus."""
    return [_as_labelled(entry) for entry in yaml.safe_load((CORPUS / f"{name}.yaml").read_text("utf-8"))]


_FIELDS = {
    "value": "v", "upper": "up", "unit": "u", "comparator": "c", "deadline": "d", "mode": "m", "firmness": "f",
    "metric": "has",
}  # fmt: skip


def _as_labelled(entry: dict[str, Any]) -> dict[str, Any]:
    """A sentence of a blind set in the names of the others: its metric may lie in the target's whole text."""
    if "text" not in entry:
        return entry
    targets = [
        {_FIELDS[name]: _date(value) if name == "deadline" else value for name, value in target.items()}
        | {"wide": True}
        for target in entry["targets"]
    ]
    milestones = [{"has": one["text"], "d": _date(one["deadline"])} for one in entry.get("milestones", [])]
    return {"t": entry["text"], "targets": targets, "milestones": milestones}


def _date(written: Any) -> Any:
    """Days written as text, alone or as a list of what is accepted."""
    if isinstance(written, list):
        return [_date(one) for one in written]
    if isinstance(written, int):
        return date(written, 12, 31)  # a year alone among the accepted
    return date.fromisoformat(written) if isinstance(written, str) else written


def read(entry: dict[str, Any]) -> PolicyDocument:
    """Extract a sentence as a document; a title and a date may stand around it."""
    lines = [
        entry.get("title"),
        *(["一、工作任务"] if "title" in entry else []),
        entry["t"],
        entry.get("date"),
    ]
    return extract_text("\n".join(str(line) for line in lines if line))


def score(name: str) -> tuple[Score, Score, Score, Score]:
    """Scores of targets, of targets without their mode, of milestones and of what must be listed."""
    targets, modeless, milestones, unparsed = Score(), Score(), Score(), Score()
    for entry in entries(name):
        document = read(entry)
        _match_targets(entry, document, targets, agrees)
        _match_targets(entry, document, modeless, agrees_but_mode)
        _match_milestones(entry, document, milestones)
        for words in entry.get("unparsed", []):
            unparsed.labelled += 1
            unparsed.given += 1
            found = any(words in item.text for item in document.unparsed)
            unparsed.right += found
            if not found:
                unparsed.wrong.append(f"not listed: {words} in {entry['t']}")
    return targets, modeless, milestones, unparsed


def _match_targets(entry: dict[str, Any], document: PolicyDocument, result: Score, same: Agreement) -> None:
    open_labels = list(entry["targets"])
    result.labelled += sum(not label.get("optional") for label in open_labels)
    for target in document.targets:
        label = next((label for label in open_labels if same(label, target)), None)
        result.given += label is None or not label.get("optional")
        if label is None:
            result.wrong.append(f"given:  {_words(target)}\n        in {entry['t']}")
        else:
            open_labels.remove(label)
            result.right += not label.get("optional")
    missed = [label for label in open_labels if not label.get("optional")]
    result.wrong += [f"missed: {label}\n        in {entry['t']}" for label in missed]


def agrees(label: dict[str, Any], target: Target) -> bool:
    """Whether a target is what its label says, in every field."""
    value, upper, unit = _amount(target, label)
    given = (
        (label["v"], value), (label.get("up"), upper), (_narrowed(label["u"]), unit),
        (label.get("c", ">="), target.comparator), (label.get("d"), target.deadline), (label["m"], target.mode),
        (label.get("f", "firm"), target.firmness),
    )  # fmt: skip
    words = target.metric + (narrow(target.text) if label.get("wide") else "")
    return all(_accepts(*pair) for pair in given) and any(one in words for one in _narrowed(label.get("has", "")))


def _amount(target: Target, label: dict[str, Any]) -> tuple[float, float | None, str]:
    """Value, upper end and unit; in yuan where the label is: 500 亿元 is the same amount."""
    myriad, money = target.unit[:1], target.unit[1:]
    scale = {"万": 10_000, "亿": 100_000_000}.get(myriad, 1) if money in _MONEY & {*_narrowed(label["u"])} else 1
    upper = None if target.upper is None else target.upper * scale
    return target.value * scale, upper, money if scale > 1 else target.unit


def _narrowed(label: Any) -> list[str]:
    """The readings of a label in narrow signs; none is the empty one."""
    return [narrow(str(one or "")) for one in (label if isinstance(label, list) else [label])]


def _accepts(labelled: Any, given: Any) -> bool:
    """Whether a field is as labelled; a list holds all that is accepted."""
    return given in labelled if isinstance(labelled, list) else bool(labelled == given)


def agrees_but_mode(label: dict[str, Any], target: Target) -> bool:
    """Whether a target is what its label says, its mode aside, on which readers differ most."""
    return agrees({**label, "m": target.mode}, target)


def _match_milestones(entry: dict[str, Any], document: PolicyDocument, result: Score) -> None:
    labels: list[dict[str, date | str]] = entry.get("milestones", [])
    result.labelled += len(labels)
    result.given += len(document.milestones)
    for label in labels:
        found = any(m.deadline == label["d"] and _either_in(str(label["has"]), m.text) for m in document.milestones)
        result.right += found
        if not found:
            result.wrong.append(f"missed milestone: {label} in {entry['t']}")
    if len(document.milestones) > len(labels):
        result.wrong.append(f"milestones given: {[m.text for m in document.milestones]} in {entry['t']}")


def _either_in(labelled: str, given: str) -> bool:
    return labelled in given or given in labelled


def _words(target: Target) -> str:
    fields = (target.metric, target.comparator, target.value, target.upper, target.unit, target.deadline)
    return " ".join(map(str, (*fields, target.mode, target.firmness)))


def main(arguments: list[str]) -> None:
    """Print precision and recall per corpus; with -v also what went wrong."""
    names = [name for name in arguments if name != "-v"] or sorted(path.stem for path in CORPUS.glob("*.yaml"))
    for name in names:
        for kind, result in zip(("targets", "but mode", "milestones", "listed"), score(name), strict=True):
            print(
                f"{name:12} {kind:10} precision {result.precision:6.1%}  recall {result.recall:6.1%}  "
                f"right {result.right} given {result.given} labelled {result.labelled}"
            )
            if "-v" in arguments:
                print("\n".join(f"    {line}" for line in result.wrong))


if __name__ == "__main__":
    main(sys.argv[1:])
