"""YAML without its traps: exact numbers, plain words, days."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hengliang.norms import NormFault
from hengliang.norms.document import read_document, scalar


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0.30", Decimal("0.30")),
        ("-5", -5),
        ("1e-3", Decimal("0.001")),
        ("2027-01-08", date(2027, 1, 8)),
        ("2027-02-30", "2027-02-30"),
        ("true", True),
        ("null", None),
        ("", None),
        ("no", "no"),
        ("on", "on"),
        ("1:30", "1:30"),
        ("010", "010"),
        ("0.2S", "0.2S"),
        ("1_000", "1_000"),
        (".inf", ".inf"),
        ("１", "１"),
    ],
)
def test_plain_words_mean_what_they_look_like(text: str, value: Any):
    assert scalar(text) == value
    assert type(scalar(text)) is type(value)


def test_a_number_keeps_its_digits():
    assert str(scalar("0.30")) == "0.30"


@given(st.decimals(allow_nan=False, allow_infinity=False, places=5))
def test_every_decimal_is_read_exactly(number: Decimal):
    assert scalar(f"{number:f}") == number


@pytest.mark.parametrize("text", ["[" * 50_000, "- " * 50_000, "{a: " * 50_000, "[" * 2_400 + "]" * 2_400])
def test_a_file_nested_without_end_is_refused(tmp_path: Path, text: str):
    (tmp_path / "deep.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(NormFault, match="nested too deeply"):
        read_document(tmp_path / "deep.yaml", "deep.yaml")
