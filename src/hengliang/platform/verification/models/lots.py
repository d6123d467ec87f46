"""Lots: the results of an automatic test bench, approved together, each retrievable by itself."""

from datetime import date
from typing import Self

from django.contrib.postgres.indexes import BrinIndex
from django.db import connection, models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from hengliang.platform.core.models import Act, LedgerRow, Region
from hengliang.platform.core.rights import BODY_ROLES, HOLDER_ROLES, Actor, Role
from hengliang.platform.parties.models import Organisation, Person
from hengliang.platform.registry.codes import narrow
from hengliang.platform.registry.models import CatalogueItem, Instrument, InstrumentState
from hengliang.platform.standards.models import MeasurementStandard
from hengliang.platform.verification.models.bench_profiles import BenchProfile
from hengliang.platform.verification.models.records import RuleAsUsed
from hengliang.platform.verification.models.work import MANDATORY, VerificationRegime
from hengliang.platform.verification.states import LOT, LOT_OVER, LOT_TOLD


class LotQuerySet(models.QuerySet["Lot"]):
    """Lots, scoped."""

    def visible_to(self, actor: Actor) -> Self:
        """A body sees its own; the authority those of its regions; who had them tested, what was issued."""
        if actor.has(Role.ADMINISTRATOR):
            return self
        return self.filter(
            Q(body_id__in=actor.organisations(BODY_ROLES))
            | Q(region_id__in=actor.regions())
            | Q(customer_id__in=actor.organisations(HOLDER_ROLES), state__in=LOT_TOLD)
        )

    def standing(self) -> Self:
        """Those that were neither sent back nor voided nor dropped."""
        return self.exclude(state__in=LOT_OVER)


class Lot(LedgerRow):
    """The file of a test bench: received, read and judged, submitted, reviewed, approved, issued: one act each.

    Its results are written when it is submitted, with one Merkle root over them. It is never edited: sent back or
    voided, the corrected file is another lot.
    """

    # What is found in the file is told until it is submitted; a signature is added with its act.
    changing = frozenset(
        {
            "approver_id",
            "columns",
            "decision",
            "done",
            "edition",
            "failed",
            "fields",
            "first_on",
            "headers",
            "indeterminate",
        }
        | {
            "issued_on",
            "last_on",
            "notices",
            "passed",
            "problem",
            "procedure",
            "profile",
            "profile_used",
            "refused",
            "reviewer_id",
        }
        | {"root", "rows", "rule_id", "sample", "state", "step", "training", "tree", "verifier_id", "entered"}
    )

    number = models.CharField(_("lot number"), max_length=40, unique=True)
    body = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("verification body"))
    customer = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("whose meters they are")
    )
    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    item = models.ForeignKey(CatalogueItem, models.PROTECT, related_name="+", verbose_name=_("catalogue item"))
    job = models.CharField(_("kind of job"), max_length=24, default=MANDATORY)
    regime = models.CharField(_("regime"), max_length=16, choices=VerificationRegime)
    bench = models.CharField(_("test bench"), max_length=100)
    standards = models.ManyToManyField(MeasurementStandard, related_name="lots")
    profile = models.CharField(_("mapping profile"), max_length=40, blank=True)
    profile_used = models.JSONField(_("profile as it was used"), default=dict)
    own_profile = models.ForeignKey(BenchProfile, models.PROTECT, null=True, blank=True, related_name="+")
    file_name = models.CharField(_("file"), max_length=255)
    sha256 = models.CharField("SHA-256", max_length=64)
    size = models.BigIntegerField(_("size (bytes)"))
    state = models.CharField(_("state"), max_length=16, choices=LOT.choices())
    headers = models.JSONField(_("headers of the file"), default=list)
    columns = models.JSONField(_("which column was read as what"), default=dict)
    fields = models.JSONField(_("columns that hold readings, in the order of each result"), default=list)
    notices = models.JSONField(_("what its sender should know"), default=list)
    problem = models.JSONField(_("why it can't be read"), default=dict)
    sample = models.JSONField(_("how many were tested: all, or by which plan"), default=dict)
    decision = models.CharField(_("lot decision"), max_length=16, blank=True)
    rows = models.IntegerField(_("rows"), default=0)
    refused = models.IntegerField(_("rows refused"), default=0)
    passed = models.IntegerField(_("passed"), default=0)
    failed = models.IntegerField(_("failed"), default=0)
    indeterminate = models.IntegerField(_("indeterminate"), default=0)
    entered = models.IntegerField(_("entered into the ledger"), default=0)
    first_on = models.DateField(_("first day of test"), null=True)
    last_on = models.DateField(_("last day of test"), null=True)
    procedure = models.CharField(_("rule"), max_length=80, blank=True)
    edition = models.CharField(_("edition"), max_length=80, blank=True)
    rule = models.ForeignKey(RuleAsUsed, models.PROTECT, null=True, related_name="lots")
    training = models.BooleanField(_("judged by a draft rule; issues nothing outside training"), default=False)
    step = models.CharField(_("what is being done"), max_length=16, blank=True)
    done = models.IntegerField(_("rows done in this step"), default=0)
    root = models.CharField(_("Merkle root over its results"), max_length=64, blank=True)
    tree = models.BinaryField(_("hashes of complete runs of 256 results"), default=b"")
    verifier = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    reviewer = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    approver = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    issued_on = models.DateField(_("issued on"), null=True)

    objects = LotQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="lot_three_different_people",
                condition=~Q(verifier=models.F("reviewer"))
                & ~Q(verifier=models.F("approver"))
                & ~Q(reviewer=models.F("approver")),
            ),
            models.UniqueConstraint(
                name="lot_file_once", fields=["body", "sha256"], condition=~Q(state__in=sorted(LOT_OVER))
            ),
        ]
        indexes = [
            models.Index(fields=["body", "-id"], name="lot_body"),
            models.Index(fields=["region", "-id"], name="lot_region"),
            models.Index(fields=["customer", "-id"], name="lot_customer", condition=Q(customer__isnull=False)),
        ]
        verbose_name = _("lot of a test bench")

    def __str__(self) -> str:
        return self.number

    @property
    def judged(self) -> int:
        """How many results it has."""
        return self.passed + self.failed + self.indeterminate


