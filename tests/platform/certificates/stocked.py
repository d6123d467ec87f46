"""A body with labels and seals in its store and in hand, and the steps that lead to a mark on an instrument."""

from datetime import date
from typing import Any

from hengliang.platform.certificates.models import Mark
from hengliang.platform.certificates.services import mark_use, marks_hand_out, marks_receive
from hengliang.platform.registry.models import Instrument
from hengliang.platform.verification.models import Record
from tests.platform import slice as walk
from tests.platform.cast import Cast

LABEL, SEAL, CANCELLATION = "label", "seal", "cancellation"
SCALE = "procedure/price-scale"
BEFORE, TODAY = date(2026, 1, 5), date(2026, 3, 2)
# One grey pixel: JFIF head (20 bytes with the start), a table, frame, two Huffman tables of one code, and the scan.
JPEG = bytes.fromhex(
    "ffd8ffe000104a46494600010100000100010000"
    "ffdb004300" + "01" * 64 + "ffc0000b080001000101011100"
    "ffc40014000100000000000000000000000000000000" + "ffc40014100100000000000000000000000000000000"
    "ffda0008010100003f0037ffd9"
)


def stock(cast: Cast, kind: str = LABEL, first: str = "衡检A000001", last: str = "衡检A010000") -> None:
    """A batch in the store of the body."""
    marks_receive(actor=cast.actor("manager"), body=cast.body, kind=kind, first=first, last=last, on=BEFORE)


def hand_out(cast: Cast, first: str, last: str, kind: str = LABEL, to: str = "verifier", on: date = BEFORE) -> None:
    """A run of numbers into somebody's hands."""
    marks_hand_out(
        actor=cast.actor("manager"), body=cast.body, kind=kind, person=cast.people[to], first=first, last=last, on=on
    )


def approved(cast: Cast, instrument: Instrument, standard: Any, verdict: str = "pass") -> Record:
    """An approved record of a price scale."""
    data = walk.example(SCALE, verdict, "2017-05-30")
    return walk.approve(cast, walk.measure(cast, walk.apply_for(cast, instrument)[0], standard, data))


def put_on(cast: Cast, instrument: Instrument, number: str, kind: str = LABEL, **told: Any) -> Mark:
    """A number on an instrument of the body's, by the verifier."""
    return mark_use(
        actor=cast.actor("verifier"), number=number, kind=kind, body=cast.body, instrument=instrument,
        **({"on": TODAY} | told),
    )  # fmt: skip
