"""The pages and the interface of lots: sent, mapped, signed, found, proven, counted."""

import json
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localdate

from hengliang.platform.site.demo import bench_files as files
from hengliang.platform.verification.benches.profile import shipped
from hengliang.platform.verification.models import BenchProfile, Lot
from hengliang.platform.verification.services import lot_issue
from tests.platform import lots as walk

pytestmark = pytest.mark.django_db
ELECTRICITY = "electricity-wide"
COUNTS = json.loads((Path(__file__).parents[1] / "query_counts.json").read_text())


@pytest.fixture(autouse=True)
def _training(settings, tmp_path):
    settings.TRAINING, settings.MEDIA_ROOT = True, tmp_path


@pytest.fixture
def bench(cast):
    return walk.bench(cast, ELECTRICITY)


@pytest.fixture
def as_(cast, client):
    def enter(name):
        client.force_login(cast.accounts[name])
        return client

    return enter


@pytest.fixture
def issued(cast, bench):
    rows = walk.lines(ELECTRICITY, 40)
    place = [column.key for column in shipped()[ELECTRICITY].columns].index
    rows[3][place("imax_10_1")] = rows[3][place("imax_10_2")] = "3.00"
    lot = walk.approved(cast, walk.sent(cast, bench, rows, customer=cast.enterprise))
    lot_issue(actor=cast.actor("approver"), lot=lot)
    return lot


def test_the_queries_of_the_list_do_not_grow_with_the_lots(cast, bench, issued, as_, django_assert_num_queries):
    client, address = as_("authority"), reverse("verification:lot_list")
    for first in (1_000, 2_000):
        assert issued.number in text(client.get(address))
        with django_assert_num_queries(COUNTS["verification:lot_list"]):
            client.get(address)
        walk.sent(cast, bench, walk.lines(ELECTRICITY, 3, first=first))


def text(answer):
    return answer.content.decode()


def step(client, lot, act, **more):
    return client.post(reverse("verification:lot_act", args=[lot.pk, act]), {"confirmed": "1", **more}, follow=True)


def send(client, cast, bench, content, **more):
    told = {
        "file": SimpleUploadedFile("台体.csv", content), "item": bench.item.pk, "regime": "initial", "job": "mandatory",
        "bench": "3号台", "standards": [bench.standard.pk], "body": cast.body.pk, **more,
    }  # fmt: skip
    return client.post(reverse("verification:lot_new"), told, follow=True)


def test_a_lot_walks_through_its_pages(cast, bench, as_):
    rows = walk.lines(ELECTRICITY, 5, since=localdate())
    rows[2][0] = ""
    answer = send(as_("verifier"), cast, bench, files.sheet(ELECTRICITY, rows))
    lot = Lot.objects.get()
    assert answer.status_code == 200 and lot.number in text(answer) and "出厂编号" in text(answer)
    assert step(as_("verifier"), lot, "lot_submit").status_code == 200
    step(as_("reviewer"), lot, "lot_review")
    step(as_("approver"), lot, "lot_approve")
    page = step(as_("approver"), lot, "lot_issue")
    lot.refresh_from_db()
    assert (lot.state, lot.judged) == ("issued", 4) and lot.root in text(page)
    listed = as_("authority").get(reverse("verification:lot_list"))
    assert lot.number in text(listed)
    refused = as_("verifier").get(reverse("verification:lot_faults", args=[lot.pk, "csv"]))
    assert "出厂编号" in b"".join(refused.streaming_content).decode("utf-8-sig")


def test_an_unknown_layout_leads_to_the_columns_and_is_kept(cast, bench, as_):
    head = [f"列{n}" for n in range(len(shipped()[ELECTRICITY].columns))]
    answer = send(as_("verifier"), cast, bench, files.sheet(ELECTRICITY, walk.lines(ELECTRICITY, 2), head=head))
    lot = Lot.objects.get()
    mapping = reverse("verification:lot_map", args=[lot.pk])
    assert lot.state == "unreadable" and mapping in text(answer)
    assert "列7" in text(as_("verifier").get(mapping))
    chosen = {column.key: place for place, column in enumerate(shipped()[ELECTRICITY].columns)}
    as_("verifier").post(mapping, {**chosen, "keep": "3号台"})
    lot.refresh_from_db()
    assert (lot.state, lot.judged) == ("checked", 2)
    assert BenchProfile.objects.get().headers["serial"] == "列0"


