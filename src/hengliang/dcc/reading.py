"""Steps that every reader of certificate elements takes; an absent element reads as empty."""

from lxml import etree

from hengliang.dcc.document import DCC, text_of
from hengliang.dcc.quantity import Text


def child(element: etree._Element | None, name: str) -> etree._Element | None:
    """The first DCC child of that name."""
    return None if element is None else element.find(DCC + name)


def many(element: etree._Element | None, name: str) -> list[etree._Element]:
    """All DCC children of that name."""
    return [] if element is None else element.findall(DCC + name)


def said(element: etree._Element | None, name: str) -> str:
    """The text of a child, empty when absent."""
    return text_of(child(element, name))


def yes(element: etree._Element | None, name: str) -> bool | None:
    """A true or false child, None when absent or neither."""
    return {"true": True, "1": True, "false": False, "0": False}.get(said(element, name))


def ref_types(element: etree._Element) -> tuple[str, ...]:
    """The entries of `refType`."""
    return tuple((element.get("refType") or "").split())


def read_text(element: etree._Element | None) -> Text:
    """A text in its languages, with the heading of a rich text before its lines."""
    parts: dict[str | None, list[str]] = {}
    for one in [] if element is None else element.findall(f"{DCC}name/{DCC}content") + many(element, "content"):
        if text_of(one):
            parts.setdefault(one.get("lang"), []).append(text_of(one))
    return Text(tuple((language, "\n".join(lines)) for language, lines in parts.items()))
