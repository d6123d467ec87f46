"""The uncertainty budgets of a certificate: attached, shown on its page, printed."""

from typing import Any, cast

from django import forms
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _

from hengliang.platform.certificates.models import AttachedBudget, Certificate
from hengliang.platform.certificates.services import certificate_budget_attach
from hengliang.platform.core.pages.form_page import form_page, sent
from hengliang.platform.core.pages.objects import Crumb
from hengliang.platform.core.requests import Request
from hengliang.platform.core.rights import permit
from hengliang.platform.standards.budgets.language import report_language
from hengliang.platform.standards.budgets.paper import pdf
from hengliang.platform.standards.budgets.seen import versions_seen
from hengliang.platform.standards.budgets.shown import evaluated, shown
from hengliang.platform.standards.models import BudgetVersion

LATEST = 200


class VersionChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A version of a budget by name, number, day and result."""

    def label_from_instance(self, obj: Any) -> str:
        """What the reader chooses by."""
        return f"{obj.budget.name} v{obj.number} · {obj.saved_on} · {obj.content['computed']['stated']}"


class AttachForm(forms.Form):
    """Which version of which budget."""

    version: Any = VersionChoice(
        BudgetVersion.objects.none(),
        label=_("Version of the budget"),
        help_text=_("What is attached is frozen; a later version changes nothing here."),
    )


@login_required
def budget_attach(request: Request, pk: int) -> HttpResponse:
    """A version of a budget is chosen and attached."""
    shown_ = get_object_or_404(Certificate.objects.visible_to(request.actor), pk=pk)
    where = {"organisations": [shown_.body_id], "region_id": shown_.region_id}
    permit(request.actor, "certificate_budget_attach", **where)  # type: ignore[arg-type]
    form = AttachForm(sent(request))
    cast("VersionChoice", form.fields["version"]).queryset = _offered(request, shown_)
    back = reverse("certificates:certificate", args=[pk])

    def attached() -> str:
        certificate_budget_attach(actor=request.actor, certificate=shown_, version=form.cleaned_data["version"])
        return f"{back}?tab=proofs"

    return form_page(
        request, form, attached, verb=_gettext("Attach"), back=back, crumbs=[Crumb(shown_.number, back)],
        title=_gettext("Attach an uncertainty budget to %(number)s") % {"number": shown_.number},
    )  # fmt: skip


def _offered(request: Request, certificate: Certificate) -> "QuerySet[BudgetVersion]":
    rows = versions_seen(request.actor).filter(budget__organisation_id=certificate.body_id)
    return rows.exclude(pk__in=certificate.budgets.values("version_id")).order_by("-saved_on", "-pk")


def attached_budgets(certificate: Certificate) -> SafeString:
    """The budgets of a certificate as they were attached, each computed again, with its report."""
    language = report_language()
    rows = [(row, shown(row.content, language)) for row in certificate.budgets.order_by("pk")[:LATEST]]
    return SafeString(render_to_string("certificates/budgets.html", {"rows": rows, "certificate": certificate}))


@login_required
def budget_report(request: Request, pk: int, attached: int) -> HttpResponse:
    """The report of an attached budget as PDF."""
    certificate = get_object_or_404(Certificate.objects.visible_to(request.actor), pk=pk)
    row: AttachedBudget = get_object_or_404(certificate.budgets, pk=attached)
    line = f"{certificate.number} · {row.name} v{row.number} · {row.attached_on} · SHA-256 {row.sha256}"
    answer = HttpResponse(pdf(evaluated(row.content), report_language(), line=line), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{certificate.code}-uncertainty.pdf"'
    return answer
