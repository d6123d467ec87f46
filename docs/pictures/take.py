"""Takes the pictures of the README from a running demo: python docs/pictures/take.py [ADDRESS]

They show what the demo city shows that day, in Chinese; each is at most 150 kB.
"""

import sys
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

HERE = Path(__file__).parent
ADDRESS = "http://127.0.0.1:8765"
PASSWORD = "hengliang-demo"  # noqa: S105 - printed at every start of the demo
LARGEST = 150_000
WIDE = {"width": 1200, "height": 720}
PHONE = {"width": 390, "height": 720}


def main(address: str) -> None:
    """Take every picture anew."""
    with sync_playwright() as program:
        chromium = Path("/usr/bin/chromium")
        browser = program.chromium.launch(
            executable_path=str(chromium) if chromium.exists() else None, args=["--no-sandbox", "--lang=zh-CN"]
        )
        authority = logged_in(browser, address, "authority")
        take(authority, f"{address}/", "desk")
        take(authority, f"{address}/supervision/due/", "due")
        take(authority, f"{address}/plan/targets/", "targets")
        take(measuring(logged_in(browser, address, "verifier"), address), "", "entry")
        take(browser.new_page(viewport=PHONE, locale="zh-CN"), address + checked(authority, address), "public")
        browser.close()


def logged_in(browser: Browser, address: str, account: str) -> Page:
    """A page on which an account of the demo is logged in."""
    page = browser.new_context(viewport=WIDE, locale="zh-CN").new_page()
    page.goto(f"{address}/accounts/login/")
    page.fill("input[name=login]", account)
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")
    page.wait_for_url(lambda url: "login" not in url)
    return page


def measuring(page: Page, address: str) -> Page:
    """The entry of the first task that waits, with the first cells filled in."""
    page.goto(f"{address}/verification/tasks/?state=waiting")
    link = page.locator("main a[href*='/verification/tasks/']").first.get_attribute("href") or ""
    page.goto(f"{address}{link}measure/")
    for cell in page.locator("main table input:visible").all()[:6]:
        if cell.get_attribute("type") in (None, "text"):
            cell.fill("10")
    page.keyboard.press("Tab")
    page.wait_for_timeout(1500)  # the verdicts come from the server
    return page


def checked(page: Page, address: str) -> str:
    """The public address of the first proof in the list."""
    page.goto(f"{address}/certificates/?state=in_force")
    page.goto(address + (page.locator("main tbody a").first.get_attribute("href") or ""))
    return page.locator("a[href*='/c/']").first.get_attribute("href") or ""


def take(page: Page, url: str, name: str) -> None:
    """One picture, of the address or of what the page shows."""
    if url:
        page.goto(url)
    page.wait_for_timeout(1500)  # charts draw themselves
    path = HERE / f"{name}.png"
    page.screenshot(path=path)
    if path.stat().st_size > LARGEST:
        sys.exit(f"{path.name} has {path.stat().st_size} bytes; at most {LARGEST} belong in the repository.")


if __name__ == "__main__":
    main(*(sys.argv[1:] or [ADDRESS]))
