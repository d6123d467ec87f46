"""What the tests of the pages share: the gallery's addresses, and words in a known language."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.http import HttpRequest
from django.test import Client, RequestFactory
from django.utils import translation

from hengliang.platform.core.pages import nav
from hengliang.platform.core.pages.table import saved

URLS = "tests.platform.core.pages.urls"


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def empty_navigation(monkeypatch: pytest.MonkeyPatch) -> None:
    """The apps' entries lead to addresses that the gallery does not have."""
    monkeypatch.setattr(nav, "_ENTRIES", [])


@pytest.fixture(autouse=True)
def no_saved_filters(monkeypatch: pytest.MonkeyPatch) -> None:
    """The store of the accounts needs a database; a test that wants one plugs in its own, and the first comes back."""
    monkeypatch.setattr(saved, "_store", None)


@pytest.fixture
def gallery(settings: Any) -> Client:
    """A client of the gallery; it needs no database."""
    settings.ROOT_URLCONF = URLS
    return Client(headers={"accept-language": "en"})


@pytest.fixture
def ask(rf: RequestFactory, settings: Any) -> Any:
    """Makes a request as the table sees it: `ask("?q=1", htmx=True)`."""
    settings.ROOT_URLCONF = URLS

    def make(
        address: str = "", *, target: str = "", cookies: dict[str, str] | None = None, actor: Any = None
    ) -> HttpRequest:
        headers = {"HX-Request": "true", "HX-Target": target} if target else {}
        request = rf.get(f"/list{address}", headers=headers)
        request.COOKIES.update(cookies or {})
        if actor is not None:
            request.actor = actor  # type: ignore[attr-defined]
        return request

    return make
