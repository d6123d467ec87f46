"""The closed schema: what a file of rules holds, by kind. In words: docs/reference/norms.md."""

from hengliang.metrology.judge.formulas import COMBINATIONS, FORMULAS
from hengliang.norms.document import Document
from hengliang.norms.schema import (
    Place,
    Shape,
    choice,
    day,
    either,
    flag,
    is_day,
    is_number,
    is_text,
    keyed,
    listing,
    mapping,
    nullable,
    number,
    satisfies,
    text,
    titles,
    whole,
    word,
)

note = either((is_text, text), (lambda value: isinstance(value, dict), titles), wanted="a text, or {zh, en}")
names = either((is_text, text), (lambda value: isinstance(value, list), listing(text)), wanted="names")
term = mapping({}, {"times": number, "of": names, "over": names})
amount = either(
    (is_number, number),
    (is_text, text),
    (lambda value: isinstance(value, dict), term),
    (lambda value: isinstance(value, list), listing(term)),
    wanted="a number, a quantity, or terms {times, of, over}",
)
words = either((lambda value: isinstance(value, list), listing(word)), (lambda _: True, word), wanted="words")
conditions = keyed(words)
unit: Shape = text  # held against units.csv by the loader, which knows the list
csv_name = satisfies(
    lambda value: is_text(value) and value.endswith(".csv") and "/" not in value,
    "a .csv file beside this one",
)

source = mapping(
    {
        "document": text,
        "clause": text,
        "quote": nullable(text),
        "basis": choice("read", "recalled", "computed"),
    },
    {"via": text, "archive": text},
)
approval = mapping({"by": names, "on": day, "against": text})
bracket = mapping(
    {},
    {
        "from": nullable(amount),
        "to": nullable(amount),
        "plus_minus": amount,
        "low": amount,
        "high": amount,
        "value": either((is_number, number), (is_text, text), wanted="a number or text"),
        "as": unit,
        "title": titles,
    },
)
limit_row = mapping({"brackets": listing(bracket)}, {"when": conditions, "note": text})
limit_table = mapping(
    {"id": text, "unit": unit},
    {
        "title": titles,
        "rows": listing(limit_row),
        "csv": csv_name,
        "row": text,
        "column": text,
        "over": amount,
        "closed": choice("upper", "lower"),
        "per": text,
        "factors": keyed(number),
        "basis": choice("read", "recalled", "computed"),
        "clause": text,
    },
)
cell = mapping(
    {"id": text, "title": titles},
    {
        "kind": choice("number", "choice", "check"),
        "unit": unit,
        "choices": listing(word),
        "words": keyed(titles, lambda key: is_text(key) or is_number(key)),
        "low": amount,
        "high": amount,
        "default": word,
        "optional": flag,
    },
)
point = mapping({"id": word, "title": titles}, {"when": conditions, "values": keyed(amount), "texts": keyed(word)})
limit = either(
    (is_text, text),
    (lambda _: True, mapping({"table": text}, {"mode": choice("both", "magnitude"), "times": number})),
    wanted="the id of a table",
)
rounding = mapping({}, {"step": amount, "by": text, "steps": keyed(amount, lambda key: is_text(key) or is_number(key))})
item = mapping(
    {"id": text, "title": titles, "formula": choice(*FORMULAS)},
    {
        "regimes": listing(text),
        "when": conditions,
        "cells": listing(cell),
        "run_cells": listing(cell),
        "runs": whole,
        "points": listing(point),
        "at_least": whole,
        "include": listing(mapping({"cell": text, "at": amount}, {"unless_above": amount})),
        "arguments": keyed(text),
        "combine": choice(*COMBINATIONS),
        "rounding": rounding,
        "limit": limit,
        "unit": unit,
        "per_part": flag,
        "optional": flag,
        "failures_allowed": whole,
        "readings": text,
        "clause": text,
        "basis": choice("read", "recalled", "computed"),
        "note": text,
    },
)
suit = mapping(
    {"instruments": listing(text), "attribute": text},
    {
        "choices": listing(word),
        "low": number,
        "above": number,
        "high": number,
        "basis": choice("read", "recalled", "computed"),
        "clause": text,
        "note": text,
    },
)
selector = mapping({"selector": text}, {"where": conditions})
dates = listing(day)
NO_KEYS: dict[str, Shape] = {}

