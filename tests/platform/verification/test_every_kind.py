"""Every kind of instrument that is shipped can be verified: its form opens, a good one passes, a bad one fails."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from hengliang.metrology.judge import judge, judgement_to_json, record_from_json
from hengliang.norms import norms
from hengliang.norms.examples import examples
from hengliang.norms.suits import misfits
from hengliang.platform.core.acts import perform
from hengliang.platform.core.rights import Actor
from hengliang.platform.registry.models import CatalogueItem
from hengliang.platform.verification.rules import rule_as_used
from tests.platform import slice as walk
from tests.platform.cast import BEGIN, NOW

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
TODAY = date(2026, 3, 2)
IN_FORCE = [norm.id for norm in norms.of_kind("procedure") if norm.value_at(TODAY) is not None]


def item_of(cast, code):
    known = CatalogueItem.objects.filter(code=code).first()
    if known is not None:
        return known
    with perform(Actor.system("cast", NOW), "catalogue_load", on=BEGIN) as act:
        return CatalogueItem.objects.create(act=act, code=code, name=code)


def test_every_procedure_in_force_is_walked():
    assert len(IN_FORCE) >= 16
    assert {one.procedure for one in examples()} >= set(IN_FORCE), "each has worked records"


@pytest.mark.parametrize("procedure", IN_FORCE)
def test_a_kind_from_form_to_record(cast, procedure):
    value = norms[procedure].at(TODAY)
    client = Client()
    client.force_login(cast.accounts["verifier"], backend="django.contrib.auth.backends.ModelBackend")
    for number, verdict in enumerate(("pass", "fail")):
        data = walk.example(procedure, verdict, value.start.isoformat())
        codes = [str(code) for code in value.content["instruments"]]
        item = item_of(cast, next(code for code in codes if not misfits(value, [code], data["instrument"])))
        standard = walk.equip(cast, item)
        instrument = walk.make_instrument(cast, f"K{number}", item, "器具", tuple(data.get("parts") or ()))
        task = walk.apply_for(cast, instrument)[0]
        form = client.get(reverse("verification:record_entry", args=[task.pk])).content.decode()
        titles = [one["title"]["zh"] for one in value.content["items"] if "initial" in one.get("regimes", ["initial"])]
        always = [
            one["title"]["zh"] for one in value.content["items"] if not one.get("when") and not one.get("readings")
        ]
        missing = [title for title in titles if title in always and title not in form]
        assert not missing, f"the form does not ask for {missing}"
        assert "data-draft" in form, "a draft rule is marked where it is used"
        record = walk.measure(cast, task, standard, data)
        assert record.passed == (verdict == "pass")
        again = judge(rule_as_used(record).procedure, record_from_json(record.data))
        assert judgement_to_json(again) == record.judgement
        page = client.get(reverse("verification:record", args=[record.pk]))
        assert page.status_code == 200
        assert client.get(reverse("verification:record", args=[record.pk]) + "?tab=records").status_code == 200
