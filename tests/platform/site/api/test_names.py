"""In the description of the interface a name means one thing."""

from collections import Counter
from collections.abc import Iterator

from django.db.models import TextChoices
from ninja import Schema

from hengliang.platform.site.api.interface import api


def kinds(schema: type[Schema]) -> Iterator[type[Schema]]:
    for one in schema.__subclasses__():
        yield one
        yield from kinds(one)


def test_no_two_schemas_share_a_name():
    api.get_openapi_schema()
    ours = {one for one in kinds(Schema) if one.__module__.startswith("hengliang.") and "[" not in one.__name__}
    assert len(ours) > 40
    assert [name for name, times in Counter(one.__name__ for one in ours).items() if times > 1] == []


def test_a_choice_that_lies_in_a_model_is_told_where_it_is_used():
    told = api.get_openapi_schema()["components"]["schemas"]
    within = [one for one in TextChoices.__subclasses__() if "." in one.__qualname__]
    assert len(within) > 10
    named = [one.__qualname__ for one in within if told.get(one.__name__, {}).get("enum") == one.values]
    assert named == [], "give its type words_of(…)"
