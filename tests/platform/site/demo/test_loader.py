"""The demo city shows each kind of work in the states in which one meets it, and its snapshot follows from its records,
whatever the load wrote as known weeks ago."""

import pytest
from django.db.models import F

from hengliang.platform.certificates.models import Certificate, Mark
from hengliang.platform.core.rights import Role
from hengliang.platform.exchange.models import Discrepancy
from hengliang.platform.parties.models import Account, RoleAssignment
from hengliang.platform.plan.models import PlanAssessment, Snapshot
from hengliang.platform.plan.selectors.snapshots import compare
from hengliang.platform.registry.models import TransferOffer
from hengliang.platform.site.demo import ACCOUNTS, loader
from hengliang.platform.site.demo.world import LABORATORY
from hengliang.platform.supervision.models import Finding, Order, StatisticsReturn
from hengliang.platform.verification.models import (
    AgreedDecision,
    Application,
    Arbitration,
    Deposit,
    Lot,
    ReTest,
    Round,
    Task,
)

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

SHOWN = {
    (Task, "job"): {"mandatory", "voluntary", "calibration", "testing", "arbitration", "retest"},
    (Task, "state"): {"waiting", "measured", "reviewed", "approved", "issued", "concluded"},
    (Application, "state"): {"submitted", "accepted", "unplaced"},
    (Arbitration, "state"): {"notified", "told", "appealed"},
    (Certificate, "kind"): {"certificate", "notice", "calibration", "report", "arbitration"},
    (Certificate, "state"): {"in_force", "cancelled"},
    (Mark, "state"): {"on_instrument", "to_remove", "removed", "struck", "spoiled", "destroyed"},
    (Lot, "state"): {"checked", "unreadable", "reviewed", "issued"},
    (Round, "state"): {"planned", "confirmed", "back"},
    (ReTest, "state"): {"finding"},
    (Order, "state"): {"open", "closed", "withdrawn"},
    (Finding, "kind"): {"serial_twice", "two_places"},
    (Finding, "state"): {"open", "explained"},
    (StatisticsReturn, "state"): {"prepared", "signed"},
    (Discrepancy, "kind"): {"different", "only_there"},
    (TransferOffer, "state"): {"offered"},
}


def test_every_kind_of_work_is_shown_and_the_snapshot_comes_last(settings, tmp_path, monkeypatch) -> None:
    settings.MEDIA_ROOT, settings.TRAINING = tmp_path, True
    monkeypatch.setattr(loader, "SIZES", {"first": (80, 500, 10), "rest": (20, 60, 6)})
    loader.load("first")
    assert not Snapshot.objects.exists()
    loader.load("rest")
    for (model, name), wanted in SHOWN.items():
        assert wanted <= set(model.objects.values_list(name, flat=True)), f"{model.__name__}.{name}"
    assert AgreedDecision.objects.exists()
    appointments = Round.objects.filter(kind=Round.Kind.APPOINTMENT)
    assert set(appointments.values_list("state", flat=True)) == {"planned", "proposed", "confirmed"}
    owner = Account.objects.select_related("person").get(username="owner").person
    assert appointments.get(state="confirmed").organiser_id == owner.organisation_id
    assert not Deposit.objects.filter(promised_on__lt=F("brought_on")).exists()
    told = {username for username, _password, _who in ACCOUNTS}
    assert set(Account.objects.values_list("username", flat=True)) == told
    laboratory = RoleAssignment.objects.filter(role=Role.BODY_MANAGER, account__username="meter_manager")
    assert laboratory.get().organisation.name == LABORATORY

    compared = compare(Snapshot.objects.get())
    assert [one.frozen.demand["metric"] for one in compared if not one.agrees] == []
    assert any(one.frozen.numerator for one in compared)
    assert PlanAssessment.objects.get().opinions.exists()
    loader.load("rest")
    assert Snapshot.objects.count() == 1
