"""What an evaluation was asked for; part of every result, since results are only comparable under equal settings."""

import hashlib
from dataclasses import asdict, dataclass
from typing import Any

import hengliang
from hengliang.trust import canonical

# What is asked where nothing else is said: meters of class 2 (A), masters and transformers of class 0.5 (S).
LIMIT = 0.02
CLASS = 0.005


@dataclass(frozen=True, slots=True)
class Settings:
    """Settings of an evaluation.

    domain : as `metrology.balance` names them
    limit : tolerance band of a meter's error [fraction]
    interval : seconds of a period
    begin, end : local seconds of the window, None for all that there is
    until : last batch that counts, None for all
    master_class, transformer_class : limits of error where the topology does not say them [fractions]
    clock : standard uncertainty of a meter's clock [s]
    """

    domain: str = "electricity"
    limit: float = LIMIT
    interval: int = 3600
    begin: int | None = None
    end: int | None = None
    until: int | None = None
    master_class: float = CLASS
    transformer_class: float = CLASS
    clock: float = 0.0

    def as_json(self) -> dict[str, Any]:
        """The settings as a JSON object."""
        return asdict(self)


def run_name(state: str, settings: Settings) -> str:
    """The name of an evaluation: equal for equal readings, settings and software, so that it can be resumed."""
    content = {"state": state, "settings": settings.as_json(), "software": hengliang.__version__}
    return hashlib.sha256(canonical.write(content)).hexdigest()[:16]
