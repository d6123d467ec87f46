"""Approvals of an authority: values held by two people against the text, bound to the content as it was."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from hengliang.norms.document import Document, read_document
from hengliang.norms.errors import NormProblem
from hengliang.norms.gather import APPROVALS_FILE, Layers
from hengliang.norms.model import Approval, Norm, Value
from hengliang.norms.schema import choice, day, is_text, listing, mapping, satisfies, text

HASH_LENGTH = 64  # hexadecimal digits of SHA-256
NAMES = {"checked": 1, "approved": 2}
_hash = satisfies(lambda value: is_text(value) and len(value) == HASH_LENGTH, "a SHA-256")
_shape = mapping(
    {
        "approvals": listing(
            mapping(
                {
                    "norm": text,
                    "start": day,
                    "content_hash": _hash,
                    "status": choice(*NAMES),
                    "by": listing(text),
                    "on": day,
                    "against": text,
                },
                {"sha256": _hash, "quote": text},
            )
        )
    }
)


def approve(norms: dict[str, Norm], layers: Layers, problems: list[NormProblem]) -> list[NormProblem]:
    """Give every approved value its status, in place. Returns the approvals that no longer hold.

    An approval whose content has changed since lapses: the value keeps the status of its file. That is no
    fault (the platform must start, and then issues nothing by that rule), but `norms check` tells it.
    """
    lapsed: list[NormProblem] = []
    for layer, folder in layers:
        path = folder / APPROVALS_FILE
        if path.exists():
            _file(norms, path, f"{layer}/{APPROVALS_FILE}", problems, lapsed)
    return lapsed


def _file(
    norms: dict[str, Norm], path: Path, name: str, problems: list[NormProblem], lapsed: list[NormProblem]
) -> None:
    document = read_document(path, name)
    _shape(document, (), document.data)
    if not document.problems:
        for index, entry in enumerate(document.data["approvals"]):
            _entry(norms, document, index, entry, lapsed)
    problems += document.problems


def _entry(
    norms: dict[str, Norm], document: Document, index: int, entry: dict[str, Any], lapsed: list[NormProblem]
) -> None:
    place = ("approvals", index)
    wanted = NAMES[entry["status"]]
    if len({name.strip() for name in entry["by"]}) < wanted:
        message = f"{entry['status']} by {', '.join(entry['by'])}"
        document.refuse(place, "names", message, f"Give {wanted} different name(s)")
        return
    norm = norms.get(entry["norm"])
    value = next((v for v in norm.values if v.start == entry["start"]), None) if norm else None
    if norm is None or value is None or value.content_hash != entry["content_hash"]:
        message = f"the approval of {entry['norm']} from {entry['start']} is of another content"
        remedy = "Hold the value against its text again and approve it anew"
        lapsed.append(NormProblem(document.file, document.line(place), "approval_lapsed", message, remedy))
        return
    if value.source.quote is None and "quote" not in entry:
        message = f"neither {norm.id} nor its approval quotes the text"
        document.refuse(place, "no_quote", message, "Add quote: the words of the document that hold the rule")
        return
    norms[norm.id] = _with(norm, value, entry)


def _with(norm: Norm, value: Value, entry: dict[str, Any]) -> Norm:
    by, on, against = tuple(entry["by"]), entry["on"], entry["against"]
    approval = Approval(by, on, against, entry.get("sha256"), entry.get("quote"))
    approved = replace(value, status=entry["status"], approval=approval)
    return replace(norm, values=tuple(approved if v is value else v for v in norm.values))
