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


# What another width or theme can change; the rest was told by the first look at a page.
LAYOUT = (
    "color-contrast",
    "scrollable-region-focusable",
    "aria-hidden-focus",
    "button-name",
    "link-name",
    "target-size",
)


def serious(page: Any, rules: tuple[str, ...] = ()) -> dict[str, list[str]]:
    """The faults that keep somebody out, with up to three places each; of all rules, or of those named."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(_source())
    asked = {"resultTypes": ["violations"], **({"runOnly": list(rules)} if rules else {})}
    found = page.evaluate("asked => axe.run(document, asked).then((told) => told.violations)", asked)
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
