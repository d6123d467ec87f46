"""What apps above add to the pages of the ledger: acts on ticked instruments, verbs, the tabs 记录 and 证明, search.

They fill this in their `AppConfig.ready`; the ledger itself knows nothing of applications, records or certificates.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.db.models import QuerySet
from django.http import HttpResponseBase
from django.utils.safestring import SafeString

from hengliang.platform.core.pages.objects import Action
from hengliang.platform.core.pages.table import BulkAct, Filter
from hengliang.platform.core.requests import Request
from hengliang.platform.core.rights import Actor
from hengliang.platform.registry.models import Instrument

Tab = Callable[[Request, Instrument], SafeString | HttpResponseBase]
Verbs = Callable[[Request, Instrument], list[Action]]
Notice = Callable[[Request, Instrument], str]
Search = Callable[[Actor, str], "QuerySet[Instrument]"]


@dataclass
class Offers:
    """What was added so far. An act on many is posted the keys of the instruments as `ids`."""

    bulk_acts: list[BulkAct] = field(default_factory=list)
    verbs: list[Verbs] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    records: list[Tab] = field(default_factory=list)
    proofs: list[Tab] = field(default_factory=list)
    searches: list[Search] = field(default_factory=list)
    filters: list[Filter] = field(default_factory=list)

    def offer_bulk_acts(self, *acts: BulkAct) -> None:
        """Add acts on ticked instruments."""
        self.bulk_acts.extend(act for act in acts if act not in self.bulk_acts)

    def offer_verbs(self, verbs: Verbs) -> None:
        """Add verbs to the page of an instrument."""
        if verbs not in self.verbs:
            self.verbs.append(verbs)

    def offer_notice(self, notice: Notice) -> None:
        """Add what is said at the head of the page of an instrument; empty where there is nothing to say."""
        if notice not in self.notices:
            self.notices.append(notice)

    def offer_records(self, tab: Tab) -> None:
        """Add to the tab 记录 of an instrument."""
        if tab not in self.records:
            self.records.append(tab)

    def offer_proofs(self, tab: Tab) -> None:
        """Add to the tab 证明 of an instrument."""
        if tab not in self.proofs:
            self.proofs.append(tab)

    def offer_search(self, search: Search) -> None:
        """Add a way to find an instrument by a number that stands on it: `search(actor, number)`."""
        if search not in self.searches:
            self.searches.append(search)

    def offer_filter(self, one: Filter) -> None:
        """Add a filter to the list of the ledger; its rows are dated entries, reached by `instrument`."""
        if one.key not in [known.key for known in self.filters]:
            self.filters.append(one)


offers = Offers()
