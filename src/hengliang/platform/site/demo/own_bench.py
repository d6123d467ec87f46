"""A bench that writes its own way, and the mapping profile that its body drew up for it."""

import base64
from typing import Any

from hengliang.platform.parties.models import Organisation
from hengliang.platform.site.demo import bench_files as files
from hengliang.platform.site.demo.work import staff
from hengliang.platform.site.demo.world import World
from hengliang.platform.verification.benches.editing import name_of
from hengliang.platform.verification.benches.profile import shipped
from hengliang.platform.verification.services import bench_profile_write

WATER, NAME = "water-three-points", "3 号水表台"
VOLUMES = ("_indicated", "_reference")


def own_rows(rows: list[list[str]]) -> list[list[str]]:
    """The rows of a water bench as this one writes them: millilitres, P and F, the day before the year."""
    keys = [column.key for column in shipped()[WATER].columns]
    made = []
    for row in rows:
        told = dict(zip(keys, row, strict=True))
        for key in keys:
            if key.endswith(VOLUMES):
                told[key] = f"{float(told[key]) * 1000:.0f}"
        year, month, day = told["verified_on"].split("-")
        told |= {"verified_on": f"{day}/{month}/{year} 09:30", "appearance": "P", "tightness": "P"}
        made.append([told[key] for key in keys])
    return made


def own_heads() -> list[str]:
    """The headers of this bench, none of which is usual."""
    return [f"CH{at:02d}_{column.key.upper()}" for at, column in enumerate(shipped()[WATER].columns, start=1)]


def own_document() -> dict[str, Any]:
    """What its manager said of the columns."""
    base, heads = shipped()[WATER], own_heads()
    head = dict(zip((column.key for column in base.columns), heads, strict=True))
    identity: list[dict[str, Any]] = [{"key": one.key, "names": [head[one.key]]} for one in base.identity]
    next(row for row in identity if row["key"] == "verified_on")["form"] = "dmy"
    attributes = [
        {"key": one.key, "names": [head[one.key]], "words": dict(one.words), "title": name_of(one)}
        | ({"suffix": one.suffix} if one.suffix else {})
        | ({"prefix": one.prefix} if one.prefix else {})
        for one in base.attributes
    ]
    readings: list[dict[str, Any]] = []
    for one in base.readings:
        row: dict[str, Any] = {
            "key": one.column.key,
            "names": [head[one.column.key]],
            "item": one.item,
            "cell": one.cell,
        }
        row |= {"title": name_of(one.column)} | ({"point": one.point} if one.point else {})
        if one.column.key.endswith(VOLUMES):
            row |= {"unit": "mL", "wanted": "L"}
        if one.point is None:
            row["words"] = {"P": "yes", "F": "no"}
        readings.append(row)
    return {
        "base": WATER, "file": {}, "identity": identity, "attributes": attributes, "readings": readings,
        "tried": {"item": "WATER-L", "regime": "initial"},
    }  # fmt: skip


def draw_up(world: World, body: Organisation, content: bytes) -> None:
    """The profile of that bench, with the first rows of a file as its sample."""
    bench_profile_write(
        actor=staff("manager", world, 20), body=body, name=NAME, document=own_document(),
        sample=base64.b64encode(content[: content.index(b"\n", 2_000) + 1]).decode(), version=0,
    )  # fmt: skip


def own_file(rows: list[list[str]]) -> bytes:
    """The file of that bench."""
    return files.sheet(WATER, own_rows(rows), head=own_heads())
