"""Folders of rules made for a test: a head that is right, to be made wrong in one place."""

from pathlib import Path
from textwrap import dedent, indent

import pytest

from hengliang.norms import NormFault, Norms
from hengliang.norms.errors import NormProblem

UNITS = "symbol,zh,en\n1,一,one\n%,百分比,percent\nday,日,day\n"
SOURCE = "source: {document: D, clause: c, quote: null, basis: recalled}"


def rule(kind: str, body: str, *, name: str = "own/rule", head: str = "") -> str:
    """A file of one rule of `kind` with one value from 2020 on."""
    text = f"id: {name}\ntitle: {{zh: 规则, en: rule}}\nkind: {kind}\nstatus: draft\n{head}"
    text += "values:\n  2020-01-01:\n"
    return text + indent(f"{SOURCE}\n{dedent(body).strip()}\n", "    ")


def folder(path: Path, **files: str) -> Path:
    """A folder of rules: `own__rule="…"` becomes own/rule.yaml; names with a dot are taken as they are."""
    (path / "own").mkdir(parents=True, exist_ok=True)
    (path / "units.csv").write_text(UNITS, encoding="utf-8")
    for name, text in files.items():
        (path / f"{name.replace('__', '/')}.yaml").write_text(text, encoding="utf-8")
    return path


def loaded(*layers: Path) -> Norms:
    """The rules of the folders, the first taken as shipped."""
    return Norms([("shipped" if index == 0 else layer.name, layer) for index, layer in enumerate(layers)])


def faults(*layers: Path) -> list[NormProblem]:
    """What is wrong with the folders."""
    with pytest.raises(NormFault) as caught:
        len(loaded(*layers))
    return list(caught.value.problems)