class LotGroup(LedgerRow):
    """What many results of a lot have in common: maker, model, batch, day; and what they came to, for statistics.

    `tally` holds for each judged point `[n, sum, sum of squares, shares]`: the counts of error ÷ limit in tenths.
    """

    act = models.ForeignKey(Act, models.PROTECT, related_name="+", db_index=False)
    lot = models.ForeignKey(Lot, models.PROTECT, related_name="groups")
    maker = models.CharField(_("manufacturer"), max_length=200, blank=True)
    model = models.CharField(_("model"), max_length=100, blank=True)
    batch = models.CharField(_("batch"), max_length=60, blank=True)
    made_on = models.DateField(_("date of manufacture"), null=True)
    verified_on = models.DateField(_("verified on"))
    attributes = models.TextField(_("particulars that the rule needs, as JSON"))
    valid_until = models.DateField(_("a pass is valid until"), null=True)
    validity_reason = models.CharField(_("why until then"), max_length=200, blank=True)
    passed = models.IntegerField(_("passed"))
    failed = models.IntegerField(_("failed"))
    indeterminate = models.IntegerField(_("indeterminate"))
    tally = models.JSONField(_("what its errors come to"))

    class Meta:
        indexes = [BrinIndex(fields=["act"], name="lotgroup_act")]
        verbose_name = _("group of a lot")

    def __str__(self) -> str:
        return f"{self.maker} {self.model}"

    @property
    def age(self) -> int | None:
        """Whole years from make to verification; None where the day of make is not known."""
        if self.made_on is None:
            return None
        made, day = self.made_on, self.verified_on
        return day.year - made.year - ((day.month, day.day) < (made.month, made.day))


# A serial has an index, a label another; asked in one condition beside joins the planner might use neither.
_NAMED = (
    "SELECT id FROM verification_lotresult WHERE serial = ANY (%(numbers)s) UNION"
    " SELECT id FROM verification_lotresult WHERE label = ANY (%(numbers)s) AND label <> '' LIMIT 200"
)


