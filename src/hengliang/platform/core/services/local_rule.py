"""The authority's own rules: laid over the shipped ones, replaced, taken away. Shipped files are never touched."""

import hashlib
import json
from collections.abc import Mapping

from django.db import transaction

from hengliang.platform.core import norms_folder
from hengliang.platform.core.acts import perform
from hengliang.platform.core.errors import InputRefused, StaleWrite
from hengliang.platform.core.local_rules import proposal
from hengliang.platform.core.models import LocalRule
from hengliang.platform.core.rights import Actor
from hengliang.platform.core.rule_rights import permit_on_rules


def local_rule_put(*, actor: Actor, text: str, tables: Mapping[str, str], reason: str) -> LocalRule:
    """Lay a rule file over the shipped rules, in place of an own file of the same rule. It is a draft until approved.

    Errors: `NotPermitted`, `InputRefused` with file, line and remedy of the first fault.
    """
    region = permit_on_rules(actor, "local_rule_put")
    with transaction.atomic():
        # One at a time: each is examined together with all others that stand.
        list(LocalRule.objects.select_for_update().filter(ended_by=None).values_list("pk", flat=True))
        given = proposal(text, tables)
        if given.problems:
            template = "The file can't be taken: %(first)s"
            raise InputRefused("rule_faulty", template, field="file", first=str(given.problems[0]))
        with perform(actor, "local_rule_put", reason=reason, region_id=region) as act:
            LocalRule.objects.filter(norm=given.norm, ended_by=None).update(ended_by=act)
            act.subject = made = LocalRule.objects.create(
                act=act, norm=given.norm, text=text, tables=dict(tables), sha256=_sha256(text, tables)
            )
            act.content = {"norm": made.norm, "sha256": made.sha256}
            transaction.on_commit(norms_folder.write)
    return made


def local_rule_remove(*, actor: Actor, rule: LocalRule, reason: str) -> LocalRule:
    """Take an own rule away: the shipped one holds again, where there is one. Records keep what judged them."""
    region = permit_on_rules(actor, "local_rule_remove")
    with perform(actor, "local_rule_remove", subject=rule, reason=reason, region_id=region) as act:
        if not LocalRule.objects.filter(pk=rule.pk, ended_by=None).update(ended_by=act):
            raise StaleWrite("rule_gone", "This file has been replaced or removed already. Reload the page.")
        act.content = {"norm": rule.norm, "sha256": rule.sha256}
        transaction.on_commit(norms_folder.write)
    return rule


def _sha256(text: str, tables: Mapping[str, str]) -> str:
    return hashlib.sha256(json.dumps([text, dict(tables)], sort_keys=True, ensure_ascii=False).encode()).hexdigest()
