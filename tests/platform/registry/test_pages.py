"""The pages of the ledger."""

import pytest
from django.urls import reverse

from hengliang.platform.core.rights import Actor
from hengliang.platform.registry import services as s
from hengliang.platform.registry.codes import spaced
from hengliang.platform.registry.models import CatalogueItem, Instrument, InstrumentImport
from tests.platform.cast import PASSWORD
from tests.platform.registry.sheets import csv_of, row


@pytest.fixture
def at(cast, client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path

    def log_in(who):
        client.force_login(cast.accounts[who], "django.contrib.auth.backends.ModelBackend")
        return client

    return log_in


def ids(*instruments):
    return [str(one.pk) for one in instruments]


def state(instrument):
    return instrument.states.current().get().status


def test_the_list_and_the_page(at, in_use):
    made = in_use()
    page = at("owner").get("/ledger/").content.decode()
    assert made.serial_number in page
    assert "量县加油站" in page
    assert "量县" in page
    shown = at("owner").get(f"/ledger/{made.code}/")
    assert shown.status_code == 200
    assert "JYJ-50" in shown.content.decode()
    assert at("foreign_owner").get(f"/ledger/{made.code}/").status_code == 404
    assert made.serial_number not in at("foreign_owner").get("/ledger/").content.decode()


@pytest.mark.parametrize("query", ["q=jyj", "due=overdue", "status=in_use", "mandatory=1", "owner=量县", "result=pass"])
def test_the_list_narrows(at, in_use, query):
    made = in_use()
    page = at("authority").get(f"/ledger/?{query}")
    assert page.status_code == 200
    assert (made.code[:5] in page.content.decode()) is (query != "result=pass")


def test_history_speaks_of_acts_and_corrections(cast, at, in_use):
    made = in_use()
    s.instrument_correct(actor=cast.actor("verifier"), instrument=made, reason="铭牌不清", model="JYJ-60")
    s.instrument_move(actor=cast.actor("owner"), instrument=made, place="9号岛")
    page = at("authority").get(f"/ledger/{made.code}/?tab=history").content.decode()
    for word in ("铭牌不清", "JYJ-50", "JYJ-60", "1号岛", "9号岛"):
        assert word in page


@pytest.mark.parametrize(
    ("act", "told"),
    [
        ("instrument_move", {"place": "9号岛"}),
        ("instrument_stop", {"reason": "大修"}),
        ("instrument_scrap", {"reason": "超期"}),
        ("instrument_code_assign", {"kind": "ecqs", "value": "E9"}),
        ("instrument_part_add", {"label": "1号枪"}),
        ("instrument_lose", {"reason": "盘点未见"}),
    ],
)
def test_an_owner_acts_on_a_page(at, in_use, act, told):
    made = in_use()
    address = reverse("registry:act", args=[made.code, act])
    assert at("owner").get(address).status_code == 200
    assert at("owner").post(address, {"on": "2020-01-01", **told}).status_code == 422
    today = at("owner").get(address).context["form"].actor.today
    assert at("owner").post(address, {"on": today.isoformat(), **told}).status_code == 302
    assert at("foreign_owner").get(address).status_code == 404


def test_an_authority_acts_on_a_page(cast, at, filed, in_use):
    made, other = filed(), in_use(serial_number="A2")
    client = at("authority")
    day = {"on": "2026-03-02"}
    post = lambda act, **told: client.post(reverse("registry:act", args=[made.code, act]), day | told).status_code  # noqa: E731
    assert post("instrument_accept", body=cast.body.name) == 302
    assert post("instrument_assign_body", body="") == 302
    assert post("instrument_transfer", owner=str(cast.foreign_enterprise.pk), reason="转让") == 422
    assert post("instrument_reclassify", purpose="safety", regime="periodic", reason="改用途") == 302
    assert post("earlier_result_enter", verified_on="2026-03-02", passed="1", due_on="2026-09-01", reason="纸证") == 302
    assert (
        post(
            "instrument_correct",
            item=cast.scale.pk,
            name="秤",
            serial_number="A9",
            quantity=1,
            reason="x",
        )
        == 302
    )
    assert post("instrument_merge", into=other.code, reason="同一台") == 302
    assert client.get(f"/ledger/{made.code}/").url == f"/ledger/{other.code}/"
    assert client.get(reverse("registry:act", args=[other.code, "instrument_resume"])).status_code == 302


def test_filing_on_a_page(cast, at):
    told = {"item": cast.scale.pk, "serial_number": "S1", "owner": cast.enterprise.name, "region": cast.county.pk,
            "purpose": "trade", "quantity": 1, "on": "2026-03-02", "ecqs": "E1"}  # fmt: skip
    client = at("owner")
    assert client.get("/ledger/file/").status_code == 200
    assert client.post("/ledger/file/", told | {"serial_number": ""}).status_code == 422
    assert client.post("/ledger/file/", told | {"owner": "邻城超市"}).status_code == 422
    assert client.post("/ledger/file/", told).status_code == 302
    assert Instrument.objects.get().codes.get().value == "E1"
    assert client.post("/ledger/file/", told | {"ecqs": ""}).status_code == 422
    assert at("verifier").get("/ledger/file/").status_code == 403


def test_an_item_is_found_by_any_part_of_its_name_and_is_never_a_heading(cast, at):
    s.catalogue_load(actor=Actor.system("test"))
    client = at("owner")

    def found(needle):
        return [one["hint"] for one in client.get("/ledger/lookup/items/", {"q": needle}).json()]

    assert cast.dispenser.code in found("加油机") and cast.dispenser.code in found("jyj")
    headings = set(CatalogueItem.objects.filter(children__isnull=False).values_list("code", flat=True))
    assert headings and not headings & set(found(""))
    told = {"serial_number": "A1", "owner": "量县加油站", "region": cast.county.pk, "purpose": "trade", "quantity": 1,
            "on": "2026-03-02"}  # fmt: skip
    assert client.post("/ledger/file/", told | {"item": "燃油加油器"}).status_code == 422
    assert client.post("/ledger/file/", told | {"item": cast.dispenser.code}).status_code == 302
    assert Instrument.objects.get().item == cast.dispenser


def test_acts_on_many(cast, at, filed, in_use):
    one, two = filed(), in_use(serial_number="A2")
    client = at("authority")
    asked = client.post("/ledger/acts/accept/", {"ids": ids(one, two)})
    assert (asked.status_code, state(one)) == (200, "filed")
    done = client.post("/ledger/acts/accept/", {"ids": ids(one, two), "confirmed": "1"}, follow=True)
    assert state(one) == "in_use"
    refused = f"{spaced(two.code)}: 状态为“在用”时不能进行“受理备案”。可进行：停用、"
    assert refused in done.content.decode(), "by name, and in one language"
    client.post("/ledger/acts/stop/", {"ids": ids(one), "confirmed": "1", "reason": "大修"})
    client.post("/ledger/acts/assign/", {"ids": ids(two), "confirmed": "1", "body": cast.body.pk})
    client.post("/ledger/acts/scrap/", {"ids": ids(two), "confirmed": "1", "reason": "坏"})
    assert (state(one), state(two)) == ("stopped", "scrapped")
    assert at("foreign_authority").post("/ledger/acts/stop/", {"ids": ids(one)}).context["ask"].affected == 0


def test_labels_and_scanning(at, in_use):
    made = in_use(codes={"ecqs": "E1"})
    sheet = at("owner").post("/ledger/labels/", {"ids": ids(made)}).content.decode()
    assert "<svg" in sheet
    assert made.code[:5] in sheet
    assert at("owner").get(f"/ledger/labels/?code={made.code}").status_code == 200
    for asked in (
        made.code,
        f"{made.code[:5]} {made.code[5:].lower()}",
        f"https://x.example/ledger/{made.code}/",
        "E1",
    ):
        assert at("owner").get("/ledger/scan/", {"code": asked}).url == f"/ledger/{made.code}/"
    assert made.code in at("owner").get("/ledger/scan/?code=A1").content.decode()
    assert made.code not in at("foreign_owner").get("/ledger/scan/?code=A1").content.decode()
    assert at("foreign_owner").get("/ledger/scan/", {"code": made.code}).status_code == 200


def test_a_sheet_on_pages(cast, at):
    client = at("authority")
    assert client.get("/ledger/imports/").status_code == 200
    assert client.get("/ledger/imports/new/").status_code == 200
    assert client.post("/ledger/imports/new/", {}).status_code == 422
    text = csv_of(row(), row(出厂编号="S2", 用途="吃饭")).decode()
    page = client.post("/ledger/imports/new/", {"text": text}, follow=True)
    batch = InstrumentImport.objects.get()
    assert "吃饭" in page.content.decode()
    assert client.get(f"/ledger/imports/{batch.pk}/columns/").status_code == 200
    columns = {key: str(at) for key, at in batch.columns.items()}
    assert client.post(f"/ledger/imports/{batch.pk}/columns/", columns).status_code == 302
    for form in ("xlsx", "csv"):
        assert b"".join(client.get(f"/ledger/imports/{batch.pk}/refused.{form}"))
    assert client.post(f"/ledger/imports/{batch.pk}/import/").status_code == 200
    client.post(f"/ledger/imports/{batch.pk}/import/", {"confirmed": "1"})
    assert Instrument.objects.get().serial_number == "S1"
    assert "applied" in client.get(f"/ledger/imports/{batch.pk}/").context["batch"].state
    assert at("foreign_authority").get(f"/ledger/imports/{batch.pk}/").status_code == 404


def test_a_sheet_can_be_dropped(at):
    client = at("owner")
    client.post("/ledger/imports/new/", {"text": "nothing"})
    batch = InstrumentImport.objects.get()
    assert batch.state == "unreadable"
    assert client.get(f"/ledger/imports/{batch.pk}/").status_code == 200
    assert client.post(f"/ledger/imports/{batch.pk}/drop/").status_code == 302


def test_exports_and_lookups(at, in_use):
    made = in_use()
    client = at("owner")
    for form in ("xlsx", "csv"):
        content = b"".join(client.get(f"/ledger/export.{form}"))
        assert len(content) > 100
    assert made.code in content.decode()
    assert client.get("/ledger/?export=csv").status_code == 200
    assert client.get("/ledger/imports/template.xlsx").content[:2] == b"PK"
    assert client.get("/ledger/lookup/bodies/?q=计量").json()[0]["label"] == "衡城市计量检定所"
    assert client.get("/ledger/lookup/parties/?q=邻城超市").json() == []
    assert client.get("/ledger/catalogue/").status_code == 200


def test_nobody_is_let_in_without_an_account(client, db):
    assert PASSWORD
    for address in ("/ledger/", "/ledger/imports/", "/ledger/scan/"):
        assert client.get(address).status_code == 302


def test_what_failed_says_so_before_any_day(cast, at, in_use):
    day = cast.actor("owner").today
    made = in_use(last_on=day, last_result="fail", due_on=day)
    for page in (f"/ledger/{made.code}/", "/ledger/"):
        shown = at("owner").get(page).content.decode()
        assert "</svg>不合格</span>" in shown, page
        assert "</svg>临期</span>" not in shown, page
