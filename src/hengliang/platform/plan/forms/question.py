"""The question asked of the figures: which region, which day, as known when. No value is ever typed in."""

from datetime import datetime, time
from typing import Any

from django import forms
from django.http import Http404, QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hengliang.platform.core.models import RegionVersion
from hengliang.platform.core.pages.forms import DayField
from hengliang.platform.core.rights import Actor
from hengliang.platform.core.selectors import region_list
from hengliang.platform.plan.engine import Scope
from hengliang.platform.plan.selectors.figure_reach import Reach, figure_reach


class QuestionForm(forms.Form):
    """Region, day, and the day up to whose end something had become known."""

    region = forms.ChoiceField(label=_("Region"), required=False)
    on = DayField(label=_("On"))
    begins = DayField(label=_("New since"), required=False, help_text=_("Empty: since 1 January."))
    known = DayField(label=_("As known on"), required=False, help_text=_("Empty: as known now."))

    def __init__(self, query: QueryDict, actor: Actor) -> None:
        given = query.copy()
        given.setdefault("on", actor.today.isoformat())
        super().__init__(given)
        self.actor = actor
        self.reach = figure_reach(actor) or Reach(frozenset(), frozenset())
        self.limit = self.reach.regions
        rows = region_list(actor.today)
        self.regions = [row for row in rows if self.limit is None or row.region_id in self.limit]
        field: Any = self.fields["region"]
        field.choices = [(str(row.region_id), row.name) for row in self.regions]
        top = self._top()
        if self.limit is None or len(top) != 1:
            field.choices.insert(0, ("", _("All of mine")))
        elif not given.get("region"):  # who has one region asks about it, by whichever address
            given["region"] = str(top[0].region_id)

    def _top(self) -> list[RegionVersion]:
        """The regions of which none above is among them."""
        own = {row.region_id for row in self.regions}
        return [row for row in self.regions if row.parent_id not in own]

    def scope(self) -> Scope:
        """The question as the engine takes it; a region that one may not see does not exist."""
        if not self.is_valid():
            if "region" in self.errors:
                raise Http404
            region = self.data.get("region")
            return Scope(self.actor.today, int(region) if region else None, None, self.limit)
        data = self.cleaned_data
        known = timezone.make_aware(datetime.combine(data["known"], time.max)) if data["known"] else None
        region = int(data["region"]) if data["region"] else None
        return Scope(data["on"], region, known, self.limit, data["begins"])

    def children(self, scope: Scope) -> dict[int, str]:
        """The regions one step below the one asked for, by name; where there are none, the region itself."""
        if scope.region_id is None:
            top = self._top()
            if len(top) != 1:
                return {row.region_id: row.name for row in top}
            below = {row.region_id: row.name for row in self.regions if row.parent_id == top[0].region_id}
            return below or {top[0].region_id: top[0].name}
        return {row.region_id: row.name for row in self.regions if row.parent_id == scope.region_id}

    def address(self, **changes: Any) -> str:
        """The question as the query of an address, with changes."""
        asked = {name: self.data.get(name, "") for name in ("region", "on", "begins", "known")} | changes
        query = QueryDict(mutable=True)
        query.update({name: str(value) for name, value in asked.items() if value})
        return f"?{query.urlencode()}" if query else ""
