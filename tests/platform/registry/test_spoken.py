"""Names of the catalogue are said in the language of the page."""

import pytest
from django import forms
from django.utils import translation

from hengliang.norms.catalogue import catalogue_of
from hengliang.platform.core.rules import rules
from hengliang.platform.registry.models import CatalogueItem
from hengliang.platform.registry.spoken import NORM, spoken


def test_every_item_of_every_edition_has_an_english_name_of_its_own():
    for value in rules()[NORM].editions():
        items = catalogue_of(value).values()
        assert [item.code for item in items if not item.en or not item.en.isascii()] == []
        assert len({item.en for item in items}) == len(items)


@pytest.mark.parametrize(
    ("language", "name", "says"),
    [
        ("zh-hans", "燃油加油机", "燃油加油机"),
        ("en", "燃油加油机", "Fuel dispenser"),
        ("en-gb", "电子计价秤", "Electronic price-computing scale"),
        ("en", "老王的秤", "老王的秤"),
    ],
)
def test_a_name_in_the_language_of_the_page(language, name, says):
    with translation.override(language):
        assert spoken(name) == says


@pytest.mark.parametrize(("language", "says"), [("zh-hans", "燃油加油机"), ("en", "Fuel dispenser")])
def test_forms_to_choose_from_say_it_in_that_language(language, says):
    item = CatalogueItem(code="9001", name="燃油加油机", name_en="Fuel dispenser")
    with translation.override(language):
        assert forms.ModelChoiceField(None).label_from_instance(item) == says
