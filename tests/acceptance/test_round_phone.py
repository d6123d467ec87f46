"""A round on the telephone as it is held: its own Back, codes, labels, drafts, and what the platform said."""

from typing import Any

import pytest
from django.conf import settings
from django.utils import timezone

from hengliang.platform.verification.models import FieldEntry
from hengliang.platform.verification.services import round_announce, round_file
from tests.platform import slice as walk
from tests.platform.cast import make_cast
from tests.platform.verification.rounds.field import SCALE, make_market

playwright = pytest.importorskip("playwright.sync_api")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True, available_apps=settings.INSTALLED_APPS),
]
SCALES = 12
LABEL = "衡检A000001"
TYPE = """(record) => {
  const put = (box, cells, run) => Object.entries(cells).forEach(([name, value]) => {
    const field = [...box.querySelectorAll(`[data-cell="${name}"]`)].find((one) => one.dataset.run === run);
    field.value = value;
    delete field.dataset.wanted;
  });
  put(document.querySelector("[data-section=instrument]"), record.instrument);
  Object.entries(record.items).forEach(([item, rows]) => rows.forEach((row, at) => {
    const box = document.querySelector(`[data-item="${item}"]`);
    while (box.querySelectorAll("[data-row]").length <= at) box.querySelector("[data-more]").click();
    const { runs, ...cells } = row, line = box.querySelectorAll("[data-row]")[at];
    put(line, cells);
    (runs ?? []).forEach((run, number) => put(line, run, String(number)));
  }));
  document.querySelector(".measure").dispatchEvent(new Event("input", { bubbles: true }));
}"""
OVER = """[...document.querySelector("#label-paper").children]
  .filter(one => one.scrollHeight > one.parentElement.clientHeight)"""


@pytest.fixture
def page(transactional_db, monkeypatch, reader) -> Any:
    monkeypatch.setattr(settings, "TRAINING", True)
    world, today = make_market(make_cast(), scales=SCALES, stalls=3), timezone.localdate()
    cast = world.cast
    shown = round_file(
        actor=cast.actor("market", timezone.now()), organiser=world.market, body=cast.body, starts_on=today,
        ends_on=today, instruments=world.scales,
    )  # fmt: skip
    round_announce(
        actor=cast.actor("manager", timezone.now()), shown=shown, first=cast.people["verifier"],
        second=cast.people["second"],
    )  # fmt: skip
    opened = reader("verifier", width=390)
    opened.goto(f"/verification/rounds/{shown.pk}/field/")
    playwright.expect(opened.locator(".round-line")).to_have_count(SCALES)
    opened.wait_for_selector("#round[data-ready=yes]")
    return opened


def open_line(page: Any, subject: str) -> None:
    page.locator(f".round-line[data-subject='{subject}']").click()
    playwright.expect(page.locator("[data-line-screen]")).to_be_visible()


def subjects(page: Any) -> list[str]:
    found: list[str] = page.evaluate("[...document.querySelectorAll('.round-line')].map(one => one.dataset.subject)")
    return sorted(found, key=lambda one: int(one.removeprefix("line:")))


def type_something(page: Any, text: str) -> None:
    page.locator("[data-item] input[data-cell=indicated]").first.fill(text)
    page.wait_for_timeout(400)


def test_a_round_in_the_hand(page):
    first, *_rest = subjects(page)
    tenth = next(one for one in subjects(page) if one != first and one.startswith(first)) if first == "line:1" else ""
    # What is typed of the tenth stays when the first is kept; the number of a label stays with it.
    other = tenth or subjects(page)[-1]
    open_line(page, other)
    type_something(page, "123")
    page.go_back()
    playwright.expect(page.locator("[data-list-screen]")).to_be_visible()
    assert "/field/" in page.url, "the telephone's own Back leads to the list"
    open_line(page, first)
    assert page.locator("[data-label]").is_disabled(), "no label before a pass"
    assert "CNY" not in page.inner_text("[data-measure]"), "money by its name"
    page.evaluate(TYPE, walk.example(SCALE, "pass", "2017-05-30"))
    page.fill("[data-label]", LABEL)
    page.evaluate("window.print = () => {}")
    page.click("[data-print-label]")
    page.emulate_media(media="print")
    assert page.evaluate(f"{OVER}.length") == 0, "the whole label lies on its paper"
    assert "有效期至" in page.inner_text("#label-paper")
    page.emulate_media(media="screen")
    page.evaluate("document.body.classList.remove('prints-label')")
    page.click("[data-done]")
    playwright.expect(page.locator("[data-list-screen]")).to_be_visible()
    open_line(page, other)
    assert page.locator("[data-item] input[data-cell=indicated]").first.input_value() == "123"
    # Digits of a Chinese keyboard are judged like any others, and kept as such.
    type_something(page, "１２３。５")
    page.go_back()
    open_line(page, other)
    assert page.locator("[data-item] input[data-cell=indicated]").first.input_value() == "123.5"
    # The same number again is told, and nothing is kept.
    page.evaluate(TYPE, walk.example(SCALE, "pass", "2017-05-30"))
    page.fill("[data-label]", "衡检Ａ０００００１")
    page.click("[data-done]")
    playwright.expect(page.locator("[data-told]")).to_contain_text(LABEL)
    page.evaluate(TYPE, walk.example(SCALE, "fail", "2017-05-30"))
    assert page.locator("[data-label]").is_disabled(), "a label goes with a pass only"
    page.click("[data-line-screen] [data-back]")
    find_and_meet(page, first)
    synchronise(page, first)


def find_and_meet(page: Any, first: str) -> None:
    """By the code with its dash, on a Chinese keyboard, by the address on a label; a known scale is no unknown one."""
    for text in (
        "SC000-0",
        "ｓｃ０００－０",
        "http://localhost/ledger/SC0000/",
        f"http://localhost/c/mark/?number={LABEL}",
    ):
        page.fill("[data-search]", text)
        playwright.expect(page.locator(".round-line")).to_have_count(1)
    page.fill("[data-search]", "")
    page.click("[data-unknown]")
    page.fill("[name=serial]", "2024-0003")
    page.fill("[name=stall]", "北门")
    page.click("[data-unknown-form] button")
    playwright.expect(page.locator("[data-told]")).to_contain_text("20240003")
    page.click("[data-line-screen] [data-back]")
    playwright.expect(page.locator(".round-line")).to_have_count(SCALES)
    page.locator(".round-files summary").click()
    assert page.evaluate("document.documentElement.scrollWidth") == 390, "nothing scrolls sideways"


def synchronise(page: Any, first: str) -> None:
    """The list then says what the platform made of it; the slip is signed under its figures."""
    line = page.locator(f".round-line[data-subject='{first}']")
    playwright.expect(line).to_contain_text("合格（暂判）")
    page.click("[data-sync]")
    playwright.expect(page.locator("[data-waiting]")).to_have_text("未同步：0")
    assert FieldEntry.objects.get().label == LABEL
    playwright.expect(line).not_to_contain_text("暂")
    page.reload()
    open_line(page, first)
    assert LABEL in page.inner_text("[data-line-head] .notice"), "why it needs a look stays with it"
    page.click("[data-line-screen] [data-back]")
    page.click("[data-sign]")
    playwright.expect(page.locator("[data-signs]")).to_contain_text(f"{SCALES} 台")
