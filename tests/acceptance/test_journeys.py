"""Journeys through the pages alone: a sheet with faults, orders from the ledger, an owner with a phone."""

from typing import Any

import pytest
from django.conf import settings

from hengliang.platform.registry.models import Instrument
from hengliang.platform.supervision.models import Order
from hengliang.platform.verification.models import Application
from tests.acceptance.axe import sideways
from tests.platform import slice as walk
from tests.platform.cast import Cast, make_cast
from tests.platform.registry.sheets import csv_of, row
from tests.platform.standards.test_designations import designate

playwright = pytest.importorskip("playwright.sync_api")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True, available_apps=settings.INSTALLED_APPS),
]


@pytest.fixture
def cast(transactional_db: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> Cast:
    monkeypatch.setattr(settings, "MEDIA_ROOT", tmp_path)
    return make_cast()


def press(page: Any, words: str) -> None:
    """Press what is called so, and wait for the page that answers."""
    with page.expect_navigation():
        page.locator("main").get_by_role("button", name=words).first.click()


def test_a_sheet_with_faults_comes_in_without_them(cast, reader):
    sheet = csv_of(row(), row(出厂编号="S2", 目录项目="加油机器"), row(出厂编号="S3", 行政区划="月球"), row())
    page = reader("authority")
    page.goto("/ledger/imports/new/")
    page.set_input_files("[name=file]", {"name": "台账.csv", "mimeType": "text/csv", "buffer": sheet})
    press(page, "读取并核对")
    faults = page.get_by_role("region", name="问题").locator("tbody tr")
    told = faults.all_inner_texts()
    assert len(told) >= 3 and any("加油机器" in line for line in told) and any("月球" in line for line in told)
    assert Instrument.objects.count() == 0, "nothing is written before it is said"
    with page.expect_download() as sent:
        page.locator("a[href$='refused.csv']").click()
    assert "月球" in sent.value.path().read_text("utf-8-sig")
    press(page, "导入")
    press(page, "导入")
    playwright.expect(page.locator(".title-line")).to_contain_text("已导入")
    assert list(Instrument.objects.values_list("serial_number", flat=True)) == ["S1"]
    page.goto("/ledger/?q=S1")
    playwright.expect(page.locator("tbody tr")).to_have_count(1)


def test_rectification_is_ordered_from_the_ledger(cast, reader):
    walk.authorise(cast, cast.scale)  # else nobody could verify them, and the user is ordered nothing
    for number in range(3):
        walk.make_instrument(cast, f"SC000{number}", cast.scale, "电子计价秤")
    page = reader("authority")
    page.goto("/ledger/?q=SC000")
    for box in page.locator("tbody .tick input").all()[:2]:
        box.check()
    press(page, "责令整改")
    playwright.expect(page.locator("main .affected")).to_contain_text("2")
    playwright.expect(page.locator("main")).to_contain_text("个工作日")
    page.fill("[name=reason]", "超过有效期仍在使用")
    page.fill("[name=days]", "10")
    press(page, "责令整改")
    assert page.url.endswith("/ledger/?q=SC000"), "back in the list as it was"
    playwright.expect(page.locator(".notice-success")).to_be_visible()
    orders = Order.objects.all()
    assert len(orders) == 2 and all(order.due_by and order.days == 10 for order in orders)

    owner = reader("owner")
    owner.goto("/supervision/orders/")
    playwright.expect(owner.locator("tbody tr")).to_have_count(2)


def test_an_owner_applies_on_a_phone(cast, reader):
    walk.authorise(cast, cast.scale)
    designate(cast, cast.body, cast.city, valid_from=walk.FIRST)
    for number in range(2):
        walk.make_instrument(cast, f"SC000{number}", cast.scale, "电子计价秤")
    page = reader("owner", width=390)
    page.goto("/")
    page.locator(".nav-open").tap() if page.evaluate("'ontouchstart' in window") else page.locator(".nav-open").click()
    with page.expect_navigation():
        page.locator("nav.nav").get_by_role("link", name="计量器具").click()
    assert sideways(page) == []
    page.locator("tbody .tick input").first.check()
    press(page, "申请检定")
    assert sideways(page) == []
    playwright.expect(page.locator("main .plain")).to_contain_text("衡城市计量检定所")
    page.fill("[name=wanted_on]", "2026年12月1日")
    press(page, "提交申请")
    assert sideways(page) == []
    application = Application.objects.get()
    assert application.body == cast.body, "the designated body has it, and nobody had to choose"
    playwright.expect(page.locator("h1")).to_have_text(application.number)
    assert str(application.wanted_on) == "2026-12-01"
    box = page.locator(".tabs a").first.bounding_box()
    assert box and box["height"] >= 40, "a tab is wide enough for a thumb"
