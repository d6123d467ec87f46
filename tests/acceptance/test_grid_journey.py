"""A grid of scales by keyboard and paste: verdicts as one types, drafts kept, complete rows handed in."""

from typing import Any

import pytest
from django.conf import settings
from django.utils import timezone

from hengliang.platform.verification.grid.sheet import Layouts, fields_of
from hengliang.platform.verification.grid.work import kinds_of
from hengliang.platform.verification.models import Record, RecordDraft
from tests.platform import slice as walk
from tests.platform.cast import make_cast

playwright = pytest.importorskip("playwright.sync_api")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    # Named apps make Django empty the tables with CASCADE, which reaches those that no model speaks of.
    pytest.mark.django_db(transaction=True, available_apps=settings.INSTALLED_APPS),
]
PASTE = """text => {
  const clipboardData = new DataTransfer();
  clipboardData.setData("text/plain", text);
  document.activeElement.dispatchEvent(new ClipboardEvent("paste", {clipboardData, bubbles: true, cancelable: true}));
}"""
COLUMNS = """async () => {
  const answer = await fetch(document.querySelector("[data-sheet]").dataset.rows);
  return (await answer.json()).columns.map(one => one.name);
}"""
ROWS = "[data-sheet-table] tbody tr"


def told(page: Any, row: int, words: str) -> None:
    """Wait until the verdict of a row says so."""
    playwright.expect(page.locator(ROWS).nth(row).locator("td.stays .state")).to_have_text(words, timeout=30_000)


def test_scales_are_pasted_judged_and_submitted(reader, transactional_db, monkeypatch):
    monkeypatch.setattr(settings, "TRAINING", True)
    cast = make_cast()
    standard = walk.equip(cast, cast.scale)
    tasks = walk.apply_for(cast, *(walk.make_instrument(cast, f"SC000{n}", cast.scale, "秤") for n in range(3)))
    [(kind, _pieces)] = kinds_of(cast.actor("verifier"))
    data = walk.example("procedure/price-scale", "pass", kind.rule.edition)
    fields = fields_of(Layouts(kind.rule.form(kind.regime)).sections(data), data)

    page = reader("verifier")
    page.goto(kind.address())
    page.wait_for_selector(ROWS)
    names = page.evaluate(COLUMNS)
    good = ["是" if fields.get(name) == "yes" else fields.get(name, "") for name in names]
    far_off = ["2515" if name == "error~1.indicated" else text for name, text in zip(names, good, strict=True)]
    page.locator(f"{ROWS} td").first.locator("input, select").focus()
    page.evaluate(PASTE, "\n".join("\t".join(row) for row in (good, far_off)))
    told(page, 0, "合格")
    told(page, 1, "不合格")

    # A block on the wrong place: said what found no cell, taken back as a whole; a choice that is passed stays.
    page.locator(f"{ROWS} td").first.locator("select").focus()
    page.evaluate(PASTE, "III\t１\nIII\t2\nIII\t3\nIII\t4")
    playwright.expect(page.locator("[data-sheet-count]")).to_contain_text("2 格没有可填的位置")
    page.keyboard.press("Control+z")
    playwright.expect(page.locator("[data-sheet-count]")).to_contain_text("已撤销 6 格")
    first = page.locator(f"{ROWS} td").first.locator("select")
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.tagName") == "INPUT"
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowDown")
    assert first.input_value() == fields["instrument~0.accuracy_class"]
    told(page, 0, "合格")
    told(page, 1, "不合格")

    page.locator(ROWS).nth(1).locator("td").nth(names.index("error~1.indicated")).locator("input").focus()
    playwright.expect(page.locator("[data-sheet-at]")).to_contain_text("15.5 (±2.5")
    page.keyboard.press("ArrowUp")
    assert page.evaluate("document.activeElement.value") == "2500", "arrows walk from row to row"
    page.keyboard.press("Enter")
    page.keyboard.press("Control+d")
    told(page, 1, "合格")
    # A draft of the third was kept if the page was slow between paste and undo; nothing measured is left in it.
    drafts = RecordDraft.objects.filter(task__in=tasks)
    assert {draft.task_id for draft in drafts if draft.data.get("items")} == {task.pk for task in tasks[:2]}

    page.fill("[name=verified_on]", timezone.localdate().isoformat())
    page.check(f"[name=standards][value='{standard.pk}']")
    page.click("[data-sheet-hand]")
    playwright.expect(page.locator("[data-sheet-count]")).to_contain_text("已提交 2 份", timeout=30_000)
    assert Record.objects.filter(task__in=tasks, passed=True).count() == 2
    assert not RecordDraft.objects.filter(task__in=tasks[:2]).exists()
