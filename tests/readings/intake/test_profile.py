"""A profile by hand: what it may not say, and what the file must have for it."""

import pytest

from hengliang.readings.errors import ProfileRefused, SourceRefused
from hengliang.readings.intake.profile import read_profile
from tests.readings.conftest import put

TEXT = "表号,时间,示数\nA,2026-01-01 00:00,1\nA,2026-01-01 01:00,2\n"


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("columns: {meter: [1, 2]}", "columns maps"),
        ("columns: 5", "columns maps"),
        ("slots: 5", "slots lists"),
        ('first_slot: "99:99"', "first_slot is a time of day"),
        ("decimals: many", "decimals is auto"),
        ("counts_per_unit: abc", "counts_per_unit is how many"),
        ("counts_per_unit: -1", "counts_per_unit is how many"),
        ("colour: red", "there is no field colour"),
        ("- a\n- b", "a mapping of fields"),
        ("form: round", "form is one of"),
    ],
)
def test_a_profile_that_can_not_be_meant_is_refused_by_name(written, told, tmp_path):
    path = tmp_path / "profile.yaml"
    path.write_text(written)
    with pytest.raises(ProfileRefused, match=told):
        read_profile(path)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"role": "xyz"}, "the role xyz is none of"),
        ({"form": "matrix", "columns": {"time": "时间"}}, "the form matrix needs slots"),
        ({"form": "wide", "columns": {"meter": "表号"}, "slots": ("示数",)}, "the form wide needs date"),
        ({"form": "wide", "columns": {"meter": "表号", "date": "时间"}, "slots": ("示数",) * 7}, "do not divide a day"),
        ({"interval": "7min"}, "no interval that divides a day"),
    ],
)
def test_a_profile_that_does_not_fit_the_file_is_refused(said, told, store, tmp_path):
    with pytest.raises(ProfileRefused, match=told):
        put(store, tmp_path, TEXT, **said)
    assert not store.commits


def test_a_column_that_the_file_has_not_is_named(store, tmp_path):
    with pytest.raises(SourceRefused, match=r"column R1 \(slots\) is not in the file"):
        put(store, tmp_path, TEXT, form="wide", columns={"meter": "表号", "date": "时间"}, slots=("R1",))
