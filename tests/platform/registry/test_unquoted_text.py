"""Texts without quotation marks are split as `csv.reader` splits them."""

import csv
import io

from hypothesis import given
from hypothesis import strategies as st

from hengliang.platform.registry.imports.text import rows_of_text

CELLS = st.text(st.sampled_from("ab1,;\t \r\n\x0b\x1c\u2028表"), max_size=40)


@given(CELLS, st.sampled_from(",;\t"))
def test_a_text_without_quotation_marks_has_the_rows_that_csv_gives_it(text, separator):
    expected = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    assert [row for _at, row in rows_of_text(text, separator)] == expected
    assert [at for at, _row in rows_of_text(text, separator)] == list(range(1, len(expected) + 1))
