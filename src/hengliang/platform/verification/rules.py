"""Which rule judges an instrument on a day, and when its next verification falls due."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings

from hengliang.metrology.judge import CellProblem, Procedure, form_of
from hengliang.norms import NormError, UnknownEntry, Value, procedure_of
from hengliang.norms.catalogue import catalogue_of
from hengliang.norms.kept import kept_value
from hengliang.norms.periods import period_of, valid_until
from hengliang.norms.procedures import procedures_by_instrument
from hengliang.norms.suits import misfits
from hengliang.platform.core.errors import Blocked
from hengliang.platform.core.pages.words import titled
from hengliang.platform.core.rules import rules
from hengliang.platform.core.selectors import is_withdrawn
from hengliang.platform.registry.models import CatalogueItem
from hengliang.platform.verification.errors import NoRule
from hengliang.platform.verification.models import Record, RuleAsUsed


@dataclass(frozen=True)
class Rule:
    """A procedure norm of a day, as the judge takes it and as a record keeps it."""

    value: Value
    procedure: Procedure

    @property
    def procedure_id(self) -> str:
        """The id of the norm."""
        return self.value.norm

    @property
    def edition(self) -> str:
        """The first day of the edition."""
        return self.value.start.isoformat()

    @property
    def content_hash(self) -> str:
        """The hash of the content as used."""
        return self.value.content_hash

    @property
    def content(self) -> dict[str, Any]:
        """The content as plain JSON."""
        plain: dict[str, Any] = json.loads(json.dumps(self.value.content, default=str))
        return plain

    @property
    def provenance(self) -> dict[str, Any]:
        """Where the rule comes from, as plain JSON."""
        plain: dict[str, Any] = json.loads(json.dumps(self.value.provenance(), default=str))
        return plain

    @property
    def only_training(self) -> bool:
        """Whether the authority has not approved the rule: it judges, but nothing is issued by it."""
        return not self.value.may_issue

    def misfits(self, item: CatalogueItem, data: Mapping[str, Any]) -> list[CellProblem]:
        """What contradicts, in a record's JSON, the item that its instrument is filed under."""
        found: list[str] = []
        node: CatalogueItem | None = item if self.value.content.get("suits") else None
        while node is not None:
            found.append(node.code)
            node = node.parent
        return misfits(self.value, found, data.get("instrument") or {})

    def titles(self) -> dict[str, str]:
        """What its items are called in the reader's language, by their ids."""
        return {item["id"]: titled(item["title"]) for item in self.value.content["items"]}

    def form(self, regime: str) -> dict[str, Any]:
        """The entry form of a regime, as JSON."""
        return form_of(self.procedure, regime)


def rule_for(item: CatalogueItem, on: date) -> Rule:
    """The rule in force for an item, or for the family above it.

    Errors: `NoRule`.
    """
    in_force = procedures_by_instrument(rules(), on)
    node: CatalogueItem | None = item
    while node is not None:
        if node.code in in_force:
            value = in_force[node.code]
            return Rule(value, procedure_of(value))
        node = node.parent
    _require_no_gap(item, on)
    raise NoRule("no_rule", "No rule in force on %(on)s tells how to judge “%(item)s”.", on=on, item=item.name)


def _require_no_gap(item: CatalogueItem, on: date) -> None:
    """Raise `NoRule` with the edition that held on that day, where it is known that one held and not what it said."""
    codes = {item.code} | ({item.parent.code} if item.parent else set())
    for norm in rules().of_kind("procedure"):
        told = {str(code) for value in norm.values if not value.repealed for code in value.content["instruments"]}
        last = [value for value in norm.values if value.start <= on][-1:]
        if codes & told and last and last[0].repealed:
            raise NoRule(
                "rule_gap",
                "On %(on)s %(document)s held for “%(item)s”, and its text is not among the rules. Add that edition "
                "under Rules before a record of that day is judged.",
                on=on,
                document=last[0].source.document,
                item=item.name,
            )


def unapproved(record: Record) -> list[Value]:
    """The rules behind a proof of this record that two people have not approved, or no longer stand by.

    They are the procedure, in the very content by which the record was judged, and for a pass the periods. What
    counts is the present: a rule that was a draft when it judged may have been approved since, and an approval may
    have been withdrawn. Asked of the rules and of the table, so that a withdrawal holds at once in every process.
    """
    behind = [rule_as_used(record).value]
    if record.passed:
        behind.append(rules()["period/verification"].at(record.verified_on))
    return [value for value in behind if not value.may_issue or is_withdrawn(value)]


def require_may_issue(record: Record) -> None:
    """Raise `Blocked` where a rule that nobody approved would issue a proof outside training."""
    missing = [] if settings.TRAINING else unapproved(record)
    if missing:
        value = missing[0]
        raise Blocked(
            "draft_rule",
            "“%(rule)s” (%(document)s, %(edition)s) is a draft: it judges, but issues nothing. Two people of the "
            "authority approve this edition under Rules.",
            rule=value.title["zh"],
            document=value.source.document,
            edition=value.start.isoformat(),
        )


@dataclass(frozen=True)
class Validity:
    """How long a pass holds, and why."""

    until: date | None
    reason: str


def validity_of(item: CatalogueItem, verified_on: date, attributes: dict[str, str]) -> Validity:
    """The last day on which a pass of `verified_on` holds, by the period norm; none where no period is set."""
    catalogue = catalogue_of(rules()["catalogue/mandatory"].at(verified_on))
    codes = catalogue.ancestors(item.code) if item.code in catalogue else [item.code]
    try:
        period = period_of(rules()["period/verification"].at(verified_on), codes, attributes)
    except UnknownEntry:
        return Validity(None, "")
    except NormError as error:
        raise NoRule("no_period", "The period of “%(item)s” can't be told: %(why)s", item=item.name, why=str(error))
    until = valid_until(verified_on, period.months) if period.months else None
    return Validity(until, period.explanation["zh"])


def rule_as_used(record: Record) -> Rule:
    """The rule by which a record was judged, word for word: from the rules, or as the record kept it.

    What a record was judged by stays, whatever becomes of the files: replaced, corrected, taken away.
    """
    return rule_kept(record.procedure, record.rule)


def rule_kept(procedure: str, used: RuleAsUsed) -> Rule:
    """A rule as it was used: from the rules, or from the row that kept its content."""
    norm = rules().get(procedure)
    for value in norm.values if norm else ():
        if value.content_hash == used.content_hash:
            return Rule(value, procedure_of(value))
    value = kept_value(used.content, used.provenance, kind="procedure")
    return Rule(value, procedure_of(value))
