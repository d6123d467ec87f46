"""How the text of a bench's file is laid out: encoding, separator, lines above the headers, decimal mark."""

from dataclasses import dataclass

from hengliang.platform.core.errors import InputRefused

ENCODINGS = {"utf-8-sig": "UTF-8", "gb18030": "GB 18030", "utf-16": "UTF-16", "big5": "Big5", "cp1252": "Windows-1252"}
SEPARATORS = (",", ";", "\t", "|")
POINT, COMMA = "point", "comma"
MOST_SKIPPED = 50


@dataclass(frozen=True, slots=True)
class Layout:
    """The text of a file; what is empty is found out from the file.

    skip : lines above the headers; None: the row in which most headers are known
    headers : whether there is a row of headers; without one the columns are called #1, #2 …
    """

    encoding: str = ""
    separator: str = ""
    skip: int | None = None
    headers: bool = True
    decimal: str = POINT

    @property
    def found_out(self) -> bool:
        """Whether the file itself tells all."""
        return not (self.encoding or self.separator or self.skip is not None or not self.headers)


def decoded(content: bytes, encoding: str) -> str:
    """The text of a file in the encoding that its profile names.

    Errors: `InputRefused` if it is not of that encoding.
    """
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as fault:
        raise InputRefused(
            "wrong_encoding",
            "The file is not in %(encoding)s, as its mapping profile says. Choose the right encoding in the profile.",
            field="file", encoding=ENCODINGS.get(encoding, encoding),
        ) from fault  # fmt: skip


def position(at: int) -> str:
    """How a column without a header of its own is called: by its place.

    >>> position(6)
    '#7'
    """
    return f"#{at + 1}"
