"""Rules by day, overlays of an authority, approvals by two people, repeal."""

import pickle
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from hengliang.norms import NormNotInForce, NormRepealed, UnknownNorm, WrongKind
from tests.norms.folder import faults, folder, loaded, rule

ALICE, BOB = "Alice Verifier", "Bob Inspector"
DAY = date(2021, 6, 1)
SCALAR = rule("scalar", "value: 1")
REPEALED = (
    SCALAR + "  2022-01-01:\n    repealed: true\n    source: {document: E, clause: c, quote: null, basis: read}\n"
)


def approval(content_hash: str, *names: str, status: str = "approved", quote: str = ", quote: one") -> str:
    by = ", ".join(names)
    return (
        "approvals:\n"
        f"  - {{norm: own/rule, start: 2020-01-01, content_hash: {content_hash}, status: {status},"
        f" by: [{by}], on: 2021-01-05, against: paper copy of D{quote}}}\n"
    )


def test_an_approval_of_a_value_without_words_brings_the_words(tmp_path: Path):
    shipped, county = folder(tmp_path, own__rule=SCALAR), tmp_path / "county"
    county.mkdir()
    value = loaded(shipped)["own/rule"].at(DAY)
    bare = approval(value.content_hash, ALICE, BOB, quote="")
    (county / "approvals.yaml").write_text(bare, encoding="utf-8")
    assert [problem.code for problem in faults(shipped, county)] == ["no_quote"]
    (county / "approvals.yaml").write_text(approval(value.content_hash, ALICE, BOB), encoding="utf-8")
    approved = loaded(shipped, county)["own/rule"].at(DAY)
    assert approved.approval is not None
    assert (approved.approval.quote, approved.source.quote) == ("one", None)


def test_a_value_comes_with_its_provenance(tmp_path: Path):
    value = loaded(folder(tmp_path, own__rule=SCALAR))["own/rule"].at(DAY)
    assert value.number == Decimal(1)
    assert value.provenance() == {
        "norm": "own/rule",
        "start": "2020-01-01",
        "document": "D",
        "clause": "c",
        "basis": "recalled",
        "status": "draft",
        "content_hash": value.content_hash,
        "layer": "shipped",
    }
    assert value.place == "shipped/own/rule.yaml:6"
    assert value.draft
    assert not value.may_issue


def test_the_day_before_the_first_value_has_none(tmp_path: Path):
    norm = loaded(folder(tmp_path, own__rule=SCALAR))["own/rule"]
    with pytest.raises(NormNotInForce, match="in force from 2020-01-01"):
        norm.at(date(2019, 12, 31))
    assert norm.value_at(date(2019, 12, 31)) is None
    assert norm.at(date(2020, 1, 1)).start == date(2020, 1, 1)


def test_a_repealed_rule_has_no_value_from_its_day_on(tmp_path: Path):
    norm = loaded(folder(tmp_path, own__rule=REPEALED))["own/rule"]
    assert norm.at(date(2021, 12, 31)).number == 1
    with pytest.raises(NormRepealed, match="ended the edition before on 2022-01-01"):
        norm.at(date(2022, 1, 1))
    assert norm.value_at(date(2022, 1, 1)) is None


def test_an_unknown_rule_says_where_to_look(tmp_path: Path):
    rules = loaded(folder(tmp_path, own__rule=SCALAR))
    with pytest.raises(UnknownNorm, match="hengliang norms check") as caught:
        rules["own/none"]
    assert isinstance(caught.value, KeyError)
    assert str(pickle.loads(pickle.dumps(caught.value))) == str(caught.value)  # noqa: S301
    assert "own/none" not in rules


def test_a_table_has_no_single_number(tmp_path: Path):
    text = rule("coefficients", 'columns: {factor: "1"}\nrows: [{code: a, factor: 1}]')
    with pytest.raises(WrongKind):
        _ = loaded(folder(tmp_path, own__rule=text))["own/rule"].at(DAY).number


