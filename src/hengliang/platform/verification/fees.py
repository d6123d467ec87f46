"""What a job on an item costs by the fee rule, and which grounds there are for paying less."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from hengliang.norms import Value
from hengliang.platform.core.errors import Blocked, InputRefused
from hengliang.platform.core.pages.words import titled
from hengliang.platform.core.rules import rules
from hengliang.platform.registry.models import CatalogueItem
from hengliang.platform.verification.jobs import job_kind
from hengliang.platform.verification.models import Fee, Task

RULE = "verification/fees"
EXEMPTIONS = "verification/fee-exemptions"
OTHERS = "OTHER"
CENT = Decimal("0.01")


@dataclass(frozen=True)
class Price:
    """What a task costs before any exemption: the basis, the amount, and where it stands."""

    basis: Fee.Basis
    amount: Decimal
    rule: Mapping[str, Any]


@dataclass(frozen=True)
class Exemption:
    """A ground for paying less: `share` is what is let off, 1 for all of it."""

    code: str
    words: Mapping[str, str]
    share: Decimal
    clause: str

    @property
    def title(self) -> str:
        """Its name in the reader's language."""
        return titled(self.words)


def price_of(task: Task, on: date) -> Price:
    """What a task costs: nothing where its kind of job is free, else as agreed, else by the rule.

    Errors: `Blocked` where neither an agreement nor the rule knows a price.
    """
    kind = job_kind(task.job, on)
    if kind.free:
        return Price(Fee.Basis.FREE, Decimal(0), {"clause": kind.clause})
    if (agreed := _agreed(task)) is not None:
        return Price(Fee.Basis.AGREED, agreed, {})
    value = _in_force(RULE, on)
    line = _line(value, task)
    if line is None:
        raise Blocked(
            "no_fee",
            "No fee is known for “%(job)s” of “%(item)s”: agree one in the application, or add it to the rule "
            "verification/fees.",
            job=kind.title, item=task.instrument.item.name,
        )  # fmt: skip
    said = {
        "rule": value.norm,
        "edition": value.start.isoformat(),
        "hash": value.content_hash,
        "clause": line["clause"],
    }
    return Price(Fee.Basis.RULE, Decimal(str(line["amount"])).quantize(CENT), said)


def _agreed(task: Task) -> Decimal | None:
    """The task's part of what was agreed for its application; what does not divide is on the first."""
    if task.application is None or task.application.fee is None:
        return None
    keys = list(task.application.tasks.exclude(state="cancelled").order_by("pk").values_list("pk", flat=True))
    share = (task.application.fee / len(keys)).quantize(CENT, rounding="ROUND_DOWN")
    return task.application.fee - share * (len(keys) - 1) if task.pk == keys[0] else share


def _in_force(norm: str, on: date) -> Value:
    """The edition of a day; work entered late, of a day before the first one, is of the first."""
    rule = rules()[norm]
    return rule.at(max(on, rule.starts[0]))


def _line(value: Value, task: Task) -> Mapping[str, Any] | None:
    """The row for the item, for a family above it, or for all others."""
    lines: dict[str, Mapping[str, Any]] = {row["item"]: row for row in value.content["rows"] if row["job"] == task.job}
    node: CatalogueItem | None = task.instrument.item
    while node is not None:
        if node.code in lines:
            return lines[node.code]
        node = node.parent
    return lines.get(OTHERS)


def exemptions(on: date) -> dict[str, Exemption]:
    """The grounds of a day by their codes."""
    return {
        row["code"]: Exemption(
            row["code"], {"zh": row["zh"], "en": row["en"]}, Decimal(str(row["share"])), row["clause"]
        )
        for row in _in_force(EXEMPTIONS, on).content["rows"]
    }


def exemption(code: str, on: date) -> Exemption:
    """A ground of a day.

    Errors: `InputRefused` for one that the rule does not know.
    """
    known = exemptions(on)
    if code not in known:
        raise InputRefused(
            "unknown_exemption", "There is no ground “%(ground)s”; choose one of: %(known)s.",
            field="exemption", ground=code, known=", ".join(known),
        )  # fmt: skip
    return known[code]
