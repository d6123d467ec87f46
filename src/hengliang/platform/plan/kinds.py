"""The kinds of achievements, as the rule `plan/achievement-kinds` has them on a day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from hengliang.platform.core.rules import rules
from hengliang.platform.plan.words import said


@dataclass(frozen=True)
class Kind:
    """A kind of achievement, and the stages that it has."""

    code: str
    words: Mapping[str, str]
    stages: tuple[str, ...]

    @property
    def title(self) -> str:
        """Its name in the reader's language."""
        return said(self.words)


def kinds(on: date) -> dict[str, Kind]:
    """All kinds of a day by their codes."""
    rows = rules()["plan/achievement-kinds"].at(on).content["rows"]
    return {row["code"]: Kind(row["code"], {"zh": row["zh"], "en": row["en"]}, _stages(row["stages"])) for row in rows}


def _stages(given: str | list[str]) -> tuple[str, ...]:
    return (given,) if isinstance(given, str) else tuple(given)
