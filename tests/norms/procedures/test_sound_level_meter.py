"""Sound level meters: limits by class and frequency, not symmetrical at 8 kHz."""

from decimal import Decimal

from tests.norms.procedures.cast import item_of, limits_of, procedure


def test_limits_at_8_khz_are_not_symmetrical_in_class_1():
    # Source: IEC 61672-1:2013, table 3, as recalled
    by = procedure("procedure/sound-level-meter")
    row = {"point": "8000", "indicated": "-1.1"}
    assert limits_of(item_of(by, "weighting", "initial", {"accuracy_class": "1"}, row)) == [
        (Decimal("-2.5"), Decimal("1.5"))
    ]
    assert limits_of(item_of(by, "weighting", "initial", {"accuracy_class": "2"}, row)) == [
        (Decimal("-5.0"), Decimal("5.0"))
    ]
