"""What the city's body measured is judged again by the edition of its day, and comes to the same verdict.

It has the size of the loader's first stage (100 owners, 900 instruments), with up to 120 verifications instead of 20:
what the whole city has more of is the same kinds again. Each kind is walked in `verification/test_every_kind`.
"""

import json
from datetime import date
from random import Random

import pytest
from django.test.utils import override_settings
from django.utils import timezone
from pytest_django.fixtures import Settings

from hengliang.metrology.judge import judge, judgement_to_json, record_from_json
from hengliang.norms import procedure_of
from hengliang.norms.kept import kept_value
from hengliang.platform.certificates.models import Certificate
from hengliang.platform.core.rights import Actor
from hengliang.platform.core.rules import rules
from hengliang.platform.site.demo.ledger import make_ledger
from hengliang.platform.site.demo.loader import SEED
from hengliang.platform.site.demo.owners import give_accounts, make_owners
from hengliang.platform.site.demo.work import make_work
from hengliang.platform.site.demo.world import World, make_world
from hengliang.platform.verification.models import Record
from tests.platform.ground import Ground

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture(scope="module")
def city(ground: Ground, tmp_path_factory: pytest.TempPathFactory) -> World:
    with override_settings(TRAINING=True, NORMS_FOLDER=tmp_path_factory.mktemp("city") / "norms"):
        return ground.enter(make_city)


@pytest.fixture(autouse=True)
def training(settings: Settings) -> None:
    settings.TRAINING = True


def make_city() -> World:
    rng = Random(SEED)
    world = make_world(Actor.system("演示城市", timezone.now()))
    owners = make_owners(world, rng, 100)
    give_accounts(world, owners)
    make_ledger(world, rng, owners, 900)
    make_work(world, rng, 120)
    return world


def test_every_stored_record_gives_the_same_judgement(city):
    records = list(Record.objects.select_related("rule").order_by("pk"))
    assert len(records) >= 15
    assert len({record.procedure for record in records}) >= 4
    for record in records:
        edition = rules()[record.procedure].at(record.verified_on)
        assert edition.start == date.fromisoformat(record.edition), "the edition in force on that day"
        measured = record_from_json(record.data)
        assert judgement_to_json(judge(procedure_of(edition), measured)) == record.judgement
        kept = kept_value(record.rule.content, record.rule.provenance, kind="procedure")
        assert judgement_to_json(judge(procedure_of(kept), measured)) == record.judgement
        assert record.passed == (record.judgement["verdict"] == "pass")


def test_every_proof_says_what_its_record_says(city):
    proofs = list(Certificate.objects.select_related("record"))
    assert proofs
    for proof in proofs:
        assert json.loads(json.dumps(proof.content["results"])) == proof.record.judgement
        assert proof.content["rule"]["hash"] == proof.record.rule_id
        assert (proof.training, proof.content["rule"]["draft"]) == (True, True), "nobody approved the city's rules"
