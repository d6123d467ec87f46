"""An uncertainty budget is attached to a certificate: frozen as it stands, committed to in the log."""

from hengliang.platform.certificates.models import AttachedBudget, Certificate
from hengliang.platform.core.acts import perform
from hengliang.platform.core.errors import Blocked, InputRefused
from hengliang.platform.core.rights import Actor, permit
from hengliang.platform.standards.models import BudgetVersion


def certificate_budget_attach(*, actor: Actor, certificate: Certificate, version: BudgetVersion) -> AttachedBudget:
    """Attach a version of a budget of the certificate's own body; later versions don't change what was attached.

    Errors: `Blocked` for a certificate no longer in force, `InputRefused` for a foreign budget or one already there.
    """
    permit(actor, "certificate_budget_attach", organisations=[certificate.body_id], region_id=certificate.region_id)
    if version.budget.organisation_id != certificate.body_id:
        raise InputRefused(
            "budget_foreign", "The budget belongs to another body than the certificate.", field="version"
        )
    with perform(
        actor,
        "certificate_budget_attach",
        subject=certificate,
        organisation_id=certificate.body_id,
        region_id=certificate.region_id,
    ) as act:
        locked = Certificate.objects.select_for_update(of=("self",)).get(pk=certificate.pk)
        if locked.state != "in_force":
            raise Blocked("certificate_not_in_force", "Only a certificate in force takes a budget.")
        if locked.budgets.filter(version=version).exists():
            raise InputRefused("budget_attached", "This version is attached already.", field="version")
        act.content = {
            "number": certificate.number,
            "budget": version.budget.name,
            "version": version.number,
            "sha256": version.sha256,
        }
        return AttachedBudget.objects.create(
            act=act, certificate=certificate, version=version, name=version.budget.name, number=version.number,
            content=version.content, sha256=version.sha256, attached_on=act.on,
        )  # fmt: skip
