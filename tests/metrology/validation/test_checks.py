from pathlib import Path

import pytest

from hengliang.metrology.validation import (
    Check,
    Skipped,
    digits_of_agreement,
    last_printed_place,
    validate_paths,
)
from hengliang.metrology.validation.run import adapters


@pytest.mark.parametrize(
    ("value", "place"),
    [(127.732, 0.001), (32, 1), (0.071, 0.001), (5e-05, 1e-05), (1.5e-07, 1e-08), (-0.588, 0.001)],
)
def test_place_of_the_last_printed_digit(value, place):
    assert last_printed_place(value) == pytest.approx(place)


def test_digits_count_the_relative_error():
    assert digits_of_agreement(2.0, 2.0002) == pytest.approx(4)
    assert digits_of_agreement(0.0, 1e-9) == pytest.approx(9)
    assert digits_of_agreement(1.0, float("nan")) == 0


def test_pass_and_digits_speak_of_the_same_limit():
    check = Check.within("u", 0.0754, 0.0758, 0.0005)
    assert check.passed
    assert check.digits > check.required
    assert not Check.within("u", 0.0754, 0.0760, 0.0005).passed


def test_what_cannot_be_read_is_skipped_with_a_reason(tmp_path: Path):
    (tmp_path / "a.json").write_text('[{"id": "x", "strange": 1}, 3]')
    (tmp_path / "b.json").write_text("{")
    report = validate_paths([tmp_path])
    assert [type(o) for _, o in report.outcomes] == [Skipped] * 3
    assert "strange" in report.skipped[0][1].reason
    assert report.failed == 0


def test_a_missing_path_is_an_error(tmp_path: Path):
    with pytest.raises(FileNotFoundError):
        validate_paths([tmp_path / "absent"])


def test_adapters_have_distinct_names():
    names = [adapter.name for adapter in adapters()]
    assert len(names) == len(set(names))
