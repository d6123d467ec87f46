"""An uncertainty budget at a certificate: chosen by the approver, frozen, shown to whoever sees the certificate."""

import pytest
from django.db import IntegrityError, transaction

from hengliang.platform.certificates.models import AttachedBudget
from hengliang.platform.certificates.services import certificate_budget_attach, certificate_withdraw
from hengliang.platform.core.errors import Blocked, InputRefused
from hengliang.platform.core.models import Act
from hengliang.platform.standards.budgets.evaluation import evaluate
from hengliang.platform.standards.budgets.examples import example
from hengliang.platform.standards.services import budget_revise, budget_save
from tests.platform import slice as walk
from tests.platform.cast import make_organisation
from tests.platform.standards.test_pages import of

pytestmark = pytest.mark.django_db


@pytest.fixture
def certificate(cast, settings):
    settings.TRAINING = True
    standard = walk.equip(cast, cast.scale)
    made = walk.make_instrument(cast, "SC1", cast.scale, "电子计价秤")
    data = walk.example("procedure/price-scale", "pass", "2017-05-30")
    return walk.certify(cast, walk.apply_for(cast, made)[0], standard, data)


@pytest.fixture
def version(cast):
    found = evaluate(*example("pressure_gauge"))
    return budget_save(actor=cast.actor("verifier"), organisation=cast.body, name="压力表", evaluation=found)


def test_the_page_of_the_certificate_shows_what_was_attached(cast, certificate, version):
    approver, page = of(cast, "approver"), f"/certificates/{certificate.pk}/"
    answer = approver.post(f"{page}budgets/new/", {"version": version.pk})
    assert answer["Location"] == f"{page}?tab=proofs"
    further = evaluate(*example("gum_h1"))
    budget_revise(actor=cast.actor("verifier"), budget=version.budget, after=1, evaluation=further, note="x")
    owner = of(cast, "owner")
    assert "U = 0.0078 MPa; k = 2" in owner.get(page).content.decode()
    shown = owner.get(f"{page}?tab=proofs").content.decode()
    assert "computed again just now: the same" in shown and "压力表 v1" in shown
    row = AttachedBudget.objects.get()
    assert owner.get(f"{page}budgets/{row.pk}/report.pdf").content.startswith(b"%PDF")
    assert of(cast, "foreign_owner").get(f"{page}budgets/{row.pk}/report.pdf").status_code == 404
    assert Act.objects.filter(kind="certificate_budget_attach", subject_id=str(certificate.pk)).exists()
    with pytest.raises(IntegrityError), transaction.atomic():
        AttachedBudget.objects.update(number=2)


def test_only_the_approver_attaches(cast, certificate, version):
    path = f"/certificates/{certificate.pk}/budgets/new/"
    whos = ("approver", "verifier", "authority", "owner", "foreign_verifier")
    assert [of(cast, who).get(path).status_code for who in whos] == [200, 403, 403, 403, 404]


def test_what_can_not_be_attached(cast, certificate, version):
    approver = cast.actor("approver")
    other = make_organisation("另一检定所", cast.city, body=True)
    system = approver.system("cast")
    foreign = budget_save(
        actor=system, organisation=other, name="压力表", evaluation=evaluate(*example("pressure_gauge"))
    )
    with pytest.raises(InputRefused, match="属于另一机构"):
        certificate_budget_attach(actor=approver, certificate=certificate, version=foreign)
    certificate_budget_attach(actor=approver, certificate=certificate, version=version)
    with pytest.raises(InputRefused):
        certificate_budget_attach(actor=approver, certificate=certificate, version=version)
    certificate_withdraw(actor=approver, certificate=certificate, reason="错")
    with pytest.raises(Blocked):
        certificate_budget_attach(actor=approver, certificate=certificate, version=version)
