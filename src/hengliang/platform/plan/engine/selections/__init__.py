"""The selectors that indicators may name. An app above that has a ledger of its own adds to them in its `ready`."""

from collections.abc import Mapping

from hengliang.platform.plan.engine.selection import Selection
from hengliang.platform.plan.engine.selections.achievements import ACHIEVEMENTS
from hengliang.platform.plan.engine.selections.catalogue import ITEMS, ITEMS_FIRST
from hengliang.platform.plan.engine.selections.instruments import INSTRUMENTS
from hengliang.platform.plan.engine.selections.standards import STANDARDS, STANDARDS_BUILT

SELECTIONS: dict[str, Selection] = {
    **INSTRUMENTS,
    "catalogue_items": ITEMS,
    "items_first_authorised": ITEMS_FIRST,
    "measurement_standards": STANDARDS,
    "standards_built": STANDARDS_BUILT,
    "achievements": ACHIEVEMENTS,
}


def register_selections(table: Mapping[str, Selection]) -> None:
    """Add selectors; an indicator that waited for one is computed from then on."""
    clash = SELECTIONS.keys() & table.keys()
    if any(SELECTIONS[name] is not table[name] for name in clash):
        raise ValueError(f"selectors registered twice: {sorted(clash)}")
    SELECTIONS.update(table)
