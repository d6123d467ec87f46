"""What apps above add to the pages of the ledger: acts on ticked instruments, verbs, and the tabs 记录 and 证明.

They fill this in their `AppConfig.ready`; the ledger itself knows nothing of applications, records or certificates.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.http import HttpResponseBase
from django.utils.safestring import SafeString

from hengliang.platform.core.pages.objects import Action
from hengliang.platform.core.pages.table import BulkAct
from hengliang.platform.core.requests import Request
from hengliang.platform.registry.models import Instrument

Tab = Callable[[Request, Instrument], SafeString | HttpResponseBase]
Verbs = Callable[[Request, Instrument], list[Action]]


@dataclass
class Offers:
    """What was added so far. An act on many is posted the keys of the instruments as `ids`."""

    bulk_acts: list[BulkAct] = field(default_factory=list)
    verbs: list[Verbs] = field(default_factory=list)
    records: list[Tab] = field(default_factory=list)
    proofs: list[Tab] = field(default_factory=list)


offers = Offers()
