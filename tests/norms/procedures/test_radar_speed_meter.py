"""Radar speed meters: in the field never more than was driven, and up to 6 % less above 100 km/h."""

from decimal import Decimal

from tests.norms.procedures.cast import item_of, limits_of, procedure


def test_above_100_the_limit_is_a_share_of_the_speed():
    by = procedure("procedure/radar-speed-meter")
    rows = [{"reference": speed, "indicated": speed} for speed in ("100", "101", "150")]
    result = item_of(by, "field", "subsequent", {"limit_speed": "80"}, *rows)
    assert limits_of(result) == [
        (Decimal(-6), Decimal(0)),
        (Decimal("-6.06"), Decimal(0)),
        (Decimal("-9.00"), Decimal(0)),
    ]
