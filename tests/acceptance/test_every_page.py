"""Every main page, as every role, wide and on a phone, light and dark: nobody is shut out, nothing sticks out."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings
from django.utils import timezone

from hengliang.platform.certificates.services import certificate_withdraw
from hengliang.platform.core.rights import REGIONAL, Role
from hengliang.platform.core.services import notify
from hengliang.platform.registry.services import transfer_offer
from hengliang.platform.supervision.services import rectification_order, reminder_send
from tests.acceptance.axe import LAYOUT, serious, sideways
from tests.platform import slice as walk
from tests.platform.cast import make_account, make_cast, make_organisation
from tests.platform.registry.sheets import csv_of, row, send

playwright = pytest.importorskip("playwright.sync_api")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True, available_apps=settings.INSTALLED_APPS),
]
SCALE = "procedure/price-scale"
ROLES = ("authority", "auditor", "owner", "manager", "verifier", "reviewer", "approver", "administrator")
# Roles that the cast lacks: their desks and what no other role comes to.
FURTHER = {
    "county": Role.AUTHORITY,
    "sector": Role.SECTOR_DEPARTMENT,
    "deputy": Role.DEPUTY_APPROVER,
    "market": Role.MARKET_ORGANISER,
    "utility": Role.UTILITY,
    "assessor": Role.ASSESSOR,
}
WIDE, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}


@pytest.fixture
def world(transactional_db: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> SimpleNamespace:
    """One of everything that a main page shows."""
    monkeypatch.setattr(settings, "TRAINING", True)
    monkeypatch.setattr(settings, "MEDIA_ROOT", tmp_path)
    cast = make_cast()
    standard = walk.equip(cast, cast.scale)
    made = [walk.make_instrument(cast, f"SC000{n}", cast.scale, "电子计价秤") for n in range(5)]
    data = walk.example(SCALE, "pass", "2017-05-30")
    proof = walk.certify(cast, walk.apply_for(cast, made[0])[0], standard, data)
    record = walk.measure(cast, walk.apply_for(cast, made[1])[0], standard, data)
    authority = cast.actor("authority", timezone.now())
    order = rectification_order(actor=authority, instruments=[made[2]], days=15, reason="超期使用").orders[0]
    reminder_send(actor=authority, instruments=[made[3]], reason="即将到期")
    owner = cast.actor("owner", timezone.now())
    notify(accounts=[owner.account_id], kind="order.closed", at=timezone.now(), instrument="电子计价秤", reason="已检")
    for name, role in FURTHER.items():
        where = cast.body if role == Role.DEPUTY_APPROVER else cast.authority if role in REGIONAL else cast.enterprise
        region = cast.county if name == "county" else cast.city if role in REGIONAL else None
        cast.accounts[name] = make_account(name, role, where, region)
    receiver = make_organisation("量县第二加油站", cast.county)
    make_account("receiver", Role.OWNER, receiver)
    offer = transfer_offer(actor=owner, instrument=made[2], receiver=receiver, reason="门店转让")
    ended = walk.certify(cast, walk.apply_for(cast, made[4])[0], standard, data)
    certificate_withdraw(actor=cast.actor("approver", timezone.now()), certificate=ended, reason="标准器超差")
    batch = send(cast, csv_of(row(), row(出厂编号="S2", 用途="闲置")))
    return SimpleNamespace(
        cast=cast, standard=standard, made=made, proof=proof, record=record, order=order, batch=batch,
        waiting=walk.apply_for(cast, made[3])[0], offer=offer, ended=ended,
    )  # fmt: skip


def main_pages(one: SimpleNamespace) -> dict[str, tuple[str, ...]]:
    """The pages that no navigation leads to, by who looks at them."""
    instrument = f"/ledger/{one.made[0].code}"
    return {
        "": ("/", "/accounts/login/", "/accounts/password/reset/", "/c/NOTACODE22", f"/c/{one.proof.code}",
             f"/c/{one.ended.code}", "/nothing", "/parties/invitation/nothing/"),
        "authority": (
            f"{instrument}/", f"{instrument}/?tab=records", f"{instrument}/?tab=proofs", f"{instrument}/?tab=history",
            f"{instrument}/instrument_stop/", f"{instrument}/instrument_move/", "/ledger/file/", "/ledger/imports/new/",
            f"/ledger/imports/{one.batch.pk}/", f"/ledger/imports/{one.batch.pk}/columns/", "/ledger/?q=none",
            f"/supervision/orders/{one.order.pk}/", f"/supervision/orders/{one.order.pk}/close/",
            f"/supervision/orders/{one.order.pk}/withdraw/", "/plan/targets/tested-rate/",
            "/plan/targets/tested-rate/denominator/", f"/certificates/{one.proof.pk}/withdraw/",
            f"/parties/organisations/{one.cast.enterprise.pk}/", "/parties/organisations/new/",
            f"/parties/organisations/{one.cast.enterprise.pk}/invite/", "/standards/authorisations/new/",
        ),
        "owner": (
            "/notifications/", f"/verification/applications/{one.waiting.application_id}/",
            f"/verification/applications/new/?instrument={one.made[2].pk}", "/verification/applications/new/",
            "/parties/account/", "/parties/account/tokens/new/", "/accounts/password/change/", "/accounts/2fa/",
            "/plan/targets/", f"/ledger/transfers/{one.offer.pk}/", f"/ledger/transfers/{one.offer.pk}/withdraw/",
            f"/ledger/{one.made[2].code}/", f"/ledger/{one.made[1].code}/transfer_offer/", "/nothing-here/",
        ),
        "receiver": (f"/ledger/transfers/{one.offer.pk}/accept/", f"/ledger/transfers/{one.offer.pk}/decline/"),
        "verifier": (
            f"/verification/tasks/{one.waiting.pk}/", f"/verification/tasks/{one.waiting.pk}/measure/",
            f"/verification/records/{one.proof.record_id}/",
            f"/verification/records/{one.proof.record_id}/?tab=records",
            f"/certificates/{one.proof.pk}/", f"/certificates/{one.ended.pk}/", f"/rules/{SCALE}/",
        ),
        "manager": (
            f"/standards/{one.standard.pk}/", f"/standards/{one.standard.pk}/?tab=proofs", "/standards/new/",
            f"/verification/tasks/{one.waiting.pk}/cancel/",
        ),
        "reviewer": (f"/verification/records/{one.record.pk}/record_review/",),
    }  # fmt: skip


def test_nobody_is_shut_out_and_nothing_sticks_out(world: SimpleNamespace, reader: Any) -> None:
    pages, seen, faults = main_pages(world), set[str](), {}
    for who in ("", *ROLES, *FURTHER, "receiver"):
        page = reader(who)
        own = _entries(page) if who else ()
        for path in dict.fromkeys((*own, *pages.get(who, ()))):
            # A page is looked at as the first role that comes to it; the desk is another page for each of them.
            if path in seen and path != "/":
                continue
            seen.add(path)
            faults |= _looked_at(page, who, path)
    assert len(seen) > 75
    assert faults == {}


def _entries(page: Any) -> list[str]:
    page.goto("/")
    return page.eval_on_selector_all("nav.nav a", "links => links.map((one) => one.getAttribute('href'))")


def _looked_at(page: Any, who: str, path: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    page.set_viewport_size(WIDE)
    page.emulate_media(color_scheme="light")
    page.goto(path, wait_until="load")
    playwright.expect(page.locator("[data-chart] .chart-drawing:empty")).to_have_count(0, timeout=30_000)
    found |= {f"{who} {path} wide light {key}": places for key, places in serious(page).items()}
    page.set_viewport_size(PHONE)
    page.emulate_media(color_scheme="dark")
    found |= {f"{who} {path} phone dark {key}": places for key, places in serious(page, LAYOUT).items()}
    if places := sideways(page):
        found[f"{who} {path} phone sideways"] = places
    return found
