"""Which rule judges an instrument on a day, and when its next verification falls due."""

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings

from hengliang.metrology.judge import Procedure, form_of
from hengliang.norms import NormError, UnknownEntry, Value, procedure_of
from hengliang.norms.catalogue import catalogue_of
from hengliang.norms.periods import period_of, valid_until
from hengliang.norms.procedures import procedures_by_instrument
from hengliang.platform.core.errors import Blocked
from hengliang.platform.core.rules import rules
from hengliang.platform.registry.models import CatalogueItem
from hengliang.platform.verification.errors import NoRule
from hengliang.platform.verification.models import Record


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
    def content(self) -> Any:
        """The content as plain JSON."""
        return json.loads(json.dumps(self.value.content, default=str))

    @property
    def provenance(self) -> Any:
        """Where the rule comes from, as plain JSON."""
        return json.loads(json.dumps(self.value.provenance(), default=str))

    @property
    def only_training(self) -> bool:
        """Whether the authority has not approved the rule: it judges, but nothing is issued by it."""
        return not self.value.may_issue

    def form(self, regime: str) -> Any:
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
    raise NoRule("no_rule", "No rule in force on %(on)s tells how to judge “%(item)s”.", on=on, item=item.name)


def require_may_issue(rule_is_draft: bool) -> None:
    """Raise `Blocked` where a rule that nobody approved would issue a proof outside training."""
    if rule_is_draft and not settings.TRAINING:
        raise Blocked(
            "draft_rule",
            "The rule is a draft: it judges, but issues nothing. Two people of the authority approve it under Rules.",
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
    """The rule by which a record was judged, in its edition.

    Errors: `NoRule` where the rule's files were taken away since.
    """
    try:
        value = rules()[record.procedure].at(date.fromisoformat(record.edition))
    except NormError as error:
        raise NoRule("rule_gone", "The rule of this record is no longer here: %(why)s", why=str(error))
    return Rule(value, procedure_of(value))
