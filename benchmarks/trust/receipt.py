"""Checking one receipt: in a real browser, by the stand-alone Python file, and by the product.

    python benchmarks/trust/receipt.py [--quick]

The target is 50 ms in a browser, from the file's text to the answer, with one log key and three witnesses.
"""

import argparse
import shutil
import statistics
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from playwright.sync_api import sync_playwright

from hengliang.trust.notes import VerifierKey
from hengliang.trust.offline import check_receipt as offline
from hengliang.trust.receipt import read_receipt
from hengliang.trust.receipt_check import LogPolicy, check_receipt

SEEDS = Path(__file__).parents[2] / "tests" / "trust" / "corpus" / "seeds"
MEASURE = """async ([text, logs, witnesses, plain, rounds]) => {
  if (plain) crypto.subtle.importKey = () => Promise.reject(new Error("unknown"));
  const times = [];
  for (let round = 0; round < rounds; round++) {
    const begun = performance.now();
    const found = await check(text, logs, witnesses, 2);
    times.push(performance.now() - begun);
    if (found.verdict !== "valid") throw new Error(found.verdict);
  }
  return times;
}"""


def show(label: str, milliseconds: list[float]) -> None:
    """Print first, median and worst time."""
    first, median, worst = milliseconds[0], statistics.median(milliseconds), max(milliseconds)
    print(f"{label:44} first {first:7.1f} ms   median {median:7.1f} ms   worst {worst:7.1f} ms")


def timed(run: Callable[[], object], rounds: int) -> list[float]:
    """Milliseconds of each round."""
    found = []
    for _ in range(rounds):
        begun = time.perf_counter()
        run()
        found.append((time.perf_counter() - begun) * 1000)
    return found


def main() -> None:
    """Measure all three."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true")
    rounds = 5 if parser.parse_args().quick else 50
    content = (SEEDS / "receipt.json").read_bytes()
    log, *witnesses = (SEEDS / "keys.txt").read_text().split()
    policy = LogPolicy([VerifierKey.parse(log)], [VerifierKey.parse(one) for one in witnesses], 2)
    given = [offline.read_key(log)], [offline.read_key(one) for one in witnesses], 2
    now = datetime.now(UTC)
    show("hengliang.trust", timed(lambda: check_receipt(read_receipt(content), policy, now=now), rounds))
    show("check_receipt.py (own Ed25519)", timed(lambda: offline.answer(content, *given), rounds))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for label, plain in (
            ("Chromium, its own Ed25519", False),
            ("Chromium, Ed25519 by whole numbers", True),
        ):
            page = browser.new_page()
            page.goto(Path(offline.__file__).with_suffix(".html").as_uri())
            arguments = [content.decode(), log, "\n".join(witnesses), plain, rounds]
            show(label, page.evaluate(MEASURE, arguments))
            page.close()
        browser.close()


if __name__ == "__main__":
    main()
