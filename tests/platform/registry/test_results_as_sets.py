"""Results entered and taken back as sets say the same as one by one."""

from datetime import date, timedelta
from random import Random

import pytest
from django.db import connection, transaction

from hengliang.platform.core.acts import perform
from hengliang.platform.core.errors import Refused
from hengliang.platform.core.rights import Actor
from hengliang.platform.registry.models import InstrumentState
from hengliang.platform.registry.services import (
    results_prepared,
    verification_result_enter,
    verification_result_withdraw,
    verification_results_enter,
    verification_results_withdraw,
)
from tests.platform import slice as walk
from tests.platform.cast import NOW

pytestmark = pytest.mark.django_db
ACTOR = Actor.system("sets", NOW)
FACTS = ("instrument_id", "valid_from", "valid_to", "last_on", "last_result", "due_on", "status", "owner_id")


def known():
    """What the ledger says now, every version."""
    return sorted(InstrumentState.objects.known().values_list(*FACTS), key=str)


def one_by_one(entries):
    with perform(ACTOR, "earlier_result_enter", reason="纸质证书") as act:
        for instrument, day, passed, due in entries:
            try:
                verification_result_enter(
                    actor=ACTOR, act=act, instrument=instrument, verified_on=day, passed=passed, due_on=due
                )
            except Refused:
                continue


def fill(entries):
    with connection.cursor() as cursor:
        for instrument, day, passed, due in entries:
            cursor.execute(
                "INSERT INTO result_entry VALUES (%s, %s, %s, %s, %s, '')",
                [instrument.pk, day, day, "pass" if passed else "fail", due if passed else min(due or day, day)],
            )


def as_a_set(entries):
    with perform(ACTOR, "earlier_result_enter", reason="纸质证书") as act, results_prepared():
        fill(entries)
        return verification_results_enter(act=act)


def both(one, many):
    """What each of two ways leaves in the same ledger."""
    found = []
    for way in (one, many):
        with transaction.atomic():
            way()
            found.append(known())
            transaction.set_rollback(True)
    return found


@pytest.fixture
def instruments(cast):
    return [walk.make_instrument(cast, f"M{n}", cast.scale, "秤") for n in range(6)]


def entries_of(instruments, rng):
    day = date(2025, 1, 1) + timedelta(days=rng.randrange(400))
    return [
        (one, day + timedelta(days=rng.randrange(20)), rng.random() < 0.7, day + timedelta(days=364))
        for one in instruments
    ]


@pytest.mark.parametrize("seed", range(8))
def test_a_set_is_entered_as_one_by_one(instruments, seed):
    rng = Random(seed)
    for _ in range(rng.randrange(3)):
        one_by_one(entries_of(instruments[:4], rng))
    entries = entries_of(instruments, rng)
    one, many = both(lambda: one_by_one(entries), lambda: as_a_set(entries))
    assert one == many


@pytest.mark.parametrize("seed", range(8))
def test_a_set_is_taken_back_as_one_by_one(instruments, seed):
    rng = Random(seed)
    one_by_one(entries_of(instruments[:4], rng))
    entries = entries_of(instruments, rng)
    one_by_one(entries)
    if seed % 2:
        one_by_one(entries_of(instruments[2:4], rng))

    def singly():
        with perform(ACTOR, "earlier_result_enter", reason="撤销") as act:
            for instrument, day, _passed, _due in entries:
                verification_result_withdraw(actor=ACTOR, act=act, instrument=instrument, verified_on=day)

    def together():
        with perform(ACTOR, "earlier_result_enter", reason="撤销") as act, results_prepared():
            fill(entries)
            verification_results_withdraw(act=act, on=ACTOR.today)

    one, many = both(singly, together)
    assert one == many
