"""Customer and body agree on the rule by which conformity is stated, before anything is measured."""

from django.db import IntegrityError, transaction

from hengliang.platform.core.acts import perform
from hengliang.platform.core.errors import InputRefused, Refused
from hengliang.platform.core.models import Act
from hengliang.platform.core.rights import Actor, permit
from hengliang.platform.verification.decisions import decision_rules
from hengliang.platform.verification.jobs import job_kind
from hengliang.platform.verification.models import AgreedDecision, Application, Record


def decision_agree(*, actor: Actor, application: Application, rule: str, agreement: str) -> AgreedDecision:
    """Agree a decision rule for a job that concludes nothing by itself.

    agreement : where it was agreed: contract, order, letter
    Errors: `InputRefused` for a verification, an unknown rule, or no agreement named; `Refused` once something was
    measured, or where a rule is agreed already.
    """
    permit(actor, "decision_agree", organisations=[application.body_id])
    kind, known = job_kind(application.job, actor.today), decision_rules(actor.today)
    if kind.concludes:
        raise InputRefused(
            "decision_by_law", "“%(job)s” concludes by its regulation; no rule is agreed.", field="rule", job=kind.title
        )
    if rule not in known:
        raise InputRefused("unknown_decision", "There is no such decision rule.", field="rule")
    if not agreement.strip():
        raise InputRefused("no_agreement", "Name where it was agreed: contract, order, letter.", field="agreement")
    if Record.objects.filter(task__application=application).exists():
        raise Refused("measured_already", "Something was measured already; a rule is agreed before that.")
    with perform(actor, "decision_agree", subject=application, organisation_id=application.body_id) as act:
        made = _write(act, application, rule, known[rule].edition, agreement.strip())
        act.content = {"rule": rule, "edition": made.edition, "agreement": made.agreement}
    return made


def _write(act: Act, application: Application, rule: str, edition: str, agreement: str) -> AgreedDecision:
    try:
        with transaction.atomic():
            return AgreedDecision.objects.create(
                act=act, application=application, rule=rule, edition=edition, agreement=agreement
            )
    except IntegrityError:
        raise Refused("decision_stands", "A decision rule is agreed already for this application.") from None
