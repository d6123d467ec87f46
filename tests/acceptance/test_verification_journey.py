"""From the owner's application to the citizen's phone, through the pages alone."""

from typing import Any

import pytest
from django.conf import settings

from hengliang.platform.certificates.models import Certificate
from hengliang.platform.verification.entry import sections_of
from hengliang.platform.verification.models import Application, RecordDraft, Task
from hengliang.platform.verification.rules import rule_for
from tests.platform import slice as walk
from tests.platform.cast import make_cast

playwright = pytest.importorskip("playwright.sync_api")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    # Named apps make Django empty the tables with CASCADE, which reaches those that no model speaks of.
    pytest.mark.django_db(transaction=True, available_apps=settings.INSTALLED_APPS),
]
SCALE = "procedure/price-scale"


@pytest.fixture
def cast(transactional_db, monkeypatch) -> Any:
    monkeypatch.setattr(settings, "TRAINING", True)
    return make_cast()


def press(page: Any, words: str) -> None:
    """Follow or press what is called so, and wait for the page that answers."""
    target = page.get_by_role("link", name=words, exact=True).or_(page.get_by_role("button", name=words, exact=True))
    with page.expect_navigation():
        target.first.click()


def typed(task: Task, data: dict[str, Any], on: Any) -> dict[str, dict[str, str]]:
    """What a verifier types for a record, by section and by the name of each field."""
    form = rule_for(task.instrument.item, on).form(task.regime)
    found: dict[str, dict[str, str]] = {}
    for section in sections_of(form, data, ()):
        grid = section.grid(data, verdict_url="", save_url="", version=0)
        cells = [cell for _row, line in grid.lines() for cell in line if not cell.column.given and cell.value != ""]
        found[section.key] = {cell.name: str(cell.value) for cell in cells}
    return found


def fill(page: Any, key: str, values: dict[str, str]) -> None:
    """Type into one grid and wait until it is kept."""
    grid = page.locator(f"[data-grid='{key}']")
    for name, value in values.items():
        field = grid.locator(f"[name='{name}']")
        if field.evaluate("one => one.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)
    if values:
        playwright.expect(grid.locator("[data-grid-save]")).to_have_text("已保存", timeout=30_000)


def measure(page: Any, task: Task, data: dict[str, Any], on: Any) -> None:
    page.goto(f"/verification/tasks/{task.pk}/")
    press(page, "检定")
    sections = typed(task, data, on)
    fill(page, "instrument", sections.pop("instrument", {}))
    for key, values in sections.items():
        for name in values:  # the points follow the particulars while one types
            playwright.expect(page.locator(f"[name='{name}']")).to_be_visible()
        fill(page, key, values)
    playwright.expect(page.locator("[data-grid='error'] [data-grid-verdict]")).to_have_text("合格", timeout=30_000)
    assert RecordDraft.objects.get(task=task).data["items"]["error"], "what is typed is kept before it is submitted"
    page.locator("[name=standards]").first.check()
    page.fill("[name=place]", "量县菜市场")
    press(page, "提交记录")


def sign(page: Any, record: int, verb: str, confirm: str = "签名") -> None:
    page.goto(f"/verification/records/{record}/")
    press(page, verb)
    press(page, confirm)


def test_from_application_to_the_citizen(cast, reader):
    from django.utils import timezone

    instrument = walk.make_instrument(cast, "SC0001", cast.scale, "电子计价秤")
    walk.equip(cast, cast.scale)
    owner = reader("owner")
    owner.goto(f"/verification/applications/new/?instrument={instrument.pk}")
    playwright.expect(owner.locator("main")).to_contain_text("SC0001")
    press(owner, "提交申请")
    application = Application.objects.get()
    playwright.expect(owner.locator("h1")).to_have_text(application.number)

    counter = reader("manager")
    counter.goto(f"/verification/applications/{application.pk}/")
    press(counter, "受理")
    press(counter, "受理")
    playwright.expect(counter.locator(".title-line")).to_contain_text("已受理")

    task = Task.objects.get()
    verifier = reader("verifier")
    measure(verifier, task, walk.example(SCALE, "pass", "2017-05-30"), timezone.localdate())
    record = task.records.get()
    playwright.expect(verifier.locator("main")).to_contain_text("合格")
    sign(reader("reviewer"), record.pk, "核验")
    approver = reader("approver")
    sign(approver, record.pk, "批准")
    sign(approver, record.pk, "出具", "出具")
    proof = Certificate.objects.get()
    playwright.expect(approver.locator(".title-line")).to_contain_text("有效")

    answers = {
        "zh-CN": "这台电子计价秤检定合格，在有效期内",
        "en": "Yes. This Electronic price-computing scale is verified",
    }
    for language, says in answers.items():
        citizen = reader(width=390, language=language)
        citizen.goto(f"/c/{proof.code}")
        # The rules are drafts, so all is training: it says what it would say, and never in green.
        playwright.expect(citizen.locator("article.answer-open .answer-more")).to_contain_text(says)
        assert not citizen.evaluate("document.documentElement.scrollWidth > innerWidth"), "the page scrolls sideways"
    citizen.goto("/c/NOTACODE22")
    playwright.expect(citizen.locator("h1")).to_contain_text("We don’t know this code")
