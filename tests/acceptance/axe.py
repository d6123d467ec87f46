"""What axe and the eye of a phone find wrong on a page."""

from functools import cache
from pathlib import Path
from typing import Any

import pytest

SERIOUS = ("serious", "critical")


@cache
def _source() -> str:
    package = pytest.importorskip("axe_playwright_python")
    return (Path(package.__file__).parent / "axe.min.js").read_text()


def serious(page: Any) -> dict[str, list[str]]:
    """The faults that keep somebody out, with up to three places each."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(_source())
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']}).then((told) => told.violations)")
    return {
        fault["id"]: [node["html"][:160] for node in fault["nodes"]][:3]
        for fault in found
        if fault["impact"] in SERIOUS
    }


def sideways(page: Any) -> list[str]:
    """What sticks out of a page that scrolls sideways."""
    return page.evaluate(
        """() => document.documentElement.scrollWidth <= innerWidth ? [] : [...document.querySelectorAll("body *")]
        .filter((one) => one.getBoundingClientRect().right > innerWidth + 1).slice(0, 3)
        .map((one) => one.outerHTML.slice(0, 160))"""
    )
