"""What happens to a lot while it is worked on: dropped while it is read, sent twice, killed in the middle, matched with
places that no file has."""

from importlib import import_module

import pytest
from django.db import connection
from django.urls import reverse

from hengliang.platform.core.errors import InputRefused, PlatformError, StaleWrite
from hengliang.platform.site.demo import bench_files as files
from hengliang.platform.verification import lot_work
from hengliang.platform.verification.models import Lot
from hengliang.platform.verification.services import lot_drop, lot_read, lot_submit
from tests.platform import lots as walk

pytestmark = pytest.mark.django_db
ELECTRICITY = "electricity-wide"


@pytest.fixture(autouse=True)
def _training(settings, tmp_path):
    settings.TRAINING, settings.MEDIA_ROOT = True, tmp_path


@pytest.fixture
def bench(cast):
    return walk.bench(cast, ELECTRICITY)


def content(count=3):
    return files.sheet(ELECTRICITY, walk.lines(ELECTRICITY, count))


def staged(lot):
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM verification_lotrow WHERE lot_id = %s", [lot.pk])
        return cursor.fetchone()[0]


def test_a_lot_that_is_dropped_while_it_is_read_stays_dropped(cast, bench):
    lot = walk.received(cast, bench, content())

    def told(step, _done):
        if step == "checking":
            lot_drop(actor=cast.actor("verifier"), lot=Lot.objects.get(pk=lot.pk))

    with pytest.raises(StaleWrite):
        lot_read(actor=cast.actor("verifier"), lot=lot, told=told)
    # The drop stood in the transaction of the reading here; what counts is that the reading did not lead it on.
    assert Lot.objects.get(pk=lot.pk).state in {"dropped", "received"} and staged(lot) == 0


def test_a_lot_that_is_dropped_while_it_is_submitted_stays_dropped(cast, bench):
    lot = walk.sent(cast, bench, walk.lines(ELECTRICITY, 3))

    def told(step, _done):
        if step == "writing":
            Lot.objects.filter(pk=lot.pk).update(state="dropped")

    with pytest.raises(StaleWrite):
        lot_submit(actor=cast.actor("verifier"), lot=lot, told=told)
    assert not lot.results.exists()


def test_a_lot_that_is_read_twice_has_its_rows_once(cast, bench):
    lot = walk.sent(cast, bench, walk.lines(ELECTRICITY, 3))
    lot_read(actor=cast.actor("verifier"), lot=Lot.objects.get(pk=lot.pk))
    assert staged(lot) == 3


def test_a_file_that_another_sends_at_the_same_moment_stands_in_one_lot(cast, bench, monkeypatch):
    module = import_module("hengliang.platform.verification.services.lot_receive")
    numbered, sent = module.next_number, []

    def number(*told):
        if not sent:
            sent.append("")  # whoever has the numbers first
            sent.append(walk.received(cast, bench, content()).number)
        return numbered(*told)

    monkeypatch.setattr(module, "next_number", number)
    with pytest.raises(InputRefused) as refused:
        walk.received(cast, bench, content())
    assert refused.value.code == "file_twice" and refused.value.params["lot"] == sent[1]


def test_a_column_that_no_file_has_is_refused_before_rows_are_widened_to_it(cast, bench):
    lot = walk.sent(cast, bench, walk.lines(ELECTRICITY, 2))
    lot = lot_read(actor=cast.actor("verifier"), lot=lot, columns={"label": 10**9}, profile=ELECTRICITY)
    assert (lot.state, lot.problem["code"]) == ("unreadable", "no_such_column")


def test_the_page_takes_no_place_beyond_the_columns(cast, bench, client):
    lot = walk.sent(cast, bench, walk.lines(ELECTRICITY, 2))
    client.force_login(cast.accounts["verifier"])
    client.post(reverse("verification:lot_map", args=[lot.pk]), {"label": "1000000000", "model": "²", "batch": "-1"})
    assert Lot.objects.get(pk=lot.pk).state == "checked"


def test_a_large_file_that_is_matched_by_hand_is_read_by_the_worker(cast, bench, client, monkeypatch):
    lot = walk.sent(cast, bench, walk.lines(ELECTRICITY, 2))
    monkeypatch.setattr(lot_work, "AT_ONCE_BYTES", 10)
    client.force_login(cast.accounts["verifier"])
    page = client.post(reverse("verification:lot_map", args=[lot.pk]), {"serial": "0"}, follow=True)
    assert Lot.objects.get(pk=lot.pk).step == "waiting" and b"every 2s" in page.content
    assert client.get(reverse("verification:lot_map", args=[lot.pk])).status_code == 302, "not while it is read"


def test_a_worker_that_breaks_off_leaves_the_lot_as_it_was_and_says_so(cast, bench, monkeypatch):
    lot = walk.sent(cast, bench, walk.lines(ELECTRICITY, 3))

    def broken(**_told):
        raise MemoryError

    monkeypatch.setattr(lot_work, "lot_submit", broken)
    account = cast.accounts["verifier"].pk
    with pytest.raises(MemoryError):
        lot_work.lot_results_submit(lot_id=lot.pk, account_id=account)
    after = Lot.objects.get(pk=lot.pk)
    assert (after.state, after.step, after.problem["code"]) == ("checked", "", "lot_broke_off") and staged(lot) == 3


def test_a_job_that_begins_again_after_it_was_done_changes_nothing(cast, bench):
    lot = walk.sent(cast, bench, walk.lines(ELECTRICITY, 3))
    lot_submit(actor=cast.actor("verifier"), lot=lot)
    root = Lot.objects.get(pk=lot.pk).root
    with pytest.raises(PlatformError):
        lot_submit(actor=cast.actor("verifier"), lot=Lot.objects.get(pk=lot.pk))
    assert Lot.objects.get(pk=lot.pk).root == root and lot.results.count() == 3
