"""The ledger for programs: the same selectors and acts as the pages."""

from hengliang.platform.registry.api import acts, imports, reading, transfers
from hengliang.platform.registry.api.mounting import router

__all__ = ["acts", "imports", "reading", "router", "transfers"]
