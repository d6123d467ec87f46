"""The ledger of instruments."""

from hengliang.platform.registry.models.catalogue import CatalogueItem, Control, Purpose, Regime
from hengliang.platform.registry.models.entries import (
    COUNT_CAP,
    SEARCH_CAP,
    InstrumentHold,
    InstrumentState,
    InstrumentStateQuerySet,
    Position,
)
from hengliang.platform.registry.models.identity import CURRENT, Instrument, InstrumentCode
from hengliang.platform.registry.models.imports import InstrumentImport, InstrumentImportQuerySet
from hengliang.platform.registry.models.transfers import TransferOffer, TransferOfferQuerySet

__all__ = [
    "COUNT_CAP",
    "CURRENT",
    "SEARCH_CAP",
    "CatalogueItem",
    "Control",
    "Instrument",
    "InstrumentCode",
    "InstrumentHold",
    "InstrumentImport",
    "InstrumentImportQuerySet",
    "InstrumentState",
    "InstrumentStateQuerySet",
    "Position",
    "Purpose",
    "Regime",
    "TransferOffer",
    "TransferOfferQuerySet",
]
