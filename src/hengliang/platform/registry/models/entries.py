"""What changes with time about an instrument: the entries of the ledger, and preservation."""

from typing import Any, Self

from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _

from hengliang.platform.core.models import Act, DatedQuerySet, DatedRow, Region, never_twice
from hengliang.platform.core.rights import BODY_ROLES, HOLDER_ROLES, Actor, Role
from hengliang.platform.core.search import matching
from hengliang.platform.parties.models import Organisation
from hengliang.platform.registry.models.catalogue import CatalogueItem, Purpose, Regime
from hengliang.platform.registry.models.identity import CURRENT, Instrument
from hengliang.platform.registry.states import IN_USE, INSTRUMENT

# Counting a million rows exactly takes longer than anybody looks at the figure.
COUNT_CAP, SEARCH_CAP = 10_000, 1_000


class Position(Func):
    """Where a text stands in another, from 1; 0 where it does not. The planner knows nothing of it, as is wanted."""

    function = "strpos"
    output_field = models.IntegerField()
    arity = 2


class InstrumentStateQuerySet(DatedQuerySet["InstrumentState"]):
    """The ledger as of a day."""

    _needle = ""
    keys_first = False

    @property
    def cap(self) -> int:
        """To what number rows are counted; what is found by a needle that very many hold is dear to count."""
        return SEARCH_CAP if self._needle else COUNT_CAP

    def holding(self, needle: str) -> Self:
        """The rows whose instrument holds every word of a needle that very many hold.

        Such rows are met soon on the way along any index of the list, so the words are only compared, not looked up:
        looking them up would bring tens of thousands of rows to sort. (Measured on a million: 50 ms against 700.)
        """
        rows = self
        for word in needle.lower().split():
            found = Position(F("instrument__search_text"), Value(word))
            rows = rows.alias(found=found).filter(found__gt=0)
        rows._needle = needle
        return rows

    def by_keys(self) -> Self:
        """The same rows; a list of them finds the keys of its page first and joins what it shows to these only.

        For what no index finds and no statistics foresee: else a planner that expects few rows joins all of them
        before it sorts. (Why overdue, 50,000 rows of a million: 1,080 ms against 160. Where an index gives the order,
        it is one plan too many.)
        """
        rows = self.all()
        rows.keys_first = True
        return rows

    def order_by(self, *fields: Any) -> Self:
        """Without an order nobody asks for the first rows any more, but for all or their number: so look them up."""
        rows = super().order_by(*fields)
        if fields or not self._needle:
            return rows
        return matching(rows, self._needle, field="instrument__search_text")

    def _clone(self) -> Self:
        clone: Self = super()._clone()  # type: ignore[misc]
        clone._needle, clone.keys_first = self._needle, self.keys_first
        return clone

    def visible_to(self, actor: Actor) -> Self:
        """Regional roles see their regions; holders what is theirs; bodies what they are designated for."""
        if actor.has(Role.ADMINISTRATOR):
            return self
        return self.filter(
            Q(region_id__in=actor.regions())
            | Q(owner_id__in=actor.organisations(HOLDER_ROLES))
            | Q(market_id__in=actor.organisations({Role.MARKET_ORGANISER}))
            | Q(body_id__in=actor.organisations(BODY_ROLES))
        )

    def current(self) -> Self:
        """The ledger as it stands: no act of this app is dated ahead, so the open row is the row of today."""
        return self.filter(known_to__isnull=True, valid_to__isnull=True)

    def whole(self) -> Self:
        """Instruments only, without their parts."""
        return self.filter(is_part=False)

    def under_control(self) -> Self:
        """In use and under mandatory verification by period: what can fall due."""
        return self.filter(status=IN_USE, mandatory=True)


