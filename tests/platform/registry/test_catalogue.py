"""The catalogue from the norm, and the nearest name."""

import pytest

from hengliang.platform.core.errors import NotPermitted
from hengliang.platform.core.rights import Actor
from hengliang.platform.registry.models import CatalogueItem
from hengliang.platform.registry.selectors.catalogue import catalogue_list, catalogue_names, nearest_names
from hengliang.platform.registry.services import catalogue_load
from tests.platform.cast import NOW


def test_the_norm_becomes_the_table_and_again_the_same(cast):
    before = CatalogueItem.objects.get(code="FUEL")
    count = catalogue_load(actor=cast.actor("administrator"))
    assert catalogue_load(actor=Actor.system("job", NOW)) == count == CatalogueItem.objects.count()
    fuel = CatalogueItem.objects.get(code="FUEL")
    assert (fuel.pk, fuel.regime, fuel.control) == (before.pk, "periodic", "P+V")
    glass = CatalogueItem.objects.select_related("parent").get(code="THERM-GLASS")
    assert (glass.parent.code, glass.regime, glass.purposes) == ("THERM", "first_till_failure", ["medical"])
    assert CatalogueItem.objects.get(code="WATER-S25").regime == "first_limited_life"
    assert [item.below for item in catalogue_list() if item.code == "THERM"] == [3]
    names = catalogue_names()
    assert [item.code for item in nearest_names("加油机", names)][:1] == ["FUEL"]
    assert "WATER-S25" in [item.code for item in nearest_names("冷水水表", names)]
    assert nearest_names("zzzz", names) == []


def test_only_the_administrator_loads_it(cast):
    with pytest.raises(NotPermitted):
        catalogue_load(actor=cast.actor("authority"))