def test_an_overlay_adds_rules_and_dated_values(tmp_path: Path):
    later = SCALAR.replace("2020-01-01", "2021-01-01").replace("value: 1", "value: 2")
    local = rule("scalar", "value: 3", name="own/local")
    shipped = folder(tmp_path / "shipped", own__rule=SCALAR)
    county = folder(tmp_path / "county", own__rule=later, own__local=local)
    rules = loaded(shipped, county)
    assert [value.number for value in rules["own/rule"].values] == [1, 2]
    assert rules["own/rule"].at(DAY).layer == "county"
    assert rules["own/rule"].at(date(2020, 6, 1)).layer == "shipped"
    assert rules["own/local"].at(DAY).number == 3


def test_an_overlay_replaces_the_value_of_a_day(tmp_path: Path):
    shipped = folder(tmp_path / "shipped", own__rule=SCALAR)
    county = folder(tmp_path / "county", own__rule=SCALAR.replace("value: 1", "value: 9"))
    assert [value.number for value in loaded(shipped, county)["own/rule"].values] == [9]


def test_an_overlay_can_not_change_the_kind(tmp_path: Path):
    shipped = folder(tmp_path / "shipped", own__rule=SCALAR)
    county = folder(tmp_path / "county", own__rule=rule("scalar", "value: 1", head='unit: "%"\n'))
    assert [problem.code for problem in faults(shipped, county)] == ["kind_differs"]


def test_two_people_approve_a_value_by_its_content(tmp_path: Path):
    shipped = folder(tmp_path / "shipped", own__rule=SCALAR)
    content_hash = loaded(shipped)["own/rule"].at(DAY).content_hash
    county = folder(tmp_path / "county")
    (county / "approvals.yaml").write_text(approval(content_hash, ALICE, BOB), encoding="utf-8")
    rules = loaded(shipped, county)
    value = rules["own/rule"].at(DAY)
    assert value.may_issue
    assert value.approval is not None
    assert (value.approval.by, value.approval.against) == ((ALICE, BOB), "paper copy of D")
    assert value.content_hash == content_hash
    assert rules.lapsed == ()


def test_an_approval_lapses_when_the_content_changes(tmp_path: Path):
    shipped = folder(tmp_path / "shipped", own__rule=SCALAR)
    content_hash = loaded(shipped)["own/rule"].at(DAY).content_hash
    county = folder(tmp_path / "county")
    (county / "approvals.yaml").write_text(approval(content_hash, ALICE, BOB), encoding="utf-8")
    folder(tmp_path / "shipped", own__rule=SCALAR.replace("value: 1", "value: 1.0"))
    rules = loaded(shipped, county)
    assert rules["own/rule"].at(DAY).status == "draft"
    assert [problem.code for problem in rules.lapsed] == ["approval_lapsed"]


@pytest.mark.parametrize(("names", "status"), [((ALICE,), "approved"), ((ALICE, f"{ALICE} "), "approved")])
def test_one_name_does_not_approve(tmp_path: Path, names: tuple[str, ...], status: str):
    shipped = folder(tmp_path / "shipped", own__rule=SCALAR)
    county = folder(tmp_path / "county")
    (county / "approvals.yaml").write_text(approval("0" * 64, *names, status=status), encoding="utf-8")
    assert [problem.code for problem in faults(shipped, county)] == ["names"]


def test_one_name_is_enough_to_have_checked(tmp_path: Path):
    shipped = folder(tmp_path / "shipped", own__rule=SCALAR)
    content_hash = loaded(shipped)["own/rule"].at(DAY).content_hash
    county = folder(tmp_path / "county")
    (county / "approvals.yaml").write_text(approval(content_hash, ALICE, status="checked"), encoding="utf-8")
    value = loaded(shipped, county)["own/rule"].at(DAY)
    assert (value.status, value.draft, value.may_issue) == ("checked", False, False)


def test_the_layout_of_a_file_does_not_change_its_hash(tmp_path: Path):
    first = loaded(folder(tmp_path / "a", own__rule=SCALAR))["own/rule"].at(DAY)
    spread = SCALAR.replace(
        "{document: D, clause: c, quote: null, basis: recalled}",
        "\n      basis: recalled\n      quote: ~\n      clause: c\n      document: D",
    )
    second = loaded(folder(tmp_path / "b", own__rule=spread + "# a remark\n"))["own/rule"].at(DAY)
    assert first.content_hash == second.content_hash
