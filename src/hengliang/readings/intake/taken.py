"""What was read in one import: dense blocks, keys, refusals, and a report per file."""

from dataclasses import dataclass, field

from hengliang.readings.grid import Block
from hengliang.readings.intake.dense import Dense
from hengliang.readings.intake.keys import Keys
from hengliang.readings.intake.refusals import Refusals


@dataclass(slots=True)
class FileReport:
    """What became of one file."""

    file: str
    form: str
    rows: int = 0
    readings: int = 0
    empty: int = 0
    refused: int = 0
    interval: int = 0
    skewed: int = 0
    ignored: list[dict[str, str]] = field(default_factory=list)


@dataclass(slots=True)
class Intake:
    """Everything that was read in one import, before it is put in order.

    offset : seconds east of Greenwich of the store's days
    together : per file, the keys that it has named
    """

    offset: int
    keys: Keys = field(default_factory=Keys)
    together: list[set[int]] = field(default_factory=list)
    blocks: dict[Block, Dense] = field(default_factory=dict)
    refusals: Refusals = field(default_factory=Refusals)
    files: list[FileReport] = field(default_factory=list)
    skewed: list[tuple[int, int, int]] = field(default_factory=list)
    passed_over: list[dict[str, str]] = field(default_factory=list)
    refused_files: list[dict[str, str]] = field(default_factory=list)

    def block(self, month: int, interval: int) -> Dense:
        """The dense array of a month."""
        return self.blocks.setdefault(Block(month, interval), Dense(Block(month, interval)))
