"""What the ledger tells."""

from hengliang.platform.registry.selectors.barred import BARRED, HELD, OUT_OF_USE, barred
from hengliang.platform.registry.selectors.dossier import Dossier, dossier
from hengliang.platform.registry.selectors.due import WARNING_DAYS, due_state, due_within, overdue
from hengliang.platform.registry.selectors.figures import STANDINGS, MonthDue, Standing, due_months, standings
from hengliang.platform.registry.selectors.find import Found, instrument_by_code, instruments_by_number
from hengliang.platform.registry.selectors.ledger import capped_count, entry_list, searched
from hengliang.platform.registry.selectors.names import region_names
from hengliang.platform.registry.selectors.wave import Due, due_wave

__all__ = [
    "BARRED",
    "HELD",
    "OUT_OF_USE",
    "STANDINGS",
    "WARNING_DAYS",
    "Dossier",
    "Due",
    "Found",
    "MonthDue",
    "Standing",
    "barred",
    "capped_count",
    "dossier",
    "due_months",
    "due_state",
    "due_wave",
    "due_within",
    "entry_list",
    "instrument_by_code",
    "instruments_by_number",
    "overdue",
    "region_names",
    "searched",
    "standings",
]
