"""A browser before the whole platform, on the test database."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings as django_settings

PATIENCE = 30_000  # milliseconds; a loaded machine is no fault of the product

django_settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def reader(browser: Any, live_server: Any) -> Iterator[Callable[..., Any]]:
    """Opens a page for somebody: `reader("owner")`, `reader(width=390, language="en", theme="dark")`.

    The test fails on any complaint of a browser, so that a breach of the content policy shows.
    """
    from tests.platform.cast import PASSWORD

    opened, faults = [], []

    def open_for(who: str = "", *, width: int = 1440, language: str = "zh-CN", theme: str = "light") -> Any:
        context = browser.new_context(
            base_url=live_server.url, viewport={"width": width, "height": 900}, color_scheme=theme, locale=language
        )
        opened.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.on("console", lambda told: faults.append(told.text) if told.type == "error" else None)
        page.on("pageerror", lambda fault: faults.append(str(fault)))
        if who:
            page.goto("/accounts/login/?next=/parties/account/")
            page.fill("[name=login]", who)
            page.fill("[name=password]", PASSWORD)
            page.press("[name=password]", "Enter")
            page.wait_for_url(lambda url: "/accounts/login" not in url)
        return page

    yield open_for
    for context in opened:
        context.close()
    assert [fault for fault in faults if not re.search("status of (404|409|422)", fault)] == []
