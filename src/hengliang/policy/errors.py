"""Why a document can't be read.

PolicyError
├── DocumentTooLarge      more bytes or more text than a policy document has
├── EmptyDocument         nothing in it, or nothing that is text
├── UnsupportedFormat     a file of a kind that is not read here; says what to save it as
├── DamagedDocument       the kind is right, but the file can't be opened
├── GarbledDocument       text whose encoding nobody can tell, or that was lost before it came here
└── WrongLanguage         text, but not Chinese
"""

from typing import Any


class PolicyError(Exception):
    """A policy document can't be used; the message says what to do next.

    `code` names the case, `template` is the English sentence, `parameters` fill it, so that a platform can
    translate it.
    """

    code = "policy_error"
    template = "The document can't be read."

    def __init__(self, **parameters: Any) -> None:
        self.parameters = parameters
        super().__init__(self.template.format(**parameters))


class DocumentTooLarge(PolicyError):
    """The document is larger than any policy document."""

    code = "document_too_large"
    template = "The document has {size} {unit}; at most {limit} are read. Split it, or save its text alone."


class EmptyDocument(PolicyError):
    """There is no text in the document."""

    code = "empty_document"
    template = "There is no text in the document ({detail}). {remedy}"


class UnsupportedFormat(PolicyError):
    """The file is of a kind that is not read."""

    code = "unsupported_format"
    template = "This is {kind}, which is not read. {remedy}"


class DamagedDocument(PolicyError):
    """The file can't be opened as what it says it is."""

    code = "damaged_document"
    template = "The {kind} file can't be opened ({detail}). Open it in its program, save it again and retry."


class GarbledDocument(PolicyError):
    """The encoding can't be told or characters were lost."""

    code = "garbled_document"
    template = "The text is garbled ({detail}). Save the document as UTF-8, or get it again from its source."


class WrongLanguage(PolicyError):
    """The text is not Chinese."""

    code = "wrong_language"
    template = "The text is not Chinese (share of Chinese characters: {share:.0%}). Only Chinese documents are read."
