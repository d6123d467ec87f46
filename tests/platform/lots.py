"""Lots, as the tests walk them: what each step needs is made here."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from hengliang.platform.core.acts import perform
from hengliang.platform.core.rights import Actor
from hengliang.platform.registry.models import CatalogueItem
from hengliang.platform.site.demo import bench_files as files
from hengliang.platform.standards.models import MeasurementStandard
from hengliang.platform.verification.benches.profile import shipped
from hengliang.platform.verification.models import Lot
from hengliang.platform.verification.services import lot_approve, lot_read, lot_receive, lot_review, lot_submit
from tests.platform import slice as walk
from tests.platform.cast import BEGIN, NOW, Cast

ITEMS = {
    "electricity-wide": ("ELEC", "ELEC-1", "单相电子式交流电能表"),
    "water-three-points": ("WATER", "WATER-S25", "饮用冷水水表"),
    "gas-diaphragm": ("GAS", "GAS-DIA-NG", "膜式燃气表"),
}


@dataclass
class Bench:
    """A bench with its item and its measurement standard, in order."""

    profile: str
    item: CatalogueItem
    standard: MeasurementStandard


def bench(cast: Cast, profile: str, **until: Any) -> Bench:
    """A bench of the cast's body."""
    family, code, name = ITEMS[profile]
    with perform(Actor.system("cast", NOW), "catalogue_load", on=BEGIN) as act:
        above = CatalogueItem.objects.create(act=act, code=family, name=f"{name}类")
        item = CatalogueItem.objects.create(act=act, code=code, name=name, parent=above)
    return Bench(profile, item, walk.equip(cast, item, **until))


def lines(profile: str, count: int, **how: Any) -> list[list[str]]:
    """The rows of a file."""
    return list(files.rows(shipped()[profile], count, **how))


def received(cast: Cast, bench: Bench, content: bytes, *, by: str = "verifier", **told: Any) -> Lot:
    """A file sent."""
    return lot_receive(
        actor=cast.actor(by), body=cast.body, item=bench.item, bench="1号检定装置", standards=[bench.standard],
        file_name="bench.csv", chunks=[content], **told,
    )  # fmt: skip


def sent(cast: Cast, bench: Bench, rows: Sequence[Sequence[str]], **told: Any) -> Lot:
    """A file sent and read."""
    lot = received(cast, bench, files.sheet(bench.profile, rows), **told)
    return lot_read(actor=cast.actor("verifier"), lot=lot)


def approved(cast: Cast, lot: Lot, **how: Any) -> Lot:
    """Submitted, reviewed and approved by three people."""
    lot_submit(actor=cast.actor("verifier"), lot=lot, **how)
    lot_review(actor=cast.actor("reviewer"), lot=lot)
    lot_approve(actor=cast.actor("approver"), lot=lot)
    return lot
