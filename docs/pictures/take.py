"""Takes the pictures of the documentation from a running demo: python docs/pictures/take.py [ADDRESS]

They show what the demo city shows that day, in Chinese; each is at most 180 kB.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

HERE = Path(__file__).parent
ADDRESS = "http://127.0.0.1:8765"
PASSWORD = "hengliang-demo"  # noqa: S105 - printed at every start of the demo
LARGEST = 180_000
WIDE = {"width": 1200, "height": 720}
LEAD = """KRISS 2.893 0.0207
NMIJ 2.936 0.0125
IRMM 2.94 0.0165
PTB 2.96 0.0333
NMIA 2.98 0.1005
LGC 3.0 0.05
CSIR 3.001 0.068
NIM 3.07 0.085
LNE 3.13 0.06""".replace(" ", "\t")
TALL = {"width": 1200, "height": 1120}
READINGS = HERE.parents[1] / "examples" / "readings"
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
        take(authority, f"{address}/plan/1/confirm/?at=3#t3", "plan-confirm")
        take(authority, f"{address}/exchange/differences/", "differences")
        take(authority, f"{address}/exchange/differences/2/", "difference")
        take(authority, f"{address}/exchange/files/2/?tab=records", "exchange-rows")
        exchanged(authority, address)
        take(authority, f"{address}/verification/lots/", "lots")
        take(authority, f"{address}/verification/lots/statistics/?by=age", "lot-statistics")
        ahead(authority, address)
        verifier = logged_in(browser, address, "verifier")
        take(verifier, address + judged(verifier, address), "record")
        gridded(verifier, address)
        manager = logged_in(browser, address, "manager")
        take(manager, f"{address}/certificates/stock/", "labels-stock")
        take(manager, f"{address}/certificates/stock/#to-remove", "labels-to-remove")
        take(manager, address + first(manager, f"{address}/verification/lots/profiles/") + "edit/", "bench-profile")
        take(authority, f"{address}/plan/1/#changes", "plan-amendment")
        daily(browser, authority, manager, address)
        take(manager, address + carrying(manager, address), "labels-proofs")
        workbench(verifier, address)
        compared(verifier, address)
        take(browser.new_page(viewport=PHONE, locale="zh-CN"), address + checked(authority, address), "public")
        rounds(browser, address)
        reported(browser)
        browser.close()


def reported(browser: Browser) -> None:
    """The report of the meters of the example, which needs no server."""
    with tempfile.TemporaryDirectory() as name:
        words = ["-m", "hengliang", "balance", "evaluate", str(READINGS), "--report", name]
        subprocess.run([sys.executable, *words], check=True, stdout=subprocess.DEVNULL)
        take(browser.new_page(viewport=TALL, locale="zh-CN"), (Path(name) / "report.html").as_uri(), "meters-report")


def daily(browser: Browser, authority: Page, manager: Page, address: str) -> None:
    """The counter, statistics, a dispute whose result was told, and why something is overdue."""
    take(manager, f"{address}/verification/counter/", "counter")
    take(manager, address + first(manager, f"{address}/verification/counter/"), "counter-deposit")
    take(manager, f"{address}/verification/fees/", "counter-fees")
    take(manager, f"{address}/verification/worktime/compared/", "worktime-compared")
    take(manager, address + first(manager, f"{address}/supervision/statistics/returns/"), "statistics")
    disputes = f"{address}/verification/arbitrations/"
    take(authority, address + first(authority, f"{disputes}?state=appealed"), "arbitration-second")
    take(authority, f"{address}/supervision/due/?delay=came_in_vain", "delay-in-vain")


def ahead(page: Page, address: str) -> None:
    """The year ahead and its rounds, who is designated, findings, a re-test side by side, a hand-over, a lot."""
    take(page, f"{address}/verification/ahead/", "ahead")
    take(page, f"{address}/verification/ahead/rounds/", "ahead-rounds")
    take(page, f"{address}/standards/designations/", "designations")
    take(page, f"{address}/supervision/findings/", "findings")
    page.goto(address + first(page, f"{address}/verification/retests/"))
    page.locator("main table").last.scroll_into_view_if_needed()
    kept(page, "retest")
    owner = logged_in(page.context.browser or sys.exit("no browser"), address, "owner")
    take(owner, address + first(owner, f"{address}/ledger/transfers/"), "transfer")
    verifier = logged_in(page.context.browser or sys.exit("no browser"), address, "verifier")
    take(verifier, address + first(verifier, f"{address}/verification/lots/?state=reviewed"), "lot")


def first(page: Page, url: str) -> str:
    """The address of the first row of a list."""
    page.goto(url)
    return page.locator("main tbody a").first.get_attribute("href") or ""


def exchanged(page: Page, address: str) -> None:
    """What was turned away of a file, a proof that went out, and a webhook."""
    take(page, f"{address}/exchange/files/2/", "exchange-mend")
    page.goto(f"{address}/exchange/sent/1/?tab=records")
    proof_url = page.locator("main tbody a").nth(1).get_attribute("href") or ""
    page.goto(address + proof_url)
    page.locator("main .card").last.scroll_into_view_if_needed()
    kept(page, "exchange-proof")
    manager = logged_in(page.context.browser or sys.exit("no browser"), address, "manager")
    take(manager, f"{address}/exchange/webhooks/1/", "webhook")


def rounds(browser: Browser, address: str) -> None:
    """The round that goes out today on a telephone, and the one that came back with a conflict."""
    page = logged_in(browser, address, "verifier")
    page.set_viewport_size(PHONE)
    page.goto(f"{address}/verification/rounds/?state=confirmed&state=out")
    link = page.locator("main tbody a").first.get_attribute("href") or ""
    page.goto(f"{address}{link}field/")
    page.wait_for_selector(".round-line")
    kept(page, "round-list")
    page.locator(".round-line").first.click()
    kept(page, "round-line")
    manager = logged_in(browser, address, "manager")
    manager.goto(f"{address}/verification/rounds/?state=back")
    manager.goto(address + (manager.locator("main tbody a").first.get_attribute("href") or ""))
    manager.locator("[data-conflicts]").scroll_into_view_if_needed()
    kept(manager, "round-conflict")


def logged_in(browser: Browser, address: str, account: str) -> Page:
    """A page on which an account of the demo is logged in."""
    page = browser.new_context(viewport=WIDE, locale="zh-CN").new_page()
    page.goto(f"{address}/accounts/login/")
    page.fill("input[name=login]", account)
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")
    page.wait_for_url(lambda url: "login" not in url)
    return page


def gridded(page: Page, address: str) -> None:
    """The grid of the first kind that waits."""
    page.goto(f"{address}/verification/grid/")
    page.goto(address + str(page.locator("main tbody th a").first.get_attribute("href")))
    page.wait_for_selector("[data-sheet-table] tbody tr")
    kept(page, "grid")


def judged(page: Page, address: str) -> str:
    """The address of the record behind the first proof in the list."""
    page.goto(address + proof(page, address))
    return page.locator("main a[href*='/verification/records/']").first.get_attribute("href") or ""


def checked(page: Page, address: str) -> str:
    """The public address of the first proof in the list."""
    page.goto(address + proof(page, address))
    return page.locator("a[href*='/c/']").first.get_attribute("href") or ""


def carrying(page: Page, address: str) -> str:
    """The proofs of the instrument that carries the first seal in the list."""
    page.goto(f"{address}/certificates/marks/?kind=seal&state=on_instrument")
    page.goto(address + (page.locator("main tbody a").first.get_attribute("href") or ""))
    instrument = page.locator("main a[href^='/ledger/']").first.get_attribute("href") or ""
    return f"{instrument}?tab=proofs"


def proof(page: Page, address: str) -> str:
    """The address of the first proof in force."""
    page.goto(f"{address}/certificates/?state=in_force")
    return page.locator("main tbody a").first.get_attribute("href") or ""


def workbench(page: Page, address: str) -> None:
    """The result of the pressure gauge by both methods, with its drawing."""
    page.goto(f"{address}/standards/budgets/new/?example=pressure_gauge")
    page.click("button[value=evaluate]")
    page.wait_for_timeout(1500)
    page.set_viewport_size({"width": WIDE["width"], "height": 860})
    page.locator(".charts").scroll_into_view_if_needed()
    kept(page, "uncertainty")
    page.set_viewport_size(WIDE)


def compared(page: Page, address: str) -> None:
    """Lead in wine, CCQM-K30: two laboratories lie outside."""
    page.goto(f"{address}/comparison/")
    page.fill("textarea[name=table]", LEAD)
    page.fill("input[name=unit]", "mg/kg")
    page.click("main button.primary")
    page.wait_for_timeout(1500)
    kept(page, "comparison")


def take(page: Page, url: str, name: str) -> None:
    """One picture of an address."""
    page.goto(url)
    page.wait_for_timeout(1500)  # charts draw themselves
    kept(page, name)


def kept(page: Page, name: str) -> None:
    """What the page shows now, as a picture of the docs."""
    path = HERE / f"{name}.png"
    page.screenshot(path=path)
    if path.stat().st_size > LARGEST:
        sys.exit(f"{path.name} has {path.stat().st_size} bytes; at most {LARGEST} belong in the repository.")


if __name__ == "__main__":
    main(*(sys.argv[1:] or [ADDRESS]))
