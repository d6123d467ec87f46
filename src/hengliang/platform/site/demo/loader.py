"""The stages of the load."""

from random import Random
from typing import Literal

import structlog
from django.conf import settings
from django.utils import timezone

from hengliang.platform.core.rights import Actor
from hengliang.platform.site.demo.ledger import make_ledger
from hengliang.platform.site.demo.owners import give_accounts, make_owners
from hengliang.platform.site.demo.work import make_work
from hengliang.platform.site.demo.world import found_world, make_world

SEED = 20350101
SIZES = {"first": (100, 900, 20), "rest": (1_120, 19_300, 480)}  # organisations, instruments, verifications
log = structlog.get_logger(__name__)


def load(stage: Literal["first", "rest"]) -> None:
    """Load a stage. Proofs are issued for training only: no rule of the demo city was approved by anybody."""
    settings.TRAINING = True
    actor = Actor.system("演示城市", timezone.now())
    rng = Random(SEED + (stage == "rest"))  # noqa: S311 - a repeatable city, no secret
    organisations, instruments, work = SIZES[stage]
    world = make_world(actor) if stage == "first" else found_world(actor)
    owners = make_owners(world, rng, organisations)
    if stage == "first":
        give_accounts(world, owners)
    make_ledger(world, rng, owners, instruments)
    done = make_work(world, rng, work)
    log.info("demo_loaded", stage=stage, organisations=organisations, instruments=instruments, verifications=done)
