"""The pages of the gallery and of errors, and what every page keeps: the policy, the words, the addresses."""

import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.test import Client
from django.utils import timezone

import hengliang.platform.core
from hengliang.platform.core.pages import errors, nav, preferences
from hengliang.platform.core.pages.csp import CONTENT_SECURITY_POLICY
from hengliang.platform.core.pages.table import use_store
from hengliang.platform.core.rights import Actor, Grant, Role

CORE = Path(hengliang.platform.core.__file__).parent
ADDRESSES = [
    "",
    "?errors",
    "/table",
    "/table?q=HL&state=overdue&due_from=2026-01-01&in_use=1",
    "/table?state=nonsense",
    "/empty",
    "/object/7",
    "/object/7?tab=records",
    "/object/7?tab=proofs",
    "/object/7?tab=history",
    "/citizen/valid",
    "/citizen/unknown",
    "/question",
]


class Inline(HTMLParser):
    """Collects whatever the policy would block, and ids that stand twice."""

    def __init__(self) -> None:
        super().__init__()
        self.faults: list[str] = []
        self.ids: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "style" or (tag == "script" and "src" not in given):
            self.faults.append(tag)
        self.faults += [f"{tag} {name}" for name in given if name == "style" or name.startswith(("on", "hx-on"))]
        self.faults += [f"{tag} {value}" for value in given.values() if (value or "").strip().startswith("javascript:")]
        if given.get("id"):
            self.ids.append(str(given["id"]))


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_every_page_stands_under_the_policy(gallery: Client, address: str, language: str) -> None:
    gallery.cookies["django_language"] = language
    answer = gallery.get(f"/_pages/gallery{address}")
    assert answer.status_code == 200
    policy = answer["Content-Security-Policy"]
    assert "unsafe" not in policy and "default-src 'none'" in policy
    page = Inline()
    page.feed(answer.content.decode())
    assert page.faults == []
    assert len(page.ids) == len(set(page.ids)), sorted(one for one in page.ids if page.ids.count(one) > 1)
    assert f'lang="{language}"' in answer.content.decode()


def test_the_policy_allows_only_ourselves() -> None:
    allowed = {str(source) for sources in CONTENT_SECURITY_POLICY["DIRECTIVES"].values() for source in sources}
    assert allowed <= {"'none'", "'self'", "data:", "blob:"}


def test_no_script_evaluates_text() -> None:
    for script in (CORE / "static").rglob("*.js"):
        assert not re.search(r"\beval\(|new Function|innerHTML|document\.write", script.read_text()), script.name


def test_chinese_pages_have_no_english_left(gallery: Client) -> None:
    gallery.cookies["django_language"] = "zh-hans"
    text = re.sub(r"<[^>]+>", " ", gallery.get("/_pages/gallery/table?q=HL&in_use=1").content.decode())
    words = set(re.findall(r"[A-Za-z]{4,}", text)) - {"English", "XLSX"}
    assert {word for word in words if not word.startswith("HL")} == set()


def test_a_stop_of_many_asks_first_and_needs_a_reason(gallery: Client) -> None:
    ticked = {"ids": ["3", "5"], "all": "1", "query": "state=overdue"}
    asked = gallery.post("/_pages/gallery/stop", ticked)
    html = asked.content.decode()
    assert asked.status_code == 200 and "rows are touched" in html and 'name="all" value="1"' in html
    without = gallery.post("/_pages/gallery/stop", {**ticked, "confirmed": "1", "reason": "  "})
    assert without.status_code == 422 and "error-summary" in without.content.decode()
    done = gallery.post("/_pages/gallery/stop", {**ticked, "confirmed": "1", "reason": "broken seal"})
    assert done.status_code == 302


def test_an_object_shows_its_tabs_and_only_the_open_one(gallery: Client) -> None:
    html = gallery.get("/_pages/gallery/object/7?tab=history").content.decode()
    assert re.findall(r'href="\?tab=(\w+)"', html) == ["overview", "records", "proofs", "history"]
    assert 'class="history"' in html and 'class="facts"' not in html
    assert "A verification is under way." in html


def test_a_table_in_a_tab_answers_its_own_controls(gallery: Client) -> None:
    part = gallery.get(
        "/_pages/gallery/object/7?tab=records&q=HL", headers={"HX-Request": "true", "HX-Target": "table-gallery"}
    )
    assert part.content.decode().lstrip().startswith("<section") and "tab=records" in part["HX-Push-Url"]
    assert gallery.get("/_pages/gallery/object/7?tab=records&export=csv")["Content-Type"].startswith("text/csv")


