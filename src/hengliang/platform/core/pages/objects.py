"""The page of one object: its title line, its acts, and the same four tabs everywhere."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from . import values
from .looks import state_tag
from .viewer import Visible, actor_of, sees
from .words import Words

Content = Callable[[HttpRequest], "SafeString | HttpResponseBase"]
"""Gives a tab's content, or the response that a table inside it asked for."""


@dataclass(frozen=True)
class Crumb:
    """One step of the way here."""

    label: Words
    url: str


@dataclass(frozen=True)
class Action:
    """A verb that leads to its page, where it is said what will happen before anything does.

    `blocked` names the reason why it can't be done now; the verb is then shown with that reason and leads nowhere.
    """

    verb: Words
    url: str
    primary: bool = False
    danger: bool = False
    blocked: Words = ""
    visible: Visible | None = None


@dataclass(frozen=True)
class Fact:
    """One line of a description list. `note` stands small beneath it."""

    label: Words
    value: Any
    note: Words = ""
    url: str = ""

    @property
    def shown(self) -> SafeString:
        """The value, rendered."""
        return values.shown(self.value)


@dataclass(frozen=True)
class Event:
    """One entry of a history: when, what, by whom, with which reason; `changes` are (label, before, after)."""

    at: dt.datetime
    says: Words
    by: Words = ""
    reason: str = ""
    changes: Sequence[tuple[Words, Any, Any]] = ()
    url: str = ""


@dataclass(frozen=True)
class Tab:
    """A tab: its key in the address, its word, its content."""

    key: str
    label: Words
    content: Content
    count: int | None = None


def facts(*lines: Fact, title: Words = "") -> SafeString:
    """A description list as a card. Put together by hand: a template of it took half of the time of a public page."""
    head = f"<h2>{_escaped(title)}</h2>" if title else ""
    return SafeString(f'<section class="card">{head}<dl class="facts">{"".join(map(_line, lines))}</dl></section>')


def _escaped(words: Words) -> str:
    return conditional_escape(str(words))


def _line(fact: Fact) -> str:
    value, note = conditional_escape(fact.shown), f"<small>{_escaped(fact.note)}</small>" if fact.note else ""
    if fact.url:
        value = SafeString(f'<a href="{conditional_escape(fact.url)}">{value}</a>')
    return f"<div><dt>{_escaped(fact.label)}</dt><dd>{value}{note}</dd></div>"


def history(events: Sequence[Event]) -> SafeString:
    """A history, newest first."""
    ordered = sorted(events, key=lambda one: one.at, reverse=True)
    return SafeString(render_to_string("core/object/history.html", {"events": ordered}))


@dataclass(frozen=True, kw_only=True)
class ObjectPage:
    """The page of one object. The title line says what it is, where, in which state, since when."""

    kind: Words
    name: str
    overview: Content
    records: Content | None = None
    proofs: Content | None = None
    history: Content | None = None
    where: Words = ""
    state: str = ""
    state_words: Words = ""
    since: dt.date | None = None
    crumbs: Sequence[Crumb] = ()
    actions: Sequence[Action] = ()
    notice: Words = ""
    context: dict[str, Any] = field(default_factory=dict)
    template: ClassVar[str] = "core/object/page.html"

    def tabs(self) -> list[Tab]:
        """The tabs that have content, always in this order."""
        named = (
            ("overview", _("Overview"), self.overview),
            ("records", _("Records"), self.records),
            ("proofs", _("Proofs"), self.proofs),
            ("history", _("History"), self.history),
        )
        return [Tab(key, label, content) for key, label, content in named if content]

    def state_tag(self) -> SafeString:
        """The state in words, with colour and shape."""
        return state_tag(self.state, self.state_words or None) if self.state else SafeString("")

    def respond(self, request: HttpRequest) -> HttpResponseBase:
        """The page with the tab the address asks for, or what a table inside that tab answers."""
        tabs = self.tabs()
        tab = next((one for one in tabs if one.key == request.GET.get("tab")), tabs[0])
        content = tab.content(request)
        if isinstance(content, HttpResponseBase):
            return content
        actor = actor_of(request)
        return render(
            request,
            self.template,
            {
                "page": self,
                "title": self.name,
                "tabs": tabs,
                "tab": tab,
                "content": content,
                "crumbs": self.crumbs,
                "actions": [one for one in self.actions if sees(one.visible, actor)],
                **self.context,
            },
        )
