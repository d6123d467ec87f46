"""What an evaluation was asked for; part of every result, since results are only comparable under equal settings."""

import hashlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

from hengliang.norms.coefficients import Coefficients, coefficients_of
from hengliang.norms.load import Norms
from hengliang.readings.evaluation.binding import software
from hengliang.trust import canonical

HOUR = 3600


@dataclass(frozen=True, slots=True)
class Settings:
    """Settings of an evaluation; `of` takes from the norms what is not said.

    domain : as `metrology.balance` names them
    limit : tolerance band of a meter's error [fraction]
    interval : seconds of a period
    begin, end : local seconds of the window, None for all that there is
    until : last batch that counts, None for all
    master_class, transformer_class : limits of error where the topology does not say them [fractions]
    clock : standard uncertainty of a meter's clock [s]
    classes : limits of accuracy classes that are letters [fractions]
    lot_share : largest part of a batch that may lie beyond the limit [fraction]
    rules : provenance of what the norms gave
    """

    domain: str
    limit: float
    master_class: float
    transformer_class: float
    clock: float
    classes: Mapping[str, float]
    lot_share: float
    interval: int = HOUR
    begin: int | None = None
    end: int | None = None
    until: int | None = None
    rules: tuple[Mapping[str, Any], ...] = ()

    @classmethod
    def of(cls, rules: Norms, on: date, domain: str = "electricity", **said: Any) -> "Settings":
        """Settings by the rules in force on a day.

        said : fields that are given otherwise; None counts as not said

        Raises
        ------
        NormError : there is no rule for the domain or the day
        """
        table, letters = (coefficients_of(rules[f"inservice/{name}"].at(on)) for name in _TABLES)
        share = rules["inservice/lot-criterion"].at(on)
        found = cls(
            domain,
            _percent(table, domain, "limit"),
            _percent(table, domain, "master"),
            _percent(table, domain, "transformers"),
            float(table.number(domain, "clock")),
            {code: _percent(letters, code, "limit") for code in letters.rows},
            float(1 - share.number / 100),
            rules=tuple(value.provenance() for value in (table.source, letters.source, share)),
        )
        return replace(found, **{name: value for name, value in said.items() if value is not None})

    def as_json(self) -> dict[str, Any]:
        """The settings as a JSON object."""
        return {**asdict(self), "classes": dict(self.classes), "rules": [dict(rule) for rule in self.rules]}


_TABLES = ("evaluation", "accuracy-classes")


def _percent(table: Coefficients, code: str, column: str) -> float:
    return float(table.number(code, column) / 100)


def run_name(state: str, settings: Settings) -> str:
    """The name of an evaluation: equal for equal readings, topology, settings and code, so that it can be resumed.

    state : of the store, the digest of its last commit, which names every root, every file's digest and all before it
    """
    content = {"state": state, "settings": settings.as_json(), "software": software()}
    return hashlib.sha256(canonical.write(content)).hexdigest()[:16]
