"""Times read at once are what they are one by one."""

from datetime import datetime

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hengliang.readings.intake.times import UNREADABLE, Clock

CHINA = 8 * 3600
FORMS = ("%Y-%m-%d", "%Y-%m-%d %H", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M:%S", "%Y/%m/%d %H:%M", "%Y%m%d%H%M%S")
LOCAL = datetime.fromisoformat
MOMENTS = st.datetimes(LOCAL("1900-01-01"), LOCAL("2200-01-01"))
ODD = st.sampled_from(["", "gestern", "2026-02-30", "2026-01-01 24:00", "2026-01-01 00:00Z", "2026-01-01 00:00:00.5"])
TEXTS = st.one_of(st.builds(datetime.strftime, MOMENTS, st.sampled_from(FORMS)), ODD)


@given(st.lists(TEXTS, max_size=8), st.sampled_from(["+08:00", "+00:00", "Europe/Berlin"]))
def test_together_as_one_by_one(texts, zone):
    together = Clock(CHINA, zone).read_all(pa.array(texts, pa.string())).tolist()
    alone = [Clock(CHINA, zone).read(text) for text in texts]
    assert together == [UNREADABLE if one is None else one for one in alone]


@pytest.mark.parametrize(("text", "read"), [("1999-12-31 23:59", False), ("2000-01-01", True), ("2100-01-01", False)])
def test_years_of_a_meter_without_battery_are_refused_together_as_well(text, read):
    (found,) = Clock(CHINA, "+08:00").read_all(pa.array([text]))
    assert bool(found != UNREADABLE) == read
