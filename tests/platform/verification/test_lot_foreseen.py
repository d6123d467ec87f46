"""What is said of a lot before it is submitted or issued: barred meters, late tests, results expired by then."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from hengliang.platform.core.acts import perform
from hengliang.platform.core.errors import Blocked, InputRefused
from hengliang.platform.core.models import Act
from hengliang.platform.registry.models import InstrumentState
from hengliang.platform.registry.services import hold, instrument_stop
from hengliang.platform.verification.benches.foreseen import met_in
from hengliang.platform.verification.models import Lot
from hengliang.platform.verification.services import lot_issue, lot_submit
from tests.platform import lots as walk
from tests.platform.verification.test_lots import ELECTRICITY, in_ledger

pytestmark = pytest.mark.django_db
HERE = ZoneInfo("Asia/Shanghai")


@pytest.fixture(autouse=True)
def _training(settings, tmp_path):
    settings.TRAINING, settings.MEDIA_ROOT = True, tmp_path


@pytest.fixture
def bench(cast):
    return walk.bench(cast, ELECTRICITY)


def at(cast, name, day):
    return replace(cast.actor(name), at=datetime(day.year, day.month, day.day, 9, tzinfo=HERE))


def test_meters_that_get_no_date_are_told_before_the_lot_is_submitted(cast, bench, client):
    rows = walk.lines(ELECTRICITY, 4)
    kept = in_ledger(cast, bench, rows[1], "EM0001")
    stopped = in_ledger(cast, bench, rows[2], "EM0002")
    with perform(cast.actor("authority"), "arbitration_open") as act:
        hold(kept, act=act, document="ZC-1")
    instrument_stop(actor=at(cast, "owner", date(2026, 1, 10)), instrument=stopped, reason="停业")
    lot = walk.sent(cast, bench, rows)
    met = met_in(lot)
    assert [(one.bar, one.count, one.rows) for one in met] == [("held", 1, [3]), ("out_of_use", 1, [4])]
    client.force_login(cast.accounts["verifier"])
    page = client.get(reverse("verification:lot", args=[lot.pk])).content.decode()
    ask = client.get(reverse("verification:lot_act", args=[lot.pk, "lot_submit"])).content.decode()
    assert all(one.words in page and one.words in ask for one in met)
    lot = walk.approved(cast, lot)
    assert [one.count for one in met_in(lot)] == [1, 1], "asked of the results as of the rows"
    told = client.get(f"/api/v1/verification/lots/{lot.pk}/met").json()
    assert [one["bar"] for one in told] == ["held", "out_of_use"]


def test_late_tests_want_a_reason_and_too_old_ones_are_refused(cast, bench, client):
    lot = walk.sent(cast, bench, walk.lines(ELECTRICITY, 2))  # tested on 2 February 2026
    first = lot.first_on
    late, latest = at(cast, "verifier", first + timedelta(days=45)), at(cast, "verifier", first + timedelta(days=120))
    with pytest.raises(InputRefused) as asked:
        lot_submit(actor=late, lot=lot)
    assert asked.value.code == "lot_late" and asked.value.field == "reason"
    with pytest.raises(Blocked) as refused:
        lot_submit(actor=latest, lot=lot, reason="忘了")
    assert refused.value.code == "lot_too_old"
    lot_submit(actor=late, lot=lot, reason="装置网络中断")
    assert Act.objects.get(kind="lot_submit").reason == "装置网络中断" and Lot.objects.get().state == "submitted"


def test_on_the_last_day_of_the_bound_no_reason_is_asked(cast, bench):
    lot = walk.sent(cast, bench, walk.lines(ELECTRICITY, 2))
    assert lot.first_on == date(2026, 2, 2)  # thirty days end on 4 March, a Wednesday
    assert lot_submit(actor=at(cast, "verifier", date(2026, 3, 4)), lot=lot).state == "submitted"


def test_what_has_expired_when_it_is_issued_wants_a_reason(cast, bench):
    lot = walk.approved(cast, walk.sent(cast, bench, walk.lines(ELECTRICITY, 3)))
    after = at(cast, "approver", date(2034, 3, 1))  # passes hold until 1 February 2034
    with pytest.raises(InputRefused) as asked:
        lot_issue(actor=after, lot=lot)
    assert asked.value.code == "lot_expired"
    lot_issue(actor=after, lot=lot, reason="补发")
    assert Act.objects.get(kind="lot_issue").reason == "补发"


def test_a_lot_without_a_judged_row_offers_no_submission(cast, bench, client):
    rows = walk.lines(ELECTRICITY, 2)
    for row in rows:
        row[0] = ""
    lot = walk.sent(cast, bench, rows)
    client.force_login(cast.accounts["verifier"])
    page = client.get(reverse("verification:lot", args=[lot.pk])).content.decode()
    assert "lot_submit" not in page and InstrumentState.objects.count() == 0


def test_the_wrong_person_is_refused_before_it_is_said_what_will_happen(cast, bench, client):
    lot = walk.sent(cast, bench, walk.lines(ELECTRICITY, 2))
    lot_submit(actor=cast.actor("verifier"), lot=lot)
    client.force_login(cast.accounts["verifier"])
    assert client.get(reverse("verification:lot_act", args=[lot.pk, "lot_review"])).status_code == 403
