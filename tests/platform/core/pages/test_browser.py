"""The pages in a real browser: what the scripts do, under the policy, on wide screens and phones, for every reader."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.test.testcases import LiveServerThread
from django.urls import clear_url_caches, set_urlconf

from hengliang.platform.core.pages.gallery.sample import KINDS

from .conftest import URLS

playwright = pytest.importorskip("playwright.sync_api")
axe = pytest.importorskip("axe_playwright_python.sync_playwright")
pytestmark = [
    pytest.mark.browser,
]
PAGES = (
    "",
    "?errors",
    "/table?state=overdue",
    "/empty",
    "/object/7",
    "/object/7?tab=history",
    "/citizen/valid",
    "/question",
)


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """The gallery on a port of its own; none of its pages asks the database."""
    before = django_settings.ROOT_URLCONF
    django_settings.ROOT_URLCONF = URLS
    clear_url_caches()
    set_urlconf(None)
    server = LiveServerThread("localhost", StaticFilesHandler)
    server.daemon = True
    server.start()
    server.is_ready.wait()
    yield f"http://localhost:{server.port}/_pages/gallery"
    server.terminate()
    django_settings.ROOT_URLCONF = before
    clear_url_caches()


@pytest.fixture
def page(browser: Any, request: Any) -> Iterator[Any]:
    """A page that fails the test on any complaint of the browser: a breach of the policy shows up there."""
    wanted = getattr(request, "param", {})
    context = browser.new_context(
        viewport={"width": wanted.get("width", 1440), "height": 900},
        color_scheme=wanted.get("theme", "light"),
        locale=wanted.get("language", "en"),
        java_script_enabled=wanted.get("scripts", True),
    )
    opened = context.new_page()
    opened.set_default_timeout(10_000)
    faults: list[str] = []
    opened.on("console", lambda told: faults.append(told.text) if told.type == "error" else None)
    opened.on("pageerror", lambda fault: faults.append(str(fault)))
    yield opened
    context.close()
    assert [fault for fault in faults if not re.search("status of (409|422)", fault)] == []


MODES = [
    {"width": 1440, "theme": "light", "language": "zh-CN"},
    {"width": 390, "theme": "dark", "language": "en"},
]


@pytest.mark.parametrize("page", MODES, indirect=True, ids=lambda mode: f"{mode['width']}-{mode['theme']}")
@pytest.mark.parametrize("path", PAGES)
def test_no_reader_is_shut_out(page: Any, address: str, path: str) -> None:
    page.goto(address + path)
    page.wait_for_load_state("networkidle")
    found = axe.Axe().run(page).response["violations"]
    serious = {
        fault["id"]: [node["html"][:160] for node in fault["nodes"]][:3]
        for fault in found
        if fault["impact"] in ("serious", "critical")
    }
    assert serious == {}
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "the page scrolls sideways"


def rows(page: Any) -> int:
    return int(page.locator("table.list tbody tr").count())


def test_a_filter_refreshes_the_table_and_the_address(page: Any, address: str) -> None:
    page.goto(f"{address}/table")
    page.get_by_role("searchbox").press_sequentially("HL0420", delay=30)
    page.wait_for_url(re.compile(r"\?q=HL0420$"))
    playwright.expect(page.locator(".chip")).to_have_text(re.compile("Search: HL0420"))
    assert page.get_by_role("searchbox").input_value() == "HL0420"
    playwright.expect(page.get_by_role("searchbox")).to_be_focused()
    page.get_by_role("link", name="Remove filter Search").click()
    page.wait_for_url(re.compile(r"/table\??$"))
    playwright.expect(page.get_by_role("searchbox")).to_have_value("")
    page.go_back()
    playwright.expect(page.get_by_role("searchbox")).to_have_value("HL0420")


def test_several_choices_stay_open_while_one_ticks(page: Any, address: str) -> None:
    page.goto(f"{address}/table")
    page.locator(".several > summary").click()
    page.get_by_label("overdue", exact=True).check()
    page.wait_for_url(re.compile("state=overdue"))
    page.get_by_label("valid", exact=True).check()
    page.wait_for_url(re.compile("state=valid"))
    playwright.expect(page.locator(".chip")).to_contain_text("valid or overdue")


def test_one_of_many_is_typed_and_picked_by_keys(page: Any, address: str) -> None:
    page.goto(f"{address}/table")
    box = page.get_by_role("combobox", name="District")
    box.press_sequentially("南湖")
    page.get_by_role("option").first.wait_for()
    box.press("ArrowDown")
    box.press("Enter")
    page.wait_for_url(re.compile("district=4202"))
    playwright.expect(page.get_by_role("combobox", name="District")).to_have_value("江城市南湖区")


def test_a_row_opens_by_a_click_anywhere_and_by_keys(page: Any, address: str) -> None:
    page.goto(f"{address}/table")
    page.locator("tbody tr").nth(2).locator("td").nth(4).click()
    page.wait_for_url(re.compile(r"/object/\d+$"))
    page.go_back()
    page.locator("a.open").first.focus()
    page.keyboard.press("ArrowDown")
    second = page.locator("a.open").nth(1)
    playwright.expect(second).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/object/\d+$"))


def test_many_are_ticked_and_the_act_asks_first(page: Any, address: str) -> None:
    page.goto(f"{address}/table")
    bar = page.locator("[data-manybar]")
    playwright.expect(bar).to_be_hidden()
    boxes = page.locator("tbody .tick input")
    boxes.nth(1).check()
    boxes.nth(4).click(modifiers=["Shift"])
    playwright.expect(bar).to_contain_text("4 ticked")
    page.get_by_role("button", name="Stop use").click()
    playwright.expect(page.locator(".affected")).to_contain_text("4")
    page.get_by_role("button", name="Stop use").click()
    playwright.expect(page.locator(".error-summary")).to_be_focused()
    page.locator(".error-summary a").click()
    page.keyboard.type("seal broken")
    page.get_by_role("button", name="Stop use").click()
    playwright.expect(page.locator(".notice-success")).to_be_visible()


def test_a_sheet_is_pasted_judged_and_kept(page: Any, address: str) -> None:
    page.goto(address)
    first = page.locator("[name='p100.up']")
    first.focus()
    page.evaluate(
        """() => {
            const clipboardData = new DataTransfer();
            clipboardData.setData('text/plain', '101\\t99\\r\\n509\\t500\\r\\n');
            const pasted = new ClipboardEvent('paste', {clipboardData, bubbles: true, cancelable: true});
            document.activeElement.dispatchEvent(pasted);
        }"""
    )
    assert page.locator("[name='p500.up']").input_value() == "509"
    playwright.expect(page.locator("[data-grid-verdict]")).to_have_text("Failed")
    playwright.expect(page.locator("[data-cell='p500.up']")).to_have_class(re.compile("cell-bad"))
    playwright.expect(page.locator("[data-grid-save]")).to_have_text("saved")
    first.press("ArrowDown")
    playwright.expect(page.locator("[name='p500.up']")).to_be_focused()
    page.keyboard.press("Shift+Enter")
    page.keyboard.press("Tab")
    playwright.expect(page.locator("[name='p100.down']")).to_be_focused()


def test_a_stale_save_loses_nothing(page: Any, address: str) -> None:
    page.on("dialog", lambda dialog: dialog.accept())
    page.route("**/gallery/save", lambda route: route.fulfill(status=409, json={"words": "Written elsewhere."}))
    page.goto(address)
    page.locator("[name='p100.up']").fill("100.5")
    playwright.expect(page.locator("[data-grid-stale]")).to_contain_text("Written elsewhere.")
    assert page.locator("[name='p100.up']").input_value() == "100.5"


def test_charts_are_drawn_and_follow_the_theme(page: Any, address: str) -> None:
    page.goto(address)
    drawings = page.locator(".chart-drawing svg")
    playwright.expect(drawings).to_have_count(5)
    page.get_by_role("button", name="Dark").click()
    playwright.expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    playwright.expect(
        page.locator(".chart-drawing svg [fill='#f2897f'], .chart-drawing svg [stroke='#f2897f']").first
    ).to_be_attached()
    page.reload()
    playwright.expect(page.locator("html")).to_have_attribute("data-theme", "dark")


def test_a_bar_leads_to_its_rows(page: Any, address: str) -> None:
    page.goto(address)
    page.locator(".chart-drawing svg").first.wait_for()
    page.locator(".chart").first.locator("svg [aria-roledescription=bar]").first.click()
    page.wait_for_url(re.compile(r"/table\?q=."))
    kind = page.get_by_role("searchbox").input_value()
    found = page.locator("table.list tbody tr")
    assert kind in KINDS and 0 < found.count() == found.filter(has_text=kind).count()


@pytest.mark.parametrize("page", [{"width": 390}], indirect=True)
def test_filters_unfold_on_a_phone(page: Any, address: str) -> None:
    page.goto(f"{address}/table")
    playwright.expect(page.locator(".span-filter")).to_be_hidden()
    page.get_by_role("button", name="Filter").click()
    playwright.expect(page.locator(".span-filter")).to_be_visible()
    page.locator("[name=due_from]").fill("2026-12-01")
    page.locator("[name=due_from]").press("Tab")
    page.wait_for_url(re.compile("due_from=2026-12-01"))
    playwright.expect(page.locator(".span-filter")).to_be_visible()


@pytest.mark.parametrize("page", [{"scripts": False}], indirect=True)
def test_everything_works_without_scripts(page: Any, address: str) -> None:
    page.goto(f"{address}/table")
    page.get_by_role("searchbox").fill("HL042010")
    page.get_by_role("button", name="Filter", exact=True).click()
    page.wait_for_url(re.compile("q=HL042010"))
    assert 0 < rows(page) < 10
    page.get_by_role("link", name="Code").click()
    page.wait_for_url(re.compile("sort=code"))
    page.locator("tbody .tick input").first.check()
    page.get_by_role("button", name="Stop use").click()
    playwright.expect(page.locator(".affected")).to_contain_text("1")
    page.goto(address)
    playwright.expect(page.locator(".chart-table").first).to_be_visible()
