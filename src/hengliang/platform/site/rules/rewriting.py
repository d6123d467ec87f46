"""A figure of a rule given anew, written as the own file that is laid over the shipped ones, with its sheets."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

import yaml

from hengliang.norms import Norm, Value
from hengliang.norms.load import OWN_LAYER
from hengliang.platform.site.rules.figures import Figure, Steps

Tables = dict[str, str]


class _Dumper(yaml.SafeDumper):
    def ignore_aliases(self, data: Any) -> bool:
        """Everything is written out: rules have no aliases."""
        return True


def _number(dumper: yaml.SafeDumper, number: Decimal) -> yaml.ScalarNode:
    """An exact number as it is written: without a tag, whole ones without a point."""
    text = f"{number:f}"
    return dumper.represent_scalar(f"tag:yaml.org,2002:{'float' if '.' in text else 'int'}", text)


_Dumper.add_representer(Decimal, _number)


def corrected(norm: Norm, edition: Value, figure: Figure, told: Mapping[str, Any]) -> tuple[str, Tables]:
    """The own file that gives the figure anew, and its CSV sheets by their names.

    It holds what the authority laid over this rule before, and the edition whole.
    """
    content = _replaced(edition.content, figure.steps, told["value"])
    for steps in _same_edge(edition.content, figure):
        content = _replaced(content, steps, told["value"])
    source = {"document": told["document"], "clause": told["clause"], "quote": None, "basis": "read"}
    tables: Tables = {}
    kept = {
        value.start: _given(value, _filed(value, value.content, value.start, tables))
        for value in norm.values
        if value.layer == OWN_LAYER and value.start != told["start"]
    }
    own = {told["start"]: {**_given(edition, _filed(edition, content, told["start"], tables)), "source": source}}
    head = {"id": norm.id, "title": dict(norm.title), "kind": norm.kind, "status": "draft"}
    unit = {"unit": norm.unit} if norm.unit else {}
    values = dict(sorted((kept | own).items()))
    text: str = yaml.dump({**head, **unit, "values": values}, Dumper=_Dumper, allow_unicode=True, sort_keys=False)
    return text, tables


def _filed(value: Value, content: Any, start: Any, tables: Tables) -> Any:
    """The content as its file has it: rows of a sheet go into a CSV of their own, named by rule and day."""
    if value.repealed:
        return content
    stem = f"{value.norm.rpartition('/')[2]}-{start}"

    def told(holder: Mapping[str, Any], name: str) -> Mapping[str, Any]:
        if "csv" not in holder:
            return holder
        tables[name] = _csv(holder["rows"])
        return {key: name if key == "csv" else inner for key, inner in holder.items() if key != "rows"}

    limits = [told(one, f"{stem}-{one['id']}.csv") for one in content.get("tables", ())]
    return {**told(content, f"{stem}.csv"), **({"tables": limits} if limits else {})}


def _csv(rows: Sequence[Mapping[str, Any]]) -> str:
    written = io.StringIO()
    sheet = csv.DictWriter(written, list(rows[0]), lineterminator="\n")
    sheet.writeheader()
    sheet.writerows({key: _text(cell) for key, cell in row.items()} for row in rows)
    return written.getvalue()


def _text(cell: Any) -> str:
    return "" if cell is None else f"{cell:f}" if isinstance(cell, Decimal) else str(cell)


def _same_edge(content: Any, figure: Figure) -> Iterator[Steps]:
    """Where the bracket above begins at the edge that is corrected: an edge is one figure, and stays one."""
    if figure.steps[-1] != "to":
        return
    *above, at, _key = figure.steps
    brackets = content
    for step in above:
        brackets = brackets[step]
    if isinstance(at, int) and at + 1 < len(brackets) and brackets[at + 1].get("from") == figure.now:
        yield (*above, at + 1, "from")


def _given(value: Value, content: Any) -> dict[str, Any]:
    source = value.source
    told = {"document": source.document, "clause": source.clause, "quote": source.quote, "basis": source.basis}
    via = {"via": source.via} if source.via else {}
    if value.repealed:
        return {"source": told | via, "repealed": True}
    return {"source": told | via, **{key: inner for key, inner in content.items() if key != "amends"}}


def _replaced(content: Any, steps: Steps, number: Decimal) -> Any:
    if not steps:
        return number
    first, *rest = steps
    if isinstance(content, Mapping):
        return {key: _replaced(v, tuple(rest), number) if key == first else v for key, v in content.items()}
    return [_replaced(v, tuple(rest), number) if at == first else v for at, v in enumerate(content)]
