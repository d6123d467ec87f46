"""Whether the words that a rule quotes stand in the archived text of its source."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from hengliang.norms.errors import NormProblem
from hengliang.norms.model import Norm, Value

# Characters that sources print in either width, beyond what NFKC folds.
SAME = str.maketrans(
    {"。": ".", "、": ",", "“": '"', "”": '"', "‘": "'", "’": "'", "—": "-", "–": "-", "〔": "(", "〕": ")"}
)
SPACE = re.compile(r"\s+")


def fold(text: str) -> str:
    """Text without spaces, with punctuation of one width: two prints of the same words become equal.

    >>> fold("覆盖率达 92％，以上") == fold("覆盖率达92%,以上")
    True
    """
    return SPACE.sub("", unicodedata.normalize("NFKC", text).translate(SAME))


def check_quotes(norms: Iterable[Norm], sources: Path) -> tuple[list[NormProblem], int]:
    """The quotes that their archived text does not hold, and how many were found there.

    Quotes whose source names no archive can't be checked and are left out of both.
    """
    problems, found = [], 0
    for norm in norms:
        for value in norm.values:
            if value.source.quote is None or value.source.archive is None:
                continue
            fault = _fault(value, sources)
            if fault is None:
                found += 1
            else:
                problems.append(fault)
    return problems, found


def _fault(value: Value, sources: Path) -> NormProblem | None:
    quote, archive = value.source.quote, value.source.archive
    path = sources / str(archive)
    file, line = value.place.rsplit(":", 1)
    if "/" in str(archive) or not path.is_file():
        message = f"the archive {archive} is not among the sources"
        return NormProblem(file, int(line), "no_archive", message, "Put the text there or correct the name")
    if fold(str(quote)) in _folded(path):
        return None
    message = f"{archive} does not hold the words {quote!r}"
    return NormProblem(file, int(line), "quote_not_found", message, "Quote the text as it stands, or set draft")


@lru_cache(maxsize=32)
def _folded(path: Path) -> str:
    return fold(path.read_text(encoding="utf-8", errors="replace"))
