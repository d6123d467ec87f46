"""Search by any part of a text, in Chinese or Latin letters, without an extension of the database.

A text is indexed by its bigrams (GIN over `hengliang_bigrams(text)`); a search asks for all bigrams of the needle and
checks the order with LIKE. Measured on 310,000 rows: 0.2 ms against 54 ms for the scan. A single character matches
by its prefix bigram only and is therefore answered by LIKE on the rows in scope.
"""

from typing import Any, TypeVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Func, TextField, Value

Rows = TypeVar("Rows", bound="models.QuerySet[Any]")

# In PL/pgSQL, over an array of characters: 46 µs a text of 87 characters, where the same in SQL with
# array_agg(DISTINCT substr(…)) took 228 µs. Twice the same bigram does no harm: the index keeps each key once.
CREATE_FUNCTION = """
CREATE OR REPLACE FUNCTION hengliang_bigrams(haystack text) RETURNS text[]
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE STRICT AS $$
DECLARE
    grams text[] := string_to_array(lower(haystack), NULL);
BEGIN
    IF cardinality(grams) < 2 THEN
        RETURN '{}';
    END IF;
    FOR i IN 1 .. cardinality(grams) - 1 LOOP
        grams[i] := grams[i] || grams[i + 1];
    END LOOP;
    RETURN trim_array(grams, 1);
END $$
"""


class Bigrams(Func):
    """The bigrams of a text, as the index holds them."""

    function = "hengliang_bigrams"
    output_field = ArrayField(TextField())
    arity = 1


def search_index(name: str, field: str = "search_text") -> GinIndex:
    """The index that `matching` needs on a model's search text."""
    return GinIndex(Bigrams(field), name=name)


def initials(text: str) -> str:
    """The pinyin initials of a Chinese text: 加油机 gives `jyj`; letters and digits stay."""
    from pypinyin import Style, lazy_pinyin  # its dictionary takes 0.3 s to read: only who writes rows pays

    return "".join(lazy_pinyin(text, style=Style.FIRST_LETTER)).lower()


def search_text(*parts: str) -> str:
    """What a row is found by: its parts and the pinyin initials of the Chinese among them."""
    words = [part.strip().lower() for part in parts if part and part.strip()]
    return " ".join([*words, *(initials(w) for w in words if not w.isascii())])


def matching(rows: Rows, needle: str, field: str = "search_text") -> Rows:
    """The rows whose search text holds every word of the needle."""
    for word in needle.lower().split():
        if len(word) > 1:
            rows = rows.alias(grams=Bigrams(field)).filter(grams__contains=Bigrams(Value(word)))
        rows = rows.filter(**{f"{field}__contains": word})
    return rows
