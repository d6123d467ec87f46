"""The catalogue of the norm is projected into a table, for joins and lists; the norm keeps the dates."""

from datetime import date

from hengliang.norms.catalogue import CatalogueItem as Row
from hengliang.norms.catalogue import catalogue_of
from hengliang.platform.core.acts import perform
from hengliang.platform.core.models import Act
from hengliang.platform.core.rights import Actor, permit
from hengliang.platform.core.rules import rules
from hengliang.platform.registry.models import CatalogueItem, Control, Purpose, Regime

NORM = "catalogue/mandatory"
_PURPOSES = {
    "贸易结算": Purpose.TRADE,
    "安全防护": Purpose.SAFETY,
    "医疗卫生": Purpose.MEDICAL,
    "环境监测": Purpose.ENVIRONMENT,
    "行政执法": Purpose.ENFORCEMENT,
    "司法鉴定": Purpose.JUDICIAL,
}
_CONTROLS = {"P": Control.TYPE_APPROVAL, "V": Control.VERIFICATION, "P+V": Control.BOTH}


def catalogue_load(*, actor: Actor, on: date | None = None) -> int:
    """Write the edition in force into the table; gives the number of items. Items that left it stay readable.

    Errors: `NotPermitted`; those of the norms if there is no edition in force.
    """
    permit(actor, "catalogue_load")
    edition = rules()[NORM].at(on or actor.today)
    catalogue = catalogue_of(edition)
    with perform(actor, "catalogue_load", on=on) as act:
        act.content = edition.provenance()
        known = {item.code: item for item in CatalogueItem.objects.all()}
        for rank, row in enumerate(catalogue.values()):
            known[row.code] = _enter(act, known.get(row.code) or CatalogueItem(code=row.code), row, rank)
        for row in catalogue.values():
            parent = known[row.parent] if row.parent else None
            CatalogueItem.objects.filter(pk=known[row.code].pk).update(parent=parent)
    return len(catalogue)


def _enter(act: Act, item: CatalogueItem, row: Row, rank: int) -> CatalogueItem:
    item.act, item.rank = act, rank
    item.name, item.name_en = row.zh, row.en
    item.purposes = [_PURPOSES.get(purpose, Purpose.OTHER) for purpose in row.purposes]
    item.control = _CONTROLS.get(row.control or "", Control.NONE)
    item.regime = _regime(row)
    item.period_months, item.regulation = row.period_months, row.regulation or ""
    item.mark, item.source = row.mark, row.source[:300]
    item.save()
    return item


def _regime(row: Row) -> str:
    """First-only with a period is a limited life; without one it lasts till failure."""
    if row.mode == "first-only":
        return Regime.FIRST_LIMITED_LIFE if row.period_months else Regime.FIRST_TILL_FAILURE
    return Regime.PERIODIC if row.mode == "periodic" else ""
