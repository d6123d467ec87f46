"""Marks by programs: the same acts, the same walls, problems instead of pages."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from hengliang.platform.certificates.models import Mark
from hengliang.platform.parties.models import ApiToken
from hengliang.platform.parties.services import token_make
from tests.platform import slice as walk
from tests.platform.certificates.stocked import JPEG, LABEL, approved

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def store(settings, tmp_path):
    settings.MEDIA_ROOT, settings.TRAINING = tmp_path, True


@pytest.fixture
def program(cast):
    def of(who):
        actor = cast.actor(who, timezone.now())
        token = token_make(actor=actor, name="t", scope=ApiToken.Scope.WRITE, days=1)[1]
        client = Client(headers={"authorization": f"Bearer {token}", "accept-language": "en"})

        def ask(method, path, told=None, **more):
            more = more or {"data": told, "content_type": "application/json"}
            return getattr(client, method)(f"/api/v1{path}", **(more if method == "post" else {"data": told or {}}))

        return ask

    return of


def test_from_the_batch_to_the_label_and_its_removal(cast, program):
    manager, verifier, body = program("manager"), program("verifier"), cast.body.pk
    scale = walk.make_instrument(cast, "SC0001", cast.scale, "电子计价秤")
    record = approved(cast, scale, walk.equip(cast, cast.scale))
    run = {"kind": LABEL, "first": "衡检A0001", "last": "衡检A0100"}
    made = manager("post", f"/marks/stock/{body}/batches", run)
    assert (made.status_code, made.json()["numbers"]) == (201, "衡检A0001–衡检A0100")
    again = manager("post", f"/marks/stock/{body}/batches", run)
    assert (again.status_code, again.json()["title"]) == (422, "marks_received_before")
    handed = run | {"person_id": cast.people["verifier"].pk}
    assert verifier("post", f"/marks/stock/{body}/hand-out", handed).status_code == 403
    assert manager("post", f"/marks/stock/{body}/hand-out", handed).status_code == 204
    used = {"body_id": body, "kind": LABEL, "number": "衡检A0002", "instrument": "SC0001", "record_id": record.pk}
    label = verifier("post", "/marks", used)
    assert (label.status_code, label.json()["instrument"], label.json()["state"]) == (201, "SC0001", "on_instrument")
    pk = label.json()["id"]
    held = manager("get", f"/marks/stock/{body}/people/{cast.people['verifier'].pk}").json()
    assert held["left"] == [{"kind": LABEL, "ranges": ["衡检A0001", "衡检A0003–衡检A0100"], "count": 99}]
    assert held["skipped"][0]["ranges"] == ["衡检A0001"]
    photograph = verifier("post", f"/marks/{pk}/photographs", data={"file": SimpleUploadedFile("a.jpg", JPEG)})
    assert photograph.status_code == 201
    assert Client().get("/api/v1/marks/check?number=衡检A0002").json()[0]["verdict"] == "awaited"
    issued = program("approver")("post", "/certificates", {"record_id": record.pk})
    assert issued.status_code == 201
    told = Client().get("/api/v1/marks/check?number=衡检A0002").json()
    assert [(one["verdict"], one["body"]) for one in told] == [("in_order", cast.body.name)]
    assert Client().get("/api/v1/marks/check?number=X1").json()[0]["verdict"] == "unknown"
    assert program("foreign_owner")("get", f"/marks/{pk}").status_code == 404
    off = program("owner")("post", f"/marks/{pk}/removal", {"taken_off_by": "维修部", "reason": "维修"})
    assert off.json()["state"] == "removed"
    assert program("owner")("get", "/marks", {"state": "removed"}).json()["items"][0]["id"] == pk
    assert program("foreign_verifier")("get", "/marks").json()["items"] == []


def test_stock_is_written_off_counted_explained_and_destroyed(cast, program):
    manager, body = program("manager"), cast.body.pk
    manager("post", f"/marks/stock/{body}/batches", {"kind": LABEL, "first": "A0001", "last": "A0100"})
    spoiled = manager("post", f"/marks/stock/{body}/spoiled", {"kind": LABEL, "number": "A0001", "reason": "撕破"})
    assert spoiled.json()["state"] == "spoiled"
    count = manager("post", f"/marks/stock/{body}/counts", {"kind": LABEL, "counted": "A0002 ~ A0099"}).json()
    assert count["state"] == "differs"
    finding = count["findings"][0]
    assert (finding["what"], finding["first"], finding["last"]) == ("missing", 100, 100)
    path, told = f"/marks/stocktakings/findings/{finding['id']}", {"outcome": "lost", "explanation": "搬迁遗失"}
    assert program("foreign_verifier")("post", path, told).status_code == 404
    assert manager("post", path, told).json()["state"] == "settled"
    lost = Mark.objects.get(state="lost").pk
    assert manager("post", f"/marks/{lost}/found", {"reason": "找到"}).json()["state"] == "spoiled"
    people = {"first_person_id": cast.people["manager"].pk, "second_person_id": cast.people["verifier"].pk}
    destroyed = people | {"marks": [spoiled.json()["id"], lost], "runs": [], "method": "碎纸", "reason": "作废"}
    assert manager("post", f"/marks/stock/{body}/destroyed", destroyed).status_code == 204
    account = manager("get", f"/marks/stock/{body}").json()["accounts"][0]
    assert (account["received"], account["store"], account["states"]) == (100, 98, {"destroyed": 2})
    assert program("authority")("get", f"/marks/stock/{body}/batches").json()["items"][0]["kind"] == LABEL
    assert program("foreign_authority")("get", f"/marks/stock/{body}").status_code == 404
