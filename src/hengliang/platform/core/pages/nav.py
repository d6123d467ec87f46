"""Navigation: apps register entries under the sections of the work; a reader sees what the role can do."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hengliang.platform.core.rights import Actor

from .viewer import Visible, sees
from .words import Words

SectionKey = Literal[
    "desk", "ledger", "verification", "certificates", "in_service", "standards", "rules", "supervision", "plan", "open"
]

SECTIONS: Mapping[SectionKey, Words] = {
    "desk": _("Desk"),
    "ledger": _("Ledger"),
    "verification": _("Verification"),
    "certificates": _("Certificates"),
    "in_service": _("In service"),
    "standards": _("Standards and traceability"),
    "rules": _("Rules"),
    "supervision": _("Supervision"),
    "plan": _("Plan"),
    "open": _("Open data"),
}


@dataclass(frozen=True)
class NavEntry:
    """One entry. `url` is the name of an address without parameters; `visible` asks the actor; `order` sorts within
    the section (entries of one order stand as registered)."""

    section: SectionKey
    label: Words
    url: str
    visible: Visible | None = None
    order: int = 50


@dataclass(frozen=True)
class Link:
    """An entry as one reader sees it."""

    label: Words
    url: str
    here: bool = False


@dataclass(frozen=True)
class Section:
    """A section with the entries one reader sees."""

    key: str
    label: Words
    links: Sequence[Link] = field(default_factory=tuple)

    @property
    def here(self) -> bool:
        """Whether the page shown belongs to this section."""
        return any(link.here for link in self.links)


_ENTRIES: list[NavEntry] = []


def register_entries(*entries: NavEntry) -> None:
    """Add entries; called in the `ready` of the app that has them. Raises ValueError on an unknown section."""
    for entry in entries:
        if entry.section not in SECTIONS:
            raise ValueError(f"{entry.section!r} is no section; choose one of {', '.join(SECTIONS)}")
        if entry not in _ENTRIES:
            _ENTRIES.append(entry)


def sections_for(request: HttpRequest, actor: Actor) -> list[Section]:
    """The sections with at least one entry that `actor` sees, in the order of the work."""
    links: dict[SectionKey, list[tuple[str, Link]]] = {key: [] for key in SECTIONS}
    for entry in sorted(_ENTRIES, key=lambda one: one.order):
        if sees(entry.visible, actor):
            url = reverse(entry.url)
            links[entry.section].append((url, Link(entry.label, url)))
    here = _here(request.path, [url for found in links.values() for url, _link in found])
    return [
        Section(key, SECTIONS[key], [Link(link.label, url, url == here) for url, link in found])
        for key, found in links.items()
        if found
    ]


def _here(path: str, urls: Sequence[str]) -> str:
    """The longest address that the path lies under."""
    return max((url for url in urls if path == url or (url != "/" and path.startswith(url))), key=len, default="")
