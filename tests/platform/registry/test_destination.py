"""An instrument never goes where no authority sees it, nor to somebody who was not asked; by page, API or sheet."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from hengliang.platform.core.errors import InputRefused, Refused
from hengliang.platform.core.models import RegionVersion
from hengliang.platform.parties.selectors import overseen
from hengliang.platform.registry import services as s
from hengliang.platform.registry.models import Instrument
from tests.platform.cast import NOW, make_region
from tests.platform.registry.imports.test_faults import check, told
from tests.platform.registry.sheets import HEADERS, row

pytestmark = pytest.mark.django_db


@pytest.fixture
def province(cast):
    """A region above the cities, over which nobody holds an authority's role."""
    return make_region("990000", "衡省", 1)


def test_who_answers_for_a_region(cast, province):
    seen = overseen(NOW.date())
    assert seen[cast.county.pk] == {cast.city.pk}
    assert province.pk not in seen


def test_nothing_is_filed_where_no_authority_answers(filed, province):
    with pytest.raises(InputRefused) as caught:
        filed(region=province)
    assert caught.value.code == "region_without_authority"
    assert not Instrument.objects.exists()


@pytest.mark.parametrize(("who", "goes"), [("owner", False), ("authority", True)])
def test_only_the_authority_moves_out_of_its_sight(cast, in_use, province, who, goes):
    made = in_use()
    for region, code in ((province, "region_without_authority"), (cast.foreign_city, "leaves_authority")):
        if goes and region == cast.foreign_city:
            continue
        with pytest.raises((InputRefused, Refused)) as caught:
            s.instrument_move(actor=cast.actor(who), instrument=made, place="别处", region=region)
        assert caught.value.code == code
    if goes:
        s.instrument_move(actor=cast.actor(who), instrument=made, place="别处", region=cast.foreign_city)
    s.instrument_move(
        actor=cast.actor("foreign_authority" if goes else who),
        instrument=made,
        place="门口",
        region=cast.foreign_city if goes else cast.city,
    )


def test_a_user_hands_over_only_to_whom_it_acts_for(cast, in_use):
    made, owner = in_use(), cast.actor("owner")
    with pytest.raises(Refused) as caught:
        s.instrument_transfer(actor=owner, instrument=made, owner=cast.body, reason="转让")
    assert caught.value.code == "not_asked"
    s.instrument_transfer(actor=cast.actor("authority"), instrument=made, owner=cast.body, reason="转让")
    assert made.states.current().get().owner == cast.body


@pytest.mark.parametrize(
    ("who", "change", "field", "code"),
    [
        ("owner", {"行政区划": "衡省"}, "region", "region_without_authority"),
        ("authority", {"行政区划": "衡省"}, "region", "region_without_authority"),
        ("owner", {"行政区划": "邻城市"}, "region", "leaves_authority"),
        ("owner", {"使用单位": "衡城市计量检定所"}, "owner", "not_asked"),
    ],
)
def test_a_sheet_is_asked_the_same(cast, in_use, province, who, change, field, code):
    known = RegionVersion.objects.get(region=cast.foreign_city).name
    change = {key: known if value == "邻城市" else value for key, value in change.items()}
    change = {key: cast.body.name if key == "使用单位" else value for key, value in change.items()}
    in_use(serial_number="S1", model="JYJ-50", manufacturer="示例仪器厂")
    headers_row = row(出厂编号="S1", 型号规格="JYJ-50", 生产厂家="示例仪器厂", **change)
    made = Instrument.objects.get()
    faults = told(check(cast, [made.code, *headers_row], headers=["编码", *HEADERS], who=who))
    assert (2, field, code) in faults


@pytest.mark.django_db(transaction=True)
def test_equal_filings_at_once_leave_one_entry(cast, filed):
    def once(_n):
        try:
            filed(serial_number="S77")
        except Refused as refused:
            return refused.code
        finally:
            connection.close()
        return "filed"

    with ThreadPoolExecutor(6) as many:
        answers = sorted(many.map(once, range(6)))
    assert answers == ["duplicate"] * 5 + ["filed"]
    assert Instrument.objects.count() == 1
