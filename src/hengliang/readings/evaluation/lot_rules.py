"""The rules of lots as what `metrology.balance` takes, with what stands in where a regulation does not say it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from hengliang.metrology.balance import LotRule
from hengliang.norms.coefficients import Coefficients, coefficients_of
from hengliang.norms.errors import UnknownEntry
from hengliang.norms.load import Norms

_EXTENSIONS, _FUSION, _CRITERION = "inservice/extensions", "inservice/lot-fusion", "inservice/lot-criterion"
_USUAL_RISK = 10  # %, ISO 2859-2: the consumer's at the limiting quality


@dataclass(frozen=True, slots=True)
class Extension:
    """One regulation of extensions.

    months : by which a lot that passes may stay longer; None where the regulation found does not say it
    stand_ins : what the regulation does not say and was taken from elsewhere
    """

    code: str
    document: str
    rule: LotRule
    months: int | None
    stand_ins: tuple[str, ...]
    rules: tuple[dict[str, Any], ...]

    def as_json(self) -> dict[str, Any]:
        """The regulation as a JSON object."""
        told = {"code": self.code, "document": self.document, "months": self.months}
        return {**told, "stand_ins": list(self.stand_ins), "rules": list(self.rules)}


def extension(rules: Norms, code: str, on: date) -> Extension:
    """The regulation `code` of `inservice/extensions` in force on a day.

    Raises
    ------
    UnknownEntry : there is no such regulation
    """
    table, fusion = (coefficients_of(rules[name].at(on)) for name in (_EXTENSIONS, _FUSION))
    if code not in table.rows:
        raise UnknownEntry(norm=_EXTENSIONS, asked=f"{code} (there are {', '.join(table.rows)})")
    share = rules[_CRITERION].at(on)
    row = table.rows[code]
    quality, risk = row.get("quality"), row.get("risk")
    stand_ins = tuple(said for value, said in ((quality, _CRITERION), (risk, "ISO 2859-2")) if value is None)
    allowed = float(quality if quality is not None else 100 - share.number) / 100
    rule = LotRule(
        quality=allowed,
        risk=float(risk if risk is not None else _USUAL_RISK) / 100,
        producer_risk=_part(fusion, "producer"),
        producer_quality=allowed * _part(fusion, "expected"),
        least=_part(fusion, "least"),
        most=_part(fusion, "most"),
    )
    months = None if row.get("months") is None else int(row["months"])
    used = tuple(dict(value.provenance()) for value in (table.source, fusion.source, share))
    return Extension(code, str(row.get("document", "")), rule, months, stand_ins, used)


def _part(table: Coefficients, code: str) -> float:
    return float(table.number(code, "value")) / 100
