"""Fields that the ledger's forms share: parties, regions, items of the catalogue."""

from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from hengliang.platform.core.models import Region, RegionVersion
from hengliang.platform.core.pages.forms import LookupInput
from hengliang.platform.core.rights import HOLDER_ROLES, Actor
from hengliang.platform.parties.models import Organisation
from hengliang.platform.registry.models import CatalogueItem
from hengliang.platform.registry.selectors.catalogue import leaves


class PartyField(forms.CharField):
    """An organisation, picked from a list or typed as name or credit code; only what the actor may see is found."""

    def __init__(self, actor: Actor, *, bodies: bool = False, options: str, **more: Any) -> None:
        super().__init__(widget=LookupInput(options, self._label), **more)
        self.actor, self.bodies = actor, bodies

    def _rows(self) -> "QuerySet[Organisation]":
        rows = Organisation.objects.visible_to(self.actor)
        return rows.filter(is_verification_body=True) if self.bodies else rows

    def _label(self, value: Any) -> str:
        found = self._rows().filter(pk=value).first() if str(value).isdecimal() else None
        return found.name if found else str(value)

    def clean(self, value: Any) -> Organisation | None:
        """The organisation meant."""
        text = super().clean(value)
        if not text:
            return None
        match = Q(name=text) | Q(credit_code=text)
        if text.isdecimal() and len(text) < 15:
            match |= Q(pk=int(text))
        found = list(self._rows().filter(match)[:2])
        if len(found) != 1:
            raise forms.ValidationError(_("No single organisation is called this; pick one from the list."))
        return found[0]


class RegionField(forms.ChoiceField):
    """A region of today."""

    def __init__(self, actor: Actor, **more: Any) -> None:
        super().__init__(choices=lambda: self._regions(actor), **more)

    def _regions(self, actor: Actor) -> list[tuple[str, str]]:
        rows = RegionVersion.objects.on(actor.today).order_by("code")
        return [("", "—"), *((str(row.region_id), f"{row.code} {row.name}") for row in rows)]

    def clean(self, value: Any) -> Region | None:
        """The region."""
        key = super().clean(value)
        return Region.objects.get(pk=int(key)) if key else None


class ItemField(forms.CharField):
    """An item of the catalogue that instruments can be of, picked from a list or typed as name or code."""

    def __init__(self, **more: Any) -> None:
        super().__init__(
            widget=LookupInput("registry:items", self._label),
            label=_("Catalogue item"),
            help_text=_("Type any part of its name, or its initials: jyj for 加油机."),
            **more,
        )

    def _label(self, value: Any) -> str:
        found = CatalogueItem.objects.filter(pk=value).first() if str(value).isdecimal() else None
        return found.spoken if found else str(value)

    def clean(self, value: Any) -> CatalogueItem | None:
        """The item meant."""
        text = super().clean(value)
        if not text:
            return None
        match = Q(name=text) | Q(name_en=text) | Q(code=text.upper())
        if text.isdecimal() and len(text) < 10:
            match |= Q(pk=int(text))
        found = list(leaves().filter(match)[:2])
        if len(found) != 1:
            raise forms.ValidationError(_("No single item of the catalogue is called this; pick one from the list."))
        return found[0]


def own_organisation(actor: Actor) -> int | None:
    """The one organisation that the actor keeps instruments for; None where there are several or none."""
    own = actor.organisations(HOLDER_ROLES)
    return next(iter(own)) if len(own) == 1 else None
