"""An instrument goes over when the other side accepts; until then its user stays responsible."""

import pytest
from django.db import IntegrityError, transaction

from hengliang.platform.core.errors import Blocked, InputRefused, NotPermitted, Refused, StaleWrite, TransitionRefused
from hengliang.platform.core.models import Notification
from hengliang.platform.core.selectors import history_of
from hengliang.platform.registry import services as s
from hengliang.platform.registry.models import TransferOffer
from hengliang.platform.registry.selectors.transfers import acts_of_offer, transfer_list

pytestmark = pytest.mark.django_db


@pytest.fixture
def offered(cast, in_use):
    """An instrument that the enterprise offers to one in another city."""
    made = in_use(parts=["1号枪"])
    return s.transfer_offer(
        actor=cast.actor("owner"), instrument=made, receiver=cast.foreign_enterprise, reason="门店转让"
    )


def owner_of(instrument):
    return instrument.states.current().get().owner


def told(cast, who):
    return list(
        Notification.objects.filter(account_id=cast.accounts[who].pk, kind__startswith="transfer")
        .order_by("pk")
        .values_list("kind", flat=True)
    )


def test_an_offer_changes_nothing_until_it_is_accepted(cast, offered):
    assert owner_of(offered.instrument) == cast.enterprise
    assert told(cast, "foreign_owner") == ["transfer.offered"]
    s.transfer_accept(actor=cast.actor("foreign_owner"), offer=offered)
    assert owner_of(offered.instrument) == cast.foreign_enterprise
    assert owner_of(offered.instrument.parts.get()) == cast.foreign_enterprise
    assert told(cast, "owner") == ["transfer.accepted"]
    assert [act.kind for act in acts_of_offer(offered)] == ["transfer_accept", "transfer_offer"]
    assert {"transfer_offer", "transfer_accept"} <= {act.kind for act in history_of(offered.instrument)}


def test_who_declines_says_why_and_nothing_changes(cast, offered):
    with pytest.raises(InputRefused):
        s.transfer_decline(actor=cast.actor("foreign_owner"), offer=offered, reason=" ")
    s.transfer_decline(actor=cast.actor("foreign_owner"), offer=offered, reason="型号不符")
    assert owner_of(offered.instrument) == cast.enterprise
    assert told(cast, "owner") == ["transfer.declined"]


@pytest.mark.parametrize("who", ["owner", "authority"])
def test_the_giver_or_the_authority_withdraws(cast, offered, who):
    s.transfer_withdraw(actor=cast.actor(who), offer=offered, reason="不转了")
    assert offered.state == "withdrawn"
    assert told(cast, "foreign_owner") == ["transfer.offered", "transfer.withdrawn"]
    with pytest.raises(TransitionRefused):
        s.transfer_accept(actor=cast.actor("foreign_owner"), offer=offered)
    assert owner_of(offered.instrument) == cast.enterprise


@pytest.mark.parametrize(
    ("act", "who"),
    [
        ("transfer_accept", "owner"),
        ("transfer_accept", "authority"),
        ("transfer_accept", "foreign_authority"),
        ("transfer_decline", "owner"),
        ("transfer_withdraw", "foreign_owner"),
        ("transfer_withdraw", "foreign_authority"),
    ],
)
def test_each_side_does_its_own_part_alone(cast, offered, act, who):
    reason = {} if act == "transfer_accept" else {"reason": "不该"}
    with pytest.raises(NotPermitted):
        getattr(s, act)(actor=cast.actor(who), offer=offered, **reason)
    assert TransferOffer.objects.get().state == "offered"


def test_who_answers_late_learns_that_it_was_answered(cast, offered):
    stale = TransferOffer.objects.get(pk=offered.pk)
    s.transfer_withdraw(actor=cast.actor("owner"), offer=offered, reason="不转了")
    with pytest.raises(StaleWrite):
        s.transfer_accept(actor=cast.actor("foreign_owner"), offer=stale)
    assert owner_of(offered.instrument) == cast.enterprise


@pytest.mark.parametrize(
    ("act", "more"),
    [("instrument_scrap", {"reason": "报废"}), ("transfer_offer", {"reason": "再转"})],
)
def test_what_is_offered_is_not_pulled_away(cast, offered, act, more):
    extra = {"receiver": cast.foreign_enterprise} if act == "transfer_offer" else {}
    with pytest.raises(Blocked) as caught:
        getattr(s, act)(actor=cast.actor("owner"), instrument=offered.instrument, **more, **extra)
    assert caught.value.code == "transfer_offered"