class InstrumentState(DatedRow):
    """All about an instrument that changes with time, from a day on: one row a version.

    `is_part` and `item` are the instrument's to say; they are copied here so that lists need not ask it. The database
    fills an item that is left out, and carries on one that is corrected.

    `due_on` is the last day on which its present proof is good; the day itself is not overdue. Without a good proof
    (never verified, failed) `due_on` is the day by which it should have had one.
    """

    class Result(models.TextChoices):
        """The outcome of the last verification."""

        NONE = "", _("Not yet verified")
        PASS = "pass", _("Pass")
        FAIL = "fail", _("Fail")

    changing = DatedRow.changing | {"item_id"}

    # That the act exists is proven once for each statement (trigger `rows_hang_on`), not by row; so it is of all three.
    act = models.ForeignKey(Act, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    instrument = models.ForeignKey(Instrument, models.PROTECT, related_name="states")
    is_part = models.BooleanField(_("part judged singly"), default=False)
    # No constraint: that of the instrument holds the same, and asking twice is a tenth of an import's writing.
    item = models.ForeignKey(
        CatalogueItem,
        models.PROTECT,
        related_name="+",
        db_index=False,
        db_constraint=False,
        editable=False,
        verbose_name=_("catalogue item"),
    )
    status = models.CharField(_("state"), max_length=16, choices=INSTRUMENT.choices())
    owner = models.ForeignKey(Organisation, models.PROTECT, related_name="+", db_index=False, verbose_name=_("user"))
    market = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", db_index=False, verbose_name=_("market")
    )
    region = models.ForeignKey(Region, models.PROTECT, related_name="+", db_index=False, verbose_name=_("region"))
    place = models.CharField(_("place of use"), max_length=300, blank=True)
    purpose = models.CharField(_("purpose"), max_length=16, choices=Purpose)
    regime = models.CharField(_("regime"), max_length=24, choices=Regime)
    mandatory = models.BooleanField(_("under mandatory verification"), default=True)
    on_site = models.BooleanField(_("verified on site"), default=False)
    body = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        verbose_name=_("verification body"),
    )
    last_on = models.DateField(_("last verified on"), null=True, blank=True)
    last_result = models.CharField(_("last result"), max_length=8, choices=Result, default="", blank=True)
    due_on = models.DateField(_("due on"), null=True, blank=True)
    reason = models.CharField(_("why the date is what it is"), max_length=200, blank=True)

    objects = InstrumentStateQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        constraints = [never_twice("instrument_state_once", "instrument_id")]
        indexes = [
            models.Index(fields=["region", "due_on"], name="state_region_due", condition=CURRENT),
            models.Index(fields=["due_on", "instrument"], name="state_due", condition=CURRENT),
            models.Index(fields=["item", "due_on"], name="state_item_due", condition=CURRENT),
            models.Index(fields=["region", "due_on"], name="state_failed", condition=CURRENT & Q(last_result="fail")),
            models.Index(fields=["owner", "due_on"], name="state_owner_due", condition=Q(known_to__isnull=True)),
            models.Index(
                fields=["body", "due_on"],
                name="state_body_due",
                condition=Q(known_to__isnull=True, body__isnull=False),
            ),
            models.Index(
                fields=["market", "due_on"],
                name="state_market_due",
                condition=Q(known_to__isnull=True, market__isnull=False),
            ),
        ]
        verbose_name = _("entry of the ledger")

    def __str__(self) -> str:
        return f"{self.instrument_id} from {self.valid_from}"

    def save(self, *args: Any, **more: Any) -> None:
        """With what is the instrument's to say."""
        self.is_part = self.instrument.part_of_id is not None
        self.item_id = self.instrument.item_id
        super().save(*args, **more)


class InstrumentHold(DatedRow):
    """An instrument is preserved (保全) as it is: nobody stops, moves, scraps, transfers or merges it meanwhile."""

    instrument = models.ForeignKey(Instrument, models.PROTECT, related_name="holds")
    document = models.CharField(_("what it rests on"), max_length=100)

    class Meta:
        constraints = [never_twice("instrument_held_once", "instrument_id")]
        verbose_name = _("preservation")

    def __str__(self) -> str:
        return self.document
