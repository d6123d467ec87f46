"""A budget saved: the first version under a new name, or the next version of one."""

from hashlib import sha256

from hengliang.platform.core.acts import perform
from hengliang.platform.core.errors import InputRefused, StaleWrite
from hengliang.platform.core.models import Act
from hengliang.platform.core.rights import Actor, permit
from hengliang.platform.parties.models import Organisation
from hengliang.platform.standards.budgets.evaluation import Evaluation
from hengliang.platform.standards.budgets.stored import content_of
from hengliang.platform.standards.models import Budget, BudgetVersion
from hengliang.trust.canonical import write


def budget_save(
    *, actor: Actor, organisation: Organisation, name: str, evaluation: Evaluation, note: str = ""
) -> BudgetVersion:
    """A new budget of an organisation with its first version.

    Errors: `InputRefused` when the organisation has a budget of this name.
    """
    permit(actor, "budget_save", organisations=[organisation.pk], region_id=organisation.region_id)
    if Budget.objects.filter(organisation=organisation, name=name).exists():
        raise InputRefused(
            "budget_name_taken", "There is a budget “%(name)s” already: open it and save a new version.",
            field="name", name=name,
        )  # fmt: skip
    with perform(actor, "budget_save", organisation_id=organisation.pk, region_id=organisation.region_id) as act:
        act.subject = budget = Budget.objects.create(act=act, organisation=organisation, name=name)
        return _version(act, budget, 1, evaluation, note)


def budget_revise(*, actor: Actor, budget: Budget, after: int, evaluation: Evaluation, note: str) -> BudgetVersion:
    """The version of a budget that follows version `after`; earlier ones stay as they are.

    Errors: `StaleWrite` when another version was saved since.
    """
    organisation = budget.organisation
    permit(actor, "budget_revise", organisations=[organisation.pk], region_id=organisation.region_id)
    with perform(actor, "budget_revise", subject=budget, organisation_id=organisation.pk) as act:
        Budget.objects.select_for_update(of=("self",)).get(pk=budget.pk)
        latest = budget.versions.order_by("-number").values_list("number", flat=True).first() or 0
        if latest != after:
            raise StaleWrite(
                "budget_version_newer", "Version %(latest)s was saved since: compare it with yours, then save again.",
                latest=latest,
            )  # fmt: skip
        return _version(act, budget, latest + 1, evaluation, note)


def _version(act: Act, budget: Budget, number: int, evaluation: Evaluation, note: str) -> BudgetVersion:
    content = content_of(evaluation)
    digest = sha256(write(content)).hexdigest()
    act.content = {"name": budget.name, "version": number, "sha256": digest}
    return BudgetVersion.objects.create(
        act=act, budget=budget, number=number, saved_on=act.on, note=note, content=content, sha256=digest
    )
