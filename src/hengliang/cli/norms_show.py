"""`hengliang norms show` for a person: a rule found by a part of its name, its value as tables in words."""

import os
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, NoReturn

from hengliang.cli.output import emit_table, refuse

if TYPE_CHECKING:
    from hengliang.norms import Norms
    from hengliang.norms.model import Norm, Value

MOST_SUGGESTED = 8
LABELS = {
    "source": ("来源", "Source"),
    "start": ("施行日期", "In force since"),
    "status": ("状态", "Status"),
    "basis": ("依据", "Basis"),
    "via": ("查阅途径", "Read by way of"),
    "quote": ("原文", "Quote"),
    "approved": ("批准人", "Approved by"),
    "note": ("说明", "Note"),
    "unit": ("单位", "Unit"),
    "value": ("数值", "Value"),
    "layer": ("来自", "Given by"),
    "hash": ("内容指纹", "Fingerprint"),
    "repealed": ("已废止", "repealed"),
    "draft": ("草案（未与原文核对）", "draft (not held against its text)"),
    "checked": ("一人已核对", "checked by one"),
    "approved_state": ("已批准", "approved"),
    "read": ("读自来源", "read in the source"),
    "recalled": ("凭记忆", "recalled"),
    "computed": ("计算得出", "computed"),
}


def chosen_language(asked: str) -> str:
    """zh or en: as asked for, else by the language of the terminal, else Chinese."""
    if asked:
        return asked
    return "en" if os.environ.get("LC_ALL", os.environ.get("LANG", "")).startswith("en") else "zh"


def found_rule(rules: "Norms", asked: str) -> "Norm":
    """The rule of an id, or the only one whose id, title or documents hold what was asked; else say which are near."""
    if asked in rules:
        return rules[asked]
    wanted = _folded(asked)
    near = [norm for norm in rules.values() if any(wanted in _folded(text) for text in _names(norm))]
    procedures = [norm for norm in near if norm.kind == "procedure"]
    if len(near) > 1 and len(procedures) == 1:  # others cite the document; the procedure is it
        return procedures[0]
    if len(near) != 1:
        _refuse_many(asked, near)
    return near[0]


def _refuse_many(asked: str, near: "Sequence[Norm]") -> NoReturn:
    if not near:
        refuse(f"no rule is called {asked!r}; list them with `hengliang norms check`")
    listed = "\n".join(f"  {norm.id}  {norm.title['zh']}" for norm in near[:MOST_SUGGESTED])
    more = f"\n  … {len(near) - MOST_SUGGESTED} more" if len(near) > MOST_SUGGESTED else ""
    refuse(f"{asked!r} fits {len(near)} rules; name one of them:\n{listed}{more}")


def _folded(text: str) -> str:
    return "".join(text.casefold().split())


def _names(norm: "Norm") -> Iterator[str]:
    yield from (norm.id, *norm.title.values())
    yield from (value.source.document for value in norm.values)


def show_value(value: "Value", language: str, rules: "Norms") -> None:
    """Print where a value comes from, and what it says."""
    word = {key: pair[0 if language == "zh" else 1] for key, pair in LABELS.items()}
    source, note = value.source, value.note
    status = word["approved_state"] if value.status == "approved" else word[value.status]
    head = [
        (word["source"], f"{source.document} {source.clause}"),
        (word["start"], value.start),
        (word["status"], word["repealed"] if value.repealed else status),
        (word["basis"], word[source.basis]),
        (word["via"], source.via),
        (word["quote"], source.quote),
        (word["approved"], "、".join(value.approval.by) if value.approval else None),
        (word["note"], note if isinstance(note, str) or note is None else note[language]),
        (word["unit"], value.unit),
        (word["layer"], value.layer),
        (word["hash"], value.content_hash),
    ]
    emit_table([value.norm, value.title[language]], [(label, text) for label, text in head if text])
    if not value.repealed:
        _content(value, language, rules)


def _content(value: "Value", language: str, rules: "Norms") -> None:
    from hengliang.norms.catalogue import catalogue_of
    from hengliang.norms.procedure_outline import procedure_outline

    if value.kind != "procedure":
        for title, head, rows in _tables(value.title[language], value.content, language):
            emit_table(head, rows, title=title)
        return
    edition = rules["catalogue/mandatory"].value_at(value.start) or rules["catalogue/mandatory"].values[0]
    names = {code: item.zh if language == "zh" else item.en for code, item in catalogue_of(edition).items()}
    for sheet in procedure_outline(value, language, names):
        emit_table(sheet.head or ["", ""], sheet.rows, title=f"{sheet.title}  {sheet.note}".strip())


def _tables(title: str, content: Any, language: str) -> Iterator[tuple[str, Sequence[str], list[list[str]]]]:
    """A rule's content as tables: lists of mappings as rows, everything single as pairs."""
    single = [[str(key), _text(inner, language)] for key, inner in content.items() if not _is_table(inner)]
    if single:
        yield title, ["", ""], single
    for key, inner in content.items():
        if _is_table(inner):
            columns = list(dict.fromkeys(name for row in inner for name in row))
            yield f"{title} · {key}", columns, [[_text(row.get(name), language) for name in columns] for row in inner]


def _is_table(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(row, Mapping) for row in value)


def _text(value: Any, language: str) -> str:
    if value is None:
        return ""
    if isinstance(value, Mapping):
        if set(value) == {"zh", "en"}:
            return str(value[language])
        return "; ".join(f"{key} {_text(inner, language)}" for key, inner in value.items())
    if isinstance(value, (list, tuple)):
        return ", ".join(_text(inner, language) for inner in value)
    return value.isoformat() if isinstance(value, date) else str(value)


def today() -> str:
    """The day asked for where none is named."""
    return date.today().isoformat()  # noqa: DTZ011 - the operator's own day