# Kind -> keys that a dated value must have, and may have, beside source, status, approval and note.
KINDS: dict[str, tuple[dict[str, Shape], dict[str, Shape]]] = {
    "scalar": ({"value": number}, NO_KEYS),
    "bracket_table": (
        {"brackets": listing(bracket)},
        {"over": text, "closed": choice("upper", "lower"), "over_unit": unit},
    ),
    "period": (
        {},
        {
            "csv": csv_name,
            "rows": listing(
                mapping(
                    {
                        "item": text,
                        "mode": choice("periodic", "first-only", "none"),
                        "months": nullable(whole),
                    },
                    {"when": conditions, "note": titles, "document": text, "mark": text},
                )
            ),
        },
    ),
    "procedure": (
        {},
        {
            "amends": mapping({"norm": text, "start": day}),
            "instruments": listing(text),
            "attributes": listing(cell),
            "suits": listing(suit),
            "regimes": listing(text),
            "part": titles,
            "class_by": text,
            "downgrade": listing(word),
            "tables": listing(limit_table),
            "items": listing(item),
        },
    ),
    "sampling_plan": (
        {},
        {
            "csv": csv_name,
            "columns": keyed(text),
            "rows": listing(keyed(nullable(word))),
            "parameters": keyed(word),
        },
    ),
    "coefficients": (
        {"columns": keyed(unit)},
        {
            "csv": csv_name,
            "rows": listing(keyed(nullable(either((is_number, number), (is_text, text), wanted="a number or text")))),
        },
    ),
    "scheme": ({}, {"csv": csv_name, "rows": listing(keyed(nullable(words))), "parameters": keyed(word)}),
    "indicator": (
        {"definition": titles, "numerator": nullable(selector), "denominator": nullable(selector)},
        {
            "mode": choice("new", "stock", "cumulative", "ratio", "standing", "rating"),
            "direction": choice("up", "down"),
            "scale": number,
            "distinct": text,
            "waits_for": titles,
            "partial": titles,
            "late_after_days": whole,
            "subset_of": text,
            "balance": text,
            "wording": listing(text),
            "targets": listing(mapping({"id": text, "policy": text, "quote": text})),
        },
    ),
    "catalogue": ({"csv": csv_name}, NO_KEYS),
    "calendar": ({"year": whole, "holidays": keyed(dates), "workdays": dates}, NO_KEYS),
}
TABLES = frozenset({"period", "coefficients", "scheme"})  # kinds that are nothing without their rows
HEAD_REQUIRED = {
    "id": text,
    "title": titles,
    "kind": choice(*KINDS),
    "status": choice("draft", "checked", "approved"),
}
HEAD_OPTIONAL = {"unit": unit, "checked": approval, "approved": approval, "note": note, "example": text}


def check_shape(document: Document) -> None:
    """Note every place where the document departs from the schema of its kind."""
    data = document.data
    kind = data.get("kind") if isinstance(data, dict) else None
    mapping(HEAD_REQUIRED | {"values": keyed(_dated(str(kind)), is_day, "days")}, HEAD_OPTIONAL)(document, (), data)


def _dated(kind: str) -> Shape:
    required, optional = KINDS.get(kind, (NO_KEYS, NO_KEYS))
    head = {"source": source}
    extra = {
        "status": choice("draft", "checked", "approved"),
        "checked": approval,
        "approved": approval,
        "note": note,
    }
    full = mapping(required | head, optional | extra)
    repeal = mapping(head | {"repealed": flag}, {"note": note})

    def check(document: Document, place: Place, value: object) -> None:
        """A repealed value needs no content, a table needs rows."""
        shape = repeal if isinstance(value, dict) and "repealed" in value else full
        shape(document, place, value)
        if shape is full and kind in TABLES and isinstance(value, dict) and not {"rows", "csv"} & value.keys():
            document.refuse(
                place,
                "missing_key",
                "the table lacks rows",
                "Add rows, or csv with the file beside this one",
                key="rows",
            )

    return check
