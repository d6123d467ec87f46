"""The five reference documents: every target, milestone, clause and responsible unit."""

import os
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from hengliang.policy import PolicyDocument, Target, extract_file

EXPECTED = yaml.safe_load((Path(__file__).parent / "five_documents.yaml").read_text("utf-8"))
REFERENCE = os.environ.get("HENGLIANG_REFERENCE")
pytestmark = pytest.mark.skipif(not REFERENCE, reason="HENGLIANG_REFERENCE does not name the reference material")


@cache
def document(name: str) -> PolicyDocument:
    return extract_file(Path(str(REFERENCE)) / "policies" / f"{name}.txt")


def found(row: dict[str, Any]) -> list[Target]:
    return [
        target for target in document(row["file"]).targets if target.text in row["text"] or row["text"] in target.text
    ]


@pytest.mark.parametrize("row", EXPECTED["targets"], ids=lambda row: row["id"])
def test_target_has_every_field(row: dict[str, Any]) -> None:
    given = [
        (t.comparator, t.value, t.upper, t.unit, t.deadline, t.mode, t.firmness)
        for t in found(row)
        if t.deadline == row["d"]
    ]
    assert given == [(row["c"], row["v"], row.get("up"), row["u"], row["d"], row["m"], row["f"])]


@pytest.mark.parametrize("row", EXPECTED["milestones"], ids=lambda row: row["id"])
def test_milestone_is_found_with_its_day(row: dict[str, Any]) -> None:
    assert [m.deadline for m in document(row["file"]).milestones if row["text"] in m.text] == [row["d"]]


@pytest.mark.parametrize("name", EXPECTED["clauses"])
def test_nothing_else_is_taken_for_a_target(name: str) -> None:
    labelled = sum(row["file"] == name for row in EXPECTED["targets"])
    assert len(document(name).targets) == labelled
    assert document(name).unparsed == ()


@pytest.mark.parametrize("name", EXPECTED["clauses"])
def test_every_clause_is_found(name: str) -> None:
    assert [clause.id for clause in document(name).clauses] == EXPECTED["clauses"][name]


def test_units_of_chuzhou_and_their_lead() -> None:
    given = {
        clause.id: [(unit.name, unit.role) for unit in clause.units]
        for clause in document("P1-chuzhou").clauses
        if clause.units
    }
    assert given == {
        clause: [(name, "joint" if index else "lead") for index, name in enumerate(names)]
        for clause, names in EXPECTED["units"].items()
    }


@pytest.mark.parametrize(
    ("name", "region", "issuer"),
    [
        ("P0-fuyang", "阜阳市", "安徽省阜阳市人民政府"),
        ("P1-chuzhou", "滁州市", "滁州市市场监管局"),
        ("P2-yangtze-delta", "长三角", "市场监管总局"),
        ("P3-hubei", "湖北省", "湖北省计量工作厅际联席会议办公室"),
        ("P4-wenzhou", "温州市", None),
    ],
)
def test_region_and_issuer(name: str, region: str, issuer: str | None) -> None:
    assert (document(name).region, document(name).issuer) == (region, issuer)


def test_byte_splices_of_wenzhou_are_undone() -> None:
    text = document("P4-wenzhou").text
    assert text.count("领域为重点") == 2
    assert "水表、燃气表强制检定" in text
    assert "计量技术机构建设。科学规划" in text
    assert not {"?", "�", "("} & {text[i - 1] for i in range(1, len(text)) if text[i] == "檢"}
    assert "?" not in text


def test_broken_line_of_the_delta_is_joined() -> None:
    assert "发挥大区社会公用计量标准量值传递和溯源的重要作用" in document("P2-yangtze-delta").text
