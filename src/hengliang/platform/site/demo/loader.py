"""The stages of the load."""

from collections.abc import Callable
from random import Random
from typing import Literal

import structlog
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from hengliang.platform.core.acts import perform
from hengliang.platform.core.models import Act
from hengliang.platform.core.rights import Actor
from hengliang.platform.site.demo.agreed import make_agreed
from hengliang.platform.site.demo.budgets import make_budgets
from hengliang.platform.site.demo.counter import make_counter
from hengliang.platform.site.demo.daily import make_daily
from hengliang.platform.site.demo.exchange import make_exchange
from hengliang.platform.site.demo.jobs import make_jobs
from hengliang.platform.site.demo.ledger import make_ledger
from hengliang.platform.site.demo.lots import make_lots
from hengliang.platform.site.demo.marking import make_marks
from hengliang.platform.site.demo.marks import stock_up
from hengliang.platform.site.demo.owners import give_accounts, make_owners
from hengliang.platform.site.demo.plan import freeze_plan, make_plan
from hengliang.platform.site.demo.rounds import make_rounds
from hengliang.platform.site.demo.supervised import make_supervised
from hengliang.platform.site.demo.transfers import make_transfers
from hengliang.platform.site.demo.work import make_work
from hengliang.platform.site.demo.world import BODIES, World, designate, equip, found_world, make_world

SEED = 20350101
# What the city shows beside its plain work, in this order.
CHAPTERS: dict[str, Callable[[World], None]] = {
    "计量发展规划": make_plan,
    "检定的各种方式": make_jobs,
    "巡回检定": make_rounds,
    "与其他系统交换": make_exchange,
    "检定台批次": make_lots,
    "不确定度预算": make_budgets,
    "检定标志": make_marks,
    "收发与收费": make_counter,
    "器具转移": make_transfers,
    "二次仲裁、待清除标志与更正": make_daily,
    "约定的业务": make_agreed,
    "整改与疑点": make_supervised,
}
SIZES = {"first": (80, 500, 10), "rest": (1_120, 19_600, 480)}  # organisations, instruments, verifications
log = structlog.get_logger(__name__)


def load(stage: Literal["first", "rest"]) -> None:
    """Load a stage. Proofs are for training only: nobody approved a rule of the demo city.

    The first stage is there whole or not at all. A second stage that was killed goes on when it is called again: each
    chapter and the ledger are written once, its work is act after act, so that nobody waits for a number that it holds.
    """
    settings.TRAINING = True
    actor = Actor.system("演示城市", timezone.now())
    rng = Random(SEED + (stage == "rest"))  # noqa: S311 - a repeatable city, no secret
    done = _load_first(actor, rng) if stage == "first" else _load_rest(actor, rng)
    organisations, instruments, _work = SIZES[stage]
    log.info("demo_loaded", stage=stage, organisations=organisations, instruments=instruments, verifications=done)


@transaction.atomic
def _load_first(actor: Actor, rng: Random) -> int:
    organisations, instruments, work = SIZES["first"]
    world = make_world(actor)
    owners = make_owners(world, rng, organisations)
    give_accounts(world, owners)
    make_ledger(world, rng, owners, instruments)
    stock_up(world)
    done = make_work(world, rng, work)
    designate(world, BODIES[:1])
    return done


def _load_rest(actor: Actor, rng: Random) -> int:
    organisations, instruments, work = SIZES["rest"]
    world = found_world(actor)
    for title, make in CHAPTERS.items():
        _once(world, title, make)

    def fill(world: World) -> None:
        equip(world, BODIES[1:-1])
        make_ledger(world, rng, make_owners(world, rng, organisations), instruments)

    _once(world, "其他机构与全城台账", fill)
    done = make_work(world, rng, work)
    _once(world, "其他机构的指定", lambda world: designate(world, BODIES[1:-1]))
    freeze_plan(world)
    return done


def _once(world: World, title: str, make: Callable[[World], None]) -> None:
    if Act.objects.filter(kind="demo_load", reason=title).exists():
        return
    with transaction.atomic():
        make(world)
        with perform(world.actor, "demo_load", reason=title) as act:
            act.content = {"chapter": title}