def test_a_result_is_found_shown_proven_and_on_paper(cast, issued, as_):
    found = as_("verifier").get(reverse("verification:lot_result_find"), {"number": "HGE00000005"})
    assert found.status_code == 302 and found.url == reverse("verification:lot_result", args=[issued.pk, 4])
    page = text(as_("verifier").get(found.url))
    assert "E000000005" in page and "0.004" in page
    assert issued.root in text(as_("verifier").get(found.url, {"tab": "proofs"}))
    proof = json.loads(as_("verifier").get(reverse("verification:lot_result_proof", args=[issued.pk, 4])).content)
    assert (proof["place"], proof["size"], proof["root"]) == (4, 40, issued.root)
    paper = as_("verifier").get(reverse("certificates:lot_result_document", args=[issued.pk, 4]))
    assert paper.content.startswith(b"%PDF") and b"result.proof.json" in paper.content
    assert as_("foreign_owner").get(found.url).status_code == 404
    assert as_("owner").get(found.url).status_code == 200


def test_rejects_are_listed(cast, issued, as_):
    page = as_("verifier").get(reverse("verification:lot", args=[issued.pk]), {"tab": "records", "verdict": "f"})
    assert "E000000004" in text(page) and "E000000005" not in text(page)


def test_anybody_asks_for_a_serial_or_label(issued, client):
    address = reverse("public_lot_result")
    assert client.get(address).status_code == 200
    with CaptureQueriesContext(connection) as asked:
        good = client.get(address, {"number": "E000000005"})
    assert len(asked) == 2, [one["sql"] for one in asked.captured_queries]  # found by index, then told with its lot
    bad = client.get(address, {"number": "HGE00000004"})
    assert "该表在检定有效期内" in text(good) or "in order" in text(good)
    assert "E000000004" in text(bad)
    assert client.get(address, {"number": "E99"}).status_code == 404
    paper = client.get(reverse("public_lot_document", args=[issued.pk, 4]))
    assert paper.content.startswith(b"%PDF")
    assert client.get(reverse("public_lot_proof", args=[issued.pk, 4])).json()["root"] == issued.root


def test_nobody_outside_hears_of_a_lot_before_it_is_issued(cast, bench, client):
    walk.approved(cast, walk.sent(cast, bench, walk.lines(ELECTRICITY, 2)))
    lot = Lot.objects.get()
    assert client.get(reverse("public_lot_result"), {"number": "E000000001"}).status_code == 404
    assert client.get(reverse("public_lot_document", args=[lot.pk, 0])).status_code == 404


@pytest.mark.parametrize("by", ["maker", "model", "made", "batch", "age"])
def test_statistics_count_what_was_issued(cast, issued, as_, by):
    page = as_("verifier").get(reverse("verification:lot_statistics"), {"by": by})
    assert page.status_code == 200 and "vega" in text(page).lower()
    assert sum(line[0].tested for line in page.context["lines"]) == 40
    assert sum(line[0].failed for line in page.context["lines"]) == 1
    assert not as_("foreign_owner").get(reverse("verification:lot_statistics")).context["lines"]


def test_the_interface_takes_a_file_and_gives_results(cast, bench, as_):
    content = files.sheet(ELECTRICITY, walk.lines(ELECTRICITY, 3, since=localdate()))
    told = {
        "file": SimpleUploadedFile("b.csv", content), "body_id": cast.body.pk, "item_id": bench.item.pk,
        "standard_id": bench.standard.pk, "bench": "1",
    }  # fmt: skip
    made = as_("verifier").post("/api/v1/verification/lots", told)
    assert made.status_code == 201, made.content
    lot, address = Lot.objects.get(), f"/api/v1/verification/lots/{Lot.objects.get().pk}"
    assert made.json()["state"] == "checked"
    assert as_("verifier").post(f"{address}/submit", "{}", content_type="application/json").json()["passed"] == 3
    assert as_("reviewer").post(f"{address}/review").json()["state"] == "reviewed"
    assert as_("approver").post(f"{address}/approve").json()["state"] == "approved"
    issued = as_("approver").generic("POST", f"{address}/issue")  # without a body
    assert issued.status_code == 200, issued.content
    assert issued.json()["state"] == "issued"
    found = as_("verifier").get("/api/v1/verification/results", {"number": "E000000002"}).json()
    assert [(one["lot"], one["place"], one["verdict"]) for one in found] == [(lot.number, 1, "p")]
    one = as_("verifier").get(f"/api/v1/verification/results/{lot.pk}/1").json()
    assert one["judgement"]["verdict"] == "pass" and one["readings"]["starting"] == "0.004"
    proof = as_("verifier").get(f"/api/v1/verification/results/{lot.pk}/1/proof").json()
    assert proof["size"] == 3
    assert as_("foreign_verifier").get(address).status_code == 404
