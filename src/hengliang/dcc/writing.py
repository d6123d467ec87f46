"""Steps that every writer of certificate elements takes; an empty text writes no element."""

from lxml import etree

from hengliang.dcc.document import DCC
from hengliang.dcc.quantity import Text


def add(parent: etree._Element, name: str, text: str | None = None) -> etree._Element:
    """A new DCC child, with its text."""
    element = etree.SubElement(parent, DCC + name)
    element.text = text
    return element


def add_said(parent: etree._Element, name: str, *texts: str) -> None:
    """One DCC child for each text that is not empty."""
    for text in texts:
        if text:
            add(parent, name, text)


def add_flag(parent: etree._Element, name: str, flag: bool | None) -> None:
    """A true or false child, none when it is not known."""
    if flag is not None:
        add(parent, name, "true" if flag else "false")


def add_text(parent: etree._Element, name: str, text: Text, *, needed: bool = False) -> None:
    """A text in its languages; an empty one is written only where the format needs the element."""
    if not text and not needed:
        return
    holder = add(parent, name)
    for language, words in text.parts:
        content = add(holder, "content", words)
        if language is not None:
            content.set("lang", language)


def set_ref_types(element: etree._Element, ref_types: tuple[str, ...]) -> None:
    """The attribute `refType`, if there is anything to write."""
    if ref_types:
        element.set("refType", " ".join(ref_types))
