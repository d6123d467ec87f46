"""A round of 300 scales, off-line on two devices, with conflicts, an unknown scale, and a damaged file."""

import json
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from hengliang.platform.verification.models import FieldEntry, Record, Round, RoundSignature, Task, TaskNote
from hengliang.platform.verification.rounds.standing import standing_of
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
SCALES = 300
MEASURED, FAILED, ABSENT, REFUSED = 120, 20, 6, 2
PATIENCE = 60_000
LONG = 300_000  # milliseconds: 300 records are judged and written while one waits

# Types a record into the form that is open, as fingers would: each field gets its value and its event.
TYPE = """
(record) => {
  const put = (box, cells, run) => Object.entries(cells).forEach(([name, value]) => {
    const field = [...box.querySelectorAll(`[data-cell="${name}"]`)].find((one) => one.dataset.run === run);
    field.value = value;
    delete field.dataset.wanted;
  });
  put(document.querySelector("[data-section=instrument]"), record.instrument);
  Object.entries(record.items).forEach(([item, rows]) => {
    const box = document.querySelector(`[data-item="${item}"]`);
    rows.forEach((row, at) => {
      if (box.querySelectorAll("[data-row]").length <= at) box.querySelector("[data-more]").click();
      const line = box.querySelectorAll("[data-row]")[at];
      const { runs, ...cells } = row;
      put(line, cells);
      (runs ?? []).forEach((run, number) => put(line, run, String(number)));
    });
  });
  document.querySelector(".measure").dispatchEvent(new Event("input", { bubbles: true }));
  return document.querySelector("[data-conclusion]").className;
}
"""


@pytest.fixture
def world(transactional_db, monkeypatch) -> Any:
    monkeypatch.setattr(settings, "TRAINING", True)
    Client().get("/accounts/login/")  # what the first request imports does not belong to a browser's patience
    return make_market(make_cast(), scales=SCALES, stalls=6)


@pytest.fixture
def shown(world) -> Round:
    today, cast = timezone.localdate(), world.cast
    shown = round_file(
        actor=cast.actor("market", timezone.now()), organiser=world.market, body=cast.body, starts_on=today,
        ends_on=today, instruments=world.scales,
    )  # fmt: skip
    round_announce(
        actor=cast.actor("manager", timezone.now()), shown=shown, first=cast.people["verifier"],
        second=cast.people["second"],
    )  # fmt: skip
    return shown


def take_out(page: Any, shown: Round) -> None:
    """Open the page in the field with a network, once, until it is kept."""
    page.goto(f"/verification/rounds/{shown.pk}/field/")
    playwright.expect(page.locator(".round-line")).to_have_count(SCALES)
    page.wait_for_function("document.getElementById('round').dataset.ready === 'yes'")


def lose_network(page: Any) -> None:
    """No network, and the page opens all the same."""
    page.context.set_offline(True)
    page.reload()
    playwright.expect(page.locator(".round-line")).to_have_count(SCALES)
    playwright.expect(page.locator("[data-online]")).to_contain_text("离线")


def open_line(page: Any, at: int) -> None:
    page.locator(".round-line").nth(at).evaluate("one => one.click()")
    playwright.expect(page.locator("[data-line-screen]")).to_be_visible()


def measure(page: Any, at: int, record: dict[str, Any], tone: str) -> None:
    open_line(page, at)
    assert tone in page.evaluate(TYPE, record), "the device judges as the platform will"
    page.locator("[data-done]").evaluate("one => one.click()")
    playwright.expect(page.locator("[data-list-screen]")).to_be_visible()


def outcome(page: Any, at: int, kind: str) -> None:
    open_line(page, at)
    page.locator(f"[data-outcome={kind}]").evaluate("one => one.click()")
    playwright.expect(page.locator("[data-list-screen]")).to_be_visible()


def work(page: Any, start: int, end: int) -> None:
    """One half of the market."""
    passing, failing = walk.example(SCALE, "pass", "2017-05-30"), walk.example(SCALE, "fail", "2017-05-30")
    done = [MEASURED, FAILED, ABSENT, REFUSED]
    for at in range(start, end):
        step = at - start
        if step < done[0]:
            measure(page, at, passing, "state-good")
        elif step < sum(done[:2]):
            measure(page, at, failing, "state-bad")
        elif step < sum(done[:3]):
            outcome(page, at, "absent")
        elif step < sum(done):
            outcome(page, at, "refused")
        else:
            outcome(page, at, "not_found")


def synchronise(page: Any) -> None:
    page.context.set_offline(False)
    page.locator("[data-sync]").click()
    playwright.expect(page.locator("[data-waiting]")).to_have_text("未同步：0", timeout=LONG)


