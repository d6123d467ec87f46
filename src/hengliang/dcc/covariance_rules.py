"""Rules about a covariance matrix of a list: square, numeric, symmetric, possible at all, and in agreement.

Source: JCGM 102:2011, 3.11 note 3 and 5.2 (a covariance matrix is symmetric and positive semi-definite).
"""

from collections.abc import Iterator
from typing import Literal

import numpy as np
from lxml import etree

from hengliang.dcc.document import SI, child_of, place, text_of, tokens
from hengliang.dcc.findings import Finding
from hengliang.dcc.numbers import NO_VALUE, is_number
from hengliang.metrology.arrays import Floats

LARGEST = 500  # rows of a matrix whose eigenvalues are computed; beyond it is said that they were not
_LOOSE = 1e-6  # of the largest entry: what the rounding of written entries may do to an eigenvalue


def matrix_texts(region: etree._Element, part: Literal["value", "unit"] = "value") -> tuple[tuple[str, ...], ...]:
    """The entries of a region's covariance matrix, or their units, column by column."""
    columns = region.findall(f"{SI}covarianceMatrix/{SI}column")
    return tuple(tuple(text_of(one.find(SI + part)) for one in column.findall(f"{SI}covariance")) for column in columns)


def check_covariance(values: etree._Element) -> Iterator[Finding]:
    """The covariance of one `realListXMLList`, if it states one."""
    for region in values.iterchildren(f"{SI}ellipsoidalRegionXMLList", f"{SI}rectangularRegionXMLList"):
        yield from _check_region(region, len(tokens(child_of(values, f"{SI}valueXMLList"))))


def _check_region(region: etree._Element, count: int) -> Iterator[Finding]:
    texts = matrix_texts(region)
    if len(texts) != count or any(len(row) != count for row in texts):
        reason = f"the matrix is not {count} by {count}, as the {count} values ask for"
        yield Finding("covariance", "invalid", place(region), reason)
        return
    odd = next((text for row in texts for text in row if text == NO_VALUE or not is_number(text)), None)
    if odd is not None:
        yield Finding("covariance", "invalid", place(region), f"{odd[:40]!r} in the matrix is no number")
        return
    if count > LARGEST:
        reason = f"a matrix of more than {LARGEST} rows is not examined for being possible"
        yield Finding("covariance", "indeterminate", place(region), reason)
        return
    fault = _fault(np.array(texts, dtype=float))
    if fault:
        yield Finding("covariance", "invalid", place(region), fault)


def _fault(matrix: Floats) -> str | None:
    if not np.isfinite(matrix).all():
        return "an entry is too large for a number"
    scale = float(np.abs(matrix).max())
    if np.abs(matrix - matrix.T).max() > _LOOSE * scale:
        return "the matrix is not symmetric"
    if np.linalg.eigvalsh(matrix).min() < -_LOOSE * scale * len(matrix):
        return "no quantities can have this covariance: an eigenvalue is negative"
    return None
