"""What a reader asks of statistics: form, period, rows, whose; within what the reader may see."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from hengliang.platform.core.models import Region
from hengliang.platform.core.rights import BODY_ROLES, Actor, Role
from hengliang.platform.core.selectors import region_list, regions_under
from hengliang.platform.parties.models import Organisation
from hengliang.platform.supervision.statistics.scope import Period, Scope

MONTHLY, ANNUAL = "monthly", "annual"


@dataclass(frozen=True)
class Asked:
    """A form to be filled; of a body or of a region."""

    kind: str
    period: Period
    by: str
    body: Organisation | None
    region: Region | None

    @property
    def scope(self) -> Scope:
        """Whose rows count."""
        regions = regions_under([self.region.pk], self.period.end) if self.region else None
        return Scope(regions, [self.body.pk] if self.body else None)


class AskedForm(forms.Form):
    """The question as a form in the address; whose statistics are offered is what the reader may see."""

    form = forms.ChoiceField(label=_("Form of statistics"), choices=((MONTHLY, _("monthly")), (ANNUAL, _("annual"))))
    period = forms.RegexField(
        r"^(20\d{2})(-(0[1-9]|1[0-2]))?$", label=_("Month or year"), help_text=_("2026-03, or 2026"),
    )  # fmt: skip
    by = forms.ChoiceField(
        label=_("Rows of the form"),
        choices=(("item", _("kinds of instrument")), ("region", _("regions")), ("body", _("bodies"))),
    )
    of = forms.ChoiceField(label=_("Whose"))

    def __init__(self, *args: Any, actor: Actor, **options: Any) -> None:
        super().__init__(*args, **options)
        self.offered = offered(actor)
        cast("forms.ChoiceField", self.fields["of"]).choices = [(key, name) for key, (name, _o) in self.offered.items()]

    def clean(self) -> dict[str, Any]:
        """A monthly form is of a month."""
        said = super().clean() or {}
        if said.get("form") == MONTHLY and "-" not in said.get("period", "-"):
            self.add_error("period", _("A monthly form is of a month: 2026-03."))
        return said

    @property
    def asked(self) -> Asked:
        """What was asked, once valid."""
        said = self.cleaned_data
        year, _dash, month = said["period"].partition("-")
        monthly = said["form"] == MONTHLY
        period = Period.month(int(year), int(month)) if monthly else Period.year(int(year))
        _name, whose = self.offered[said["of"]]
        body = whose if isinstance(whose, Organisation) else None
        return Asked(said["form"], period, said["by"], body, whose if isinstance(whose, Region) else None)


def offered(actor: Actor) -> dict[str, tuple[str, Organisation | Region]]:
    """Whose statistics the actor may ask: the own body; the regions overseen; bodies that sit there."""
    regions = region_list(actor.today)
    bodies = Organisation.objects.filter(is_verification_body=True).order_by("name")
    if not actor.has(Role.ADMINISTRATOR):
        regions = regions.filter(region_id__in=actor.regions())
        bodies = bodies.filter(pk__in=actor.organisations(BODY_ROLES)) | bodies.filter(region_id__in=actor.regions())
    found: dict[str, tuple[str, Organisation | Region]] = {
        f"r{row.region_id}": (row.name, row.region) for row in regions.select_related("region")
    }
    return found | {f"b{body.pk}": (body.name, body) for body in bodies}


def asked_form(actor: Actor, query: QueryDict) -> AskedForm:
    """The question of an address; where it says nothing, the last month of what the actor oversees."""
    known = offered(actor)
    last = actor.today.replace(day=1) - timedelta(days=1)
    defaults = {"form": MONTHLY, "period": f"{last:%Y-%m}", "by": "item", "of": next(iter(known), "")}
    told = {name: query.get(name) or value for name, value in defaults.items()}
    return AskedForm(told, actor=actor)