class LotResultQuerySet(models.QuerySet["LotResult"]):
    """Single results, scoped."""

    def visible_to(self, actor: Actor) -> Self:
        """With the lot; and to whoever holds the instrument, once issued."""
        if actor.has(Role.ADMINISTRATOR):
            return self
        regional = Q(lot__region_id__in=actor.regions()) | Q(lot__body_id__in=actor.organisations(BODY_ROLES))
        if not actor.organisations(HOLDER_ROLES):  # asking costs as much as all the rest
            return self.filter(regional)
        held = InstrumentState.objects.current().filter(owner_id__in=actor.organisations(HOLDER_ROLES))
        mine = LotLink.objects.filter(result=OuterRef("pk"), instrument__in=held.values("instrument"))
        told = Q(lot__customer_id__in=actor.organisations(HOLDER_ROLES)) | Exists(mine)
        return self.filter(regional | (Q(lot__state__in=LOT_TOLD) & told))

    def named(self, number: str) -> Self:
        """Those with this serial or label, as typed or in capitals: each looked up in an index of its own."""
        typed = narrow(number).strip()
        numbers = sorted({number.strip(), typed, typed.upper()} - {""})
        with connection.cursor() as cursor:
            cursor.execute(_NAMED, {"numbers": numbers})
            return self.filter(pk__in=[row[0] for row in cursor.fetchall()])


class LotResult(LedgerRow):
    """One meter of a lot: what was measured and the verdict. Compact: there are tens of millions.

    `measured` holds the readings in the order of the lot's columns, parted by tabs.
    """

    class Verdict(models.TextChoices):
        """What the rule says."""

        PASS = "p", _("Pass")
        FAIL = "f", _("Fail")
        INDETERMINATE = "i", _("Indeterminate")

    # That they exist and belong together is proven once for each statement (trigger `results_hang_on`), not by row.
    act = models.ForeignKey(Act, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    lot = models.ForeignKey(Lot, models.PROTECT, related_name="results", db_index=False, db_constraint=False)
    group = models.ForeignKey(LotGroup, models.PROTECT, related_name="results", db_index=False, db_constraint=False)
    place = models.IntegerField(_("place in the lot"))
    serial = models.CharField(_("serial number"), max_length=60)
    label = models.CharField(_("label"), max_length=60, blank=True)
    verdict = models.CharField(_("verdict"), max_length=1, choices=Verdict)
    measured = models.TextField(_("what was measured"))

    objects = LotResultQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["lot", "place"], name="lotresult_place")]
        indexes = [
            models.Index(fields=["serial"], name="lotresult_serial"),
            models.Index(fields=["label"], name="lotresult_label", condition=~Q(label="")),
            models.Index(fields=["lot", "place"], name="lotresult_rejects", condition=~Q(verdict="p")),
            BrinIndex(fields=["act"], name="lotresult_act"),
        ]
        verbose_name = _("single result of a lot")

    def __str__(self) -> str:
        return self.serial

    @property
    def valid_until(self) -> date | None:
        """The last day on which a pass holds."""
        return self.group.valid_until if self.verdict == self.Verdict.PASS else None

    def readings(self) -> dict[str, str]:
        """The readings by the columns of the profile."""
        return dict(zip(self.lot.fields, self.measured.split("\t"), strict=True))


class LotLink(LedgerRow):
    """A single result stands for an instrument of the ledger; `entered` tells whether the ledger took its date."""

    act = models.ForeignKey(Act, models.PROTECT, related_name="+", db_index=False)
    result = models.OneToOneField(LotResult, models.PROTECT, related_name="link")
    instrument = models.ForeignKey(Instrument, models.PROTECT, related_name="lot_links")
    lot = models.ForeignKey(Lot, models.PROTECT, related_name="links", db_constraint=False)
    verified_on = models.DateField(_("verified on"))
    entered = models.BooleanField(_("entered into the ledger"), default=True)

    class Meta:
        indexes = [BrinIndex(fields=["act"], name="lotlink_act")]
        verbose_name = _("result of an instrument of the ledger")

    def __str__(self) -> str:
        return f"{self.result_id} of {self.instrument_id}"
