"""The first person has held an edition of a rule against its text."""

import re

from django.core.files.base import File
from django.db import transaction

from hengliang.norms import Value
from hengliang.platform.core import norms_folder
from hengliang.platform.core.acts import perform
from hengliang.platform.core.errors import InputRefused, Refused
from hengliang.platform.core.models import RuleApproval
from hengliang.platform.core.models.rules import STANDING
from hengliang.platform.core.rights import Actor
from hengliang.platform.core.rule_authors import require_no_author
from hengliang.platform.core.rule_rights import permit_on_rules
from hengliang.platform.core.rule_states import RULE_APPROVAL
from hengliang.platform.core.services.attachment_add import attachment_add
from hengliang.platform.core.transitions import enter

SHA256 = re.compile(r"[0-9a-f]{64}")


def rule_check(
    *,
    actor: Actor,
    value: Value,
    against: str,
    quote: str = "",
    sha256: str = "",
    file: "File[bytes] | None" = None,
) -> RuleApproval:
    """The first person has held an edition against `against`, and proposes that a second one confirm it.

    `file` is the text compared with, kept under its hash; `sha256` names one that lies elsewhere. `quote` gives its
    words where the rule quotes none. Errors: `NotPermitted`, `InputRefused`, `Refused` where it stands already.
    """
    region = permit_on_rules(actor, "rule_check")
    require_no_author(actor, value)
    _require_complete(actor, value, against, quote, sha256)
    with perform(actor, "rule_check", region_id=region) as act:
        act.subject = made = RuleApproval.objects.create(
            act=act,
            norm=value.norm,
            start=value.start,
            content_hash=value.content_hash,
            against=against.strip(),
            quote=quote.strip(),
            checked_by=actor.name,
            checked_by_account=actor.account_id or 0,
            checked_on=actor.today,
            state=RULE_APPROVAL.states[0].code,
        )
        if file is not None:
            sha256 = attachment_add(act=act, subject=made, file=file, sha256=sha256).sha256
        made.against_sha256 = sha256.strip().lower()
        made.save(update_fields=["against_sha256"])
        enter(RULE_APPROVAL, made, act)
        act.content = {
            "norm": made.norm, "start": made.start.isoformat(), "content_hash": made.content_hash,
            "against": made.against, "sha256": made.against_sha256, "quote": made.quote,
        }  # fmt: skip
        transaction.on_commit(norms_folder.write)
    return made


def _require_complete(actor: Actor, value: Value, against: str, quote: str, sha256: str) -> None:
    if actor.account_id is None or not actor.name.strip():
        raise Refused("no_person", "Only a person can hold a rule against its text.")
    if value.repealed:
        raise Refused("rule_repealed", "This edition repeals the rule; there is nothing to approve.")
    if not against.strip():
        template = "Name the text that you compared with: document, edition, copy."
        raise InputRefused("against_missing", template, field="against")
    if value.source.quote is None and not quote.strip():
        template = "The rule quotes no text. Enter the words of the document that hold it."
        raise InputRefused("quote_missing", template, field="quote")
    if sha256.strip() and not SHA256.fullmatch(sha256.strip().lower()):
        raise InputRefused("not_sha256", "A SHA-256 has 64 digits from 0 to 9 and a to f.", field="sha256")
    same = RuleApproval.objects.filter(
        norm=value.norm, start=value.start, content_hash=value.content_hash, state__in=STANDING
    )
    if same.exists():
        raise Refused("checked_already", "This edition was checked already; a second person confirms it.")