def test_three_hundred_scales_on_two_devices_without_a_network(world, shown, reader):
    playwright.expect.set_options(timeout=PATIENCE)
    one, two = reader("verifier", width=390), reader("second", width=390)
    for page in (one, two):
        page.set_default_timeout(LONG)
        take_out(page, shown)
        lose_network(page)
    half = SCALES // 2
    work(one, 0, half)
    work(two, half, SCALES)
    # Both were at the first stall of the second half: one found nobody there. And one scale is in no ledger.
    outcome(one, half, "absent")
    one.locator("[data-unknown]").click()
    for name, value in {"serial": "20269999", "maker": "新衡器厂", "stall": "门口临时摊", "user": "量县第1摊"}.items():
        one.fill(f"[name={name}]", value)
    one.locator("[data-unknown-form] button").click()
    one.locator("[data-line-screen] [data-back]").click()
    sign(one)
    assert not one.evaluate("document.documentElement.scrollWidth > innerWidth"), "the page scrolls sideways"
    assert FieldEntry.objects.count() == 0, "nothing has reached the platform"
    one.reload()
    playwright.expect(one.locator("[data-waiting]")).to_have_text(f"未同步：{half + 3}")

    synchronise(one)
    synchronise(two)
    counts = standing_of(shown).counts
    assert counts["conflict"] == 1
    assert (counts["passed"], counts["failed"]) == (2 * MEASURED - 1, 2 * FAILED)
    assert (counts["absent"], counts["refused"], counts["unknown"]) == (2 * ABSENT, 2 * REFUSED, 1)
    assert counts["not_found"] == SCALES - 2 * (MEASURED + FAILED + ABSENT + REFUSED)
    assert FieldEntry.objects.count() == SCALES + 2, "every entry of both devices is there"
    assert RoundSignature.objects.get().name == "何市"
    replay(one, two, shown)
    settle(reader("manager"), shown)
    enter_records(reader("second"), shown)
    assert standing_of(shown).counts["passed"] == 2 * MEASURED
    assert Record.objects.exclude(state="void").count() == 2 * (MEASURED + FAILED)
    assert {r.verifier.name for r in Record.objects.all()} == {"verifier", "second"}
    assert Task.objects.filter(state="measured").count() == 2 * (MEASURED + FAILED)
    assert TaskNote.objects.filter(kind="absent").count() == 2 * ABSENT + 1, "said before the other device spoke"


def sign(page: Any) -> None:
    page.locator("[data-sign]").click()
    page.fill("[data-signer]", "何市")
    box = page.locator("[data-pad]").bounding_box()
    page.mouse.move(box["x"] + 30, box["y"] + 40)
    page.mouse.down()
    page.mouse.move(box["x"] + 200, box["y"] + 90, steps=8)
    page.mouse.up()
    page.locator("[data-sign-keep]").click()
    playwright.expect(page.locator("[data-signed]")).to_contain_text("何市")


def replay(one: Any, two: Any, shown: Round) -> None:
    """The exported file by hand changes nothing; a damaged one, and that of another, are refused with the reason."""
    before = FieldEntry.objects.count(), Record.objects.count()
    with one.expect_download() as saved:
        one.locator(".round-files summary").click()
        one.locator("[data-export]").click()
    content = saved.value.path().read_bytes()
    assert len(json.loads(content)["entries"]) == SCALES // 2 + 2
    for page, told, says in (
        (one, content, "条新记录"), (one, content[:-20], "已损坏"), (two, content, "verifier"),
    ):  # fmt: skip
        page.goto(f"/verification/rounds/{shown.pk}/")
        page.set_input_files("#round-file", {"name": "r.json", "mimeType": "application/json", "buffer": told})
        with page.expect_navigation():
            page.locator("form[enctype] button").click()
        playwright.expect(page.locator(".notice").first).to_contain_text(says)
    assert (FieldEntry.objects.count(), Record.objects.count()) == before
    assert shown.uploads.exclude(refusal="").count() == 1, "the damaged file is kept; the other was here already"


def settle(page: Any, shown: Round) -> None:
    page.goto(f"/verification/rounds/{shown.pk}/")
    sides = page.locator("[data-conflicts] article")
    playwright.expect(sides).to_have_count(2)
    with page.expect_navigation():
        sides.filter(has_text="second").get_by_role("link").click()
    page.fill("[name=reason]", "第二检定员有读数")
    with page.expect_navigation():
        page.get_by_role("button", name="以此为准").click()
    playwright.expect(page.locator("[data-conflicts]")).to_have_count(0)


def enter_records(page: Any, shown: Round) -> None:
    """The entry that holds is already recorded, or its verifier makes the record now."""
    page.goto(f"/verification/rounds/{shown.pk}/")
    button = page.get_by_role("button", name="生成记录")
    if button.count():
        with page.expect_navigation():
            button.click()
