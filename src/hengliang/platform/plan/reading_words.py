"""The words that the reader of documents puts into its refusals, for the catalogue: it knows no language itself."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as says

KINDS = frozenset({
    says("an old Office file (DOC, XLS, WPS)"), says("an RTF file"), says("an image"), says("a program"),
    says("an archive"), says("a binary file"), says("an OFD file"),
    says("an archive or an Office file other than DOCX"), "DOCX", "HTML", "PDF",
})  # fmt: skip
REMEDIES = frozenset({
    says("Save it as DOCX."), says("Recognise its text first (OCR) and save that as TXT."),
    says("Choose the document itself."), says("Unpack it and choose the document."),
    says("Choose a TXT, HTML, DOCX or PDF file."), says("Export it as PDF or DOCX."), says("Choose another file."),
    says("If it holds images, recognise their text first."), says("Save the page after it has loaded fully."),
    says("Recognise its text first (OCR)."),
})  # fmt: skip
DETAILS = frozenset({
    says("the file is empty"), says("only blanks"), says("no letter in it"), says("DOCX without text"),
    says("PDF without a text layer"), says("the page holds no text"), says("it asks for a password"),
    says("characters were lost"), says("most characters are question marks"),
    says("its characters form no Chinese words"), says("no known encoding gives readable text"),
    says("its bytes do not fit the encoding that it names"),
})  # fmt: skip
UNITS = frozenset({
    says("columns of a table"), says("cells of a table"), says("bytes unpacked"), says("bytes of text unpacked"),
    says("characters"), says("lines"), says("bytes"), says("pages"), says("characters read in the time allowed"),
})  # fmt: skip
_KNOWN = KINDS | REMEDIES | DETAILS | UNITS


def reading_words(parameters: Mapping[str, Any]) -> dict[str, Any]:
    """The parameters of a refusal in the reader's language. What a library says of a broken file, in its own words
    and places in the file, helps nobody here."""
    return {name: _said(name, value) for name, value in parameters.items()}


def _said(name: str, value: Any) -> Any:
    if not isinstance(value, str):
        return value
    return _(value) if value in _KNOWN else _("its content is damaged") if name == "detail" else value