@pytest.mark.parametrize(
    ("view", "status"),
    [(errors.bad_request, 400), (errors.permission_denied, 403), (errors.not_found, 404), (errors.csrf_failure, 403)],
)
def test_error_pages_need_nothing(ask: Any, view: Any, status: int) -> None:
    answer = view(ask())
    assert answer.status_code == status and b"<h1>" in answer.content


def test_a_broken_view_and_a_missing_page(gallery: Client) -> None:
    gallery.raise_request_exception = False
    assert "Something failed on our side" in gallery.get("/failing").content.decode()
    missing = gallery.get("/_pages/gallery/object/9999")
    assert missing.status_code == 404 and "Nothing is here" in missing.content.decode()


@pytest.mark.parametrize(
    ("language", "words"), [("zh-hans", "此页只能从列表或表单进入"), ("en", "opens only from a list")]
)
def test_what_only_a_form_comes_to_is_no_empty_page_when_opened(language: str, words: str) -> None:
    answer = Client().get("/_pages/theme", follow=True, headers={"Accept-Language": language})
    assert answer.status_code == 405 and answer["Allow"] == "POST" and words in answer.content.decode()


def test_an_act_with_nothing_ticked_says_what_to_do(gallery: Client) -> None:
    answer = gallery.post("/_pages/gallery/stop", {})
    assert answer.status_code == 400 and "Nothing is ticked." in answer.content.decode()


def test_the_reason_of_a_refusal_is_told(ask: Any) -> None:
    page = errors.permission_denied(ask(), PermissionDenied("Only the authority may <stop> it."))
    assert "Only the authority may &lt;stop&gt; it." in page.content.decode()


@pytest.mark.parametrize(("theme", "kept"), [("dark", "dark"), ("auto", "auto"), ("pink", None)])
def test_the_theme_is_kept_and_leads_back(gallery: Client, theme: str, kept: str | None) -> None:
    answer = gallery.post("/_pages/theme", {"theme": theme, "next": "/_pages/gallery/table"})
    assert answer.status_code == 302 and answer["Location"] == "/_pages/gallery/table"
    found = answer.cookies.get("theme")
    assert (found.value if found else None) == kept


@pytest.mark.parametrize("away", ["https://example.org/", "//example.org", "javascript:alert(1)", ""])
def test_nobody_is_led_away(gallery: Client, away: str) -> None:
    assert gallery.post("/_pages/theme", {"theme": "dark", "next": away})["Location"] == "/"


def test_dark_is_linked_as_chosen(gallery: Client) -> None:
    gallery.cookies["theme"] = "dark"
    html = gallery.get("/_pages/gallery/empty").content.decode()
    assert 'data-theme="dark"' in html and re.search(r'dark\.css" media="all"', html)


def test_filters_are_saved_only_for_accounts(ask: Any, rf: Any) -> None:
    from .test_table import Shelf

    shelf = Shelf()
    use_store(shelf)
    try:
        request = rf.post("/", {"table": "things", "name": "late", "query": "q=1", "next": "/list"})
        assert preferences.save_filter(request).status_code == 404
        request.actor = Actor(timezone.now(), 1, "Li", (Grant(Role.OWNER),))
        assert preferences.save_filter(request)["Location"] == "/list"
        assert [one.query for one in shelf.kept] == ["q=1"]
    finally:
        use_store(None)


@pytest.fixture
def entries(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    settings.ROOT_URLCONF = "tests.platform.core.pages.urls"
    monkeypatch.setattr(nav, "_ENTRIES", [])
    nav.register_entries(
        nav.NavEntry("open", "Look up", "pages:gallery_question"),
        nav.NavEntry("ledger", "Instruments", "pages:gallery_table", visible=lambda actor: actor.has(Role.OWNER)),
        nav.NavEntry("ledger", "All", "pages:gallery", visible=lambda actor: actor.has(Role.OWNER), order=90),
    )


def test_navigation_shows_what_the_role_can_do(entries: None, rf: Any) -> None:
    request: HttpRequest = rf.get("/_pages/gallery/table/17")
    owner = Actor(timezone.now(), 1, "Wang", (Grant(Role.OWNER),))
    assert [one.key for one in nav.sections_for(request, Actor.anonymous())] == ["open"]
    ledger, _open = nav.sections_for(request, owner)
    assert [(link.label, link.here) for link in ledger.links] == [("Instruments", True), ("All", False)]
    assert ledger.here


def test_an_unknown_section_is_refused() -> None:
    with pytest.raises(ValueError, match="kitchen"):
        nav.register_entries(nav.NavEntry("kitchen", "Sink", "x"))  # type: ignore[arg-type]
