"""The words of a reading: its role in a node, its kind, and what is known about a single slot."""

from enum import IntFlag, StrEnum
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Integers = NDArray[np.int64]
Bytes = NDArray[np.uint8]

# A slot without a reading. No register can reach it: the largest bulk meter needs 2^45 in its last digit.
MISSING = int(np.iinfo(np.int64).min)


class Role(StrEnum):
    """Which side of a node a meter measures; a sensor of conditions measures none."""

    INFLOW = "inflow"
    OUTFLOW = "outflow"
    STOCK = "stock"
    CONDITION = "condition"


class Kind(StrEnum):
    """What a number is: a cumulative register, the amount of one interval, or a level (stock)."""

    REGISTER = "register"
    INTERVAL = "interval"
    LEVEL = "level"


class Condition(StrEnum):
    """What is measured beside the quantity and explains a part of what is lost; a channel of its own."""

    PRESSURE = "pressure"
    TEMPERATURE = "temperature"
    SUPPLY = "supply_temperature"
    RETURN = "return_temperature"
    GROUND = "ground_temperature"


CONDITIONS = frozenset(str(one) for one in Condition)


class Flag(IntFlag):
    """What only the raw rows could tell about a slot; findings of the checks are computed anew, not stored."""

    SKEWED = 1
    DUPLICATE = 2
    CONFLICT = 4
    ESTIMATED = 8


# Slots with one of these are kept, shown, and left out of an evaluation.
UNUSABLE = Flag.SKEWED | Flag.CONFLICT | Flag.ESTIMATED


class Series(NamedTuple):
    """One stored sequence of numbers.

    meter : identification of the meter
    channel : `import` or `export` (back-feed of PV), with the tariff after a colon where it is not the total; or a
        `Condition`
    kind : what the numbers are
    exponent : power of ten of the last digit, in base units (kWh, m3, GJ)
    unit : base unit
    """

    meter: str
    channel: str = "import"
    kind: Kind = Kind.REGISTER
    exponent: int = -2
    unit: str = "kWh"


class Link(NamedTuple):
    """Which meter hangs on which node, from when to when, with which factor.

    factor : what one base unit on the register stands for (倍率; for pulse counts divided by the constant)
    begin, end : local days, ISO; `begin` included, `end` excluded, None for open
    maker, model, year : the meter's batch, as far as known
    accuracy : accuracy class as written on the plate
    """

    node: str
    meter: str
    role: Role
    factor: float = 1.0
    begin: str | None = None
    end: str | None = None
    maker: str = ""
    model: str = ""
    year: str = ""
    accuracy: str = ""

    def as_json(self) -> dict[str, Any]:
        """The link as a JSON object, empty fields left out."""
        return {
            name: str(value) if name == "role" else value
            for name, value in self._asdict().items()
            if value not in (None, "")
        }