def test_the_authority_enters_a_transfer_only_after_the_offer_is_withdrawn(cast, offered):
    authority = cast.actor("authority")
    with pytest.raises(Blocked):
        s.instrument_transfer(actor=authority, instrument=offered.instrument, owner=cast.body, reason="判决")
    s.transfer_withdraw(actor=authority, offer=offered, reason="判决")
    s.instrument_transfer(actor=authority, instrument=offered.instrument, owner=cast.body, reason="判决")
    assert owner_of(offered.instrument) == cast.body


def test_an_offer_of_who_is_no_longer_its_user_is_not_accepted(cast, offered):
    """An import of the authority may change the user while an offer stands."""
    s.transfer_withdraw(actor=cast.actor("owner"), offer=offered, reason="—")
    s.instrument_transfer(actor=cast.actor("authority"), instrument=offered.instrument, owner=cast.body, reason="判决")
    late = TransferOffer.objects.create(
        act=offered.act, instrument=offered.instrument, giver=cast.enterprise, receiver=cast.foreign_enterprise,
        region=cast.county, offered_on=offered.offered_on,
    )  # fmt: skip
    with pytest.raises(Refused) as caught:
        s.transfer_accept(actor=cast.actor("foreign_owner"), offer=late)
    assert caught.value.code == "giver_changed"


@pytest.mark.parametrize(("to", "code"), [("enterprise", "owner_already"), ("body", "nobody_to_answer")])
def test_an_offer_needs_somebody_else_who_can_answer(cast, in_use, to, code):
    with pytest.raises(InputRefused) as caught:
        s.transfer_offer(actor=cast.actor("owner"), instrument=in_use(), receiver=getattr(cast, to), reason="转让")
    assert caught.value.code == code


def test_a_part_goes_with_its_whole(cast, in_use):
    part = in_use(parts=["1号枪"]).parts.get()
    with pytest.raises(Refused) as caught:
        s.transfer_offer(actor=cast.actor("owner"), instrument=part, receiver=cast.foreign_enterprise, reason="转让")
    assert caught.value.code == "part_follows"


def test_what_is_preserved_is_neither_offered_nor_taken_over(cast, offered):
    held = s.hold(offered.instrument, act=offered.act, document="仲裁1号")
    assert held
    with pytest.raises(Blocked):
        s.transfer_accept(actor=cast.actor("foreign_owner"), offer=offered)


def test_who_sees_an_offer(cast, offered):
    seen = {who for who in cast.accounts if transfer_list(cast.actor(who)).exists()}
    assert seen == {"owner", "foreign_owner", "authority", "auditor", "administrator"}


def test_the_database_holds_an_answered_offer(offered, cast):
    s.transfer_decline(actor=cast.actor("foreign_owner"), offer=offered, reason="不要")
    for change in ({"state": "offered"}, {"giver": cast.body}):
        with pytest.raises(IntegrityError), transaction.atomic():
            TransferOffer.objects.filter(pk=offered.pk).update(**change)


def test_the_receiver_sees_what_is_offered_and_accepts_on_a_page(cast, offered, client):
    client.force_login(cast.accounts["foreign_owner"])
    assert client.get(f"/ledger/{offered.instrument.code}/").status_code == 404
    page = client.get(f"/ledger/transfers/{offered.pk}/").content.decode()
    assert "A1" in page
    assert "量县加油站" in page
    assert f"/ledger/transfers/{offered.pk}/accept/" in page
    assert "withdraw" not in page
    answer = client.post(f"/ledger/transfers/{offered.pk}/accept/", {"confirmed": "1"})
    assert answer.status_code == 302
    assert client.get(f"/ledger/{offered.instrument.code}/").status_code == 200


def test_the_user_offers_by_credit_code_and_the_page_says_so(cast, in_use, client):
    made = in_use()
    client.force_login(cast.accounts["owner"])
    cast.foreign_enterprise.credit_code = "91990200MA00000024"
    cast.foreign_enterprise.save(update_fields=["credit_code"])
    url = f"/ledger/{made.code}/transfer_offer/"
    wrong = client.post(url, {"receiver": "91990200MA0000009X", "reason": "转让"})
    assert wrong.status_code == 422
    assert client.post(url, {"receiver": "91990200 MA00000024", "reason": "转让"}).status_code == 302
    page = client.get(f"/ledger/{made.code}/").content.decode()
    assert "邻城超市" in page
    assert "/transfer_offer/" not in page
    assert client.get("/ledger/transfers/?state=offered").content.decode().count("邻城超市") == 1


def test_the_giver_may_not_accept_by_address(cast, offered, client):
    client.force_login(cast.accounts["owner"])
    assert client.post(f"/ledger/transfers/{offered.pk}/accept/", {"confirmed": "1"}).status_code == 403
