"""How a load point of a file with several rows a meter is called: by its cells, beside what was read there."""

import re
import unicodedata
from collections.abc import Iterable

_ZEROS = re.compile(r"(?<![\d.])(\d+)(?:\.0+|(\.\d*?[1-9])0+)(?!\d)")
_COMMA = re.compile(r"(?<=\d),(?=\d)")
# Headers are compared without what stands in brackets and without stars; of a point they are part of the name.
_PART_OF_NAME = str.maketrans("()（）*", "[][]×")
BETWEEN = "·"


def point_name(cells: Iterable[str]) -> str:
    """The name of a point, of the cells that say which it is.

    >>> point_name(["Imax", "0.5L"]), point_name(["起动（0.4%）", ""])
    ('Imax·0.5L', '起动[0.4%]')
    """
    return BETWEEN.join(filter(None, (cell.strip().translate(_PART_OF_NAME) for cell in cells)))


def heading(point: str, value: str, run: str) -> str:
    """The header of a reading: the point, what was read there, and the run.

    >>> heading("Imax·1.0", "误差", "2")
    'Imax·1.0 误差2'
    """
    return f"{point} {value}{run}"


def alike(name: str) -> str:
    """A name as it is compared: 1, 1.0 and 1,0 are one number; the width of signs, blanks and capitals say nothing.

    >>> alike("Imax·1.0  误差1") == alike("IMAX 1 误差1") == alike("Imax 1,00 误差1")
    True
    """
    text = unicodedata.normalize("NFKC", name).translate(_PART_OF_NAME).replace(BETWEEN, " ").lower()
    text = _ZEROS.sub(lambda found: found[1] + (found[2] or ""), _COMMA.sub(".", text))
    return " ".join(text.split())
