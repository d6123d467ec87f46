"""Hostile words, acts sent twice, menus that lead nowhere, rows that no act commits to, figures that stand still."""

import threading
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client, RequestFactory
from django.urls import reverse

from hengliang.platform.core.errors import InputRefused, PlatformError
from hengliang.platform.core.pages import nav
from hengliang.platform.core.rights import Actor
from hengliang.platform.plan import services
from hengliang.platform.plan.engine import REMEMBERED, Scope, figures_on, indicators
from hengliang.platform.plan.engine.remembered import Remembered
from hengliang.platform.plan.models import Comment, Snapshot
from hengliang.platform.registry.models import InstrumentState
from hengliang.platform.registry.services import instrument_stop
from tests.platform.cast import NOW
from tests.platform.plan.planned import plan_of
from tests.platform.slice import make_instrument

pytestmark = pytest.mark.django_db
SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(2)>{{ 7|add:7 }}“\u202e”"


@pytest.fixture(autouse=True)
def store(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def planned(cast):
    return plan_of(cast)


@pytest.fixture
def browser(cast):
    def log_in(name: str) -> Client:
        client = Client(headers={"accept-language": "en"})
        client.force_login(cast.accounts[name], backend="django.contrib.auth.backends.ModelBackend")
        return client

    return log_in


def test_hostile_words_are_words_on_every_page(cast, planned, browser, monkeypatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: planned.consultation.act.at)
    public = reverse("public_consultation", args=[planned.consultation.pk])
    assert Client().post(public, {"said": SCRIPT, "name": SCRIPT[:50], "contact": SCRIPT}).status_code == 302
    comment = Comment.objects.latest("pk")
    actor = cast.actor("authority")
    services.comment_publish(actor=actor, comment=comment, shown_text=SCRIPT)
    services.comment_answer(actor=actor, comment=comment, answer=SCRIPT, accepted=False)
    member = services.member_join(actor=actor, conference=planned.conference, name=SCRIPT, on=actor.today)
    services.meeting_hold(
        actor=actor, conference=planned.conference, title=SCRIPT, on=actor.today, minutes=SCRIPT,
        resolved=[services.Resolved(SCRIPT, member.name)],
    )  # fmt: skip
    client = browser("authority")
    inside = (reverse("plan:consultation", args=[planned.consultation.pk]),
              reverse("plan:conference", args=[planned.conference.pk]))  # fmt: skip
    for body in (Client().get(public).content.decode(), *(client.get(path).content.decode() for path in inside)):
        assert "alert(1)" in body
        assert "<script>alert" not in body
        assert "<img src=x" not in body
        assert "{{ 7|add:7 }}" in body


def test_what_is_sent_twice_is_done_once(cast, planned) -> None:
    second = Actor.system("second", NOW)
    services.scoring_confirm(actor=second, scoring=planned.scoring)
    services.achievement_confirm(actor=second, achievement=planned.achievement)
    for again in (
        lambda: services.scoring_confirm(actor=second, scoring=planned.scoring),
        lambda: services.achievement_confirm(actor=second, achievement=planned.achievement),
        lambda: services.member_join(
            actor=second, conference=planned.conference, name=planned.member.name, on=NOW.date()
        ),
        lambda: services.plan_adopt(actor=second, plan=planned.plan),
    ):
        with pytest.raises(PlatformError):
            again()


def test_a_consultation_does_not_close_before_its_last_day(cast, planned) -> None:
    with pytest.raises(PlatformError, match="20"):
        services.consultation_close(actor=cast.actor("authority"), consultation=planned.consultation, summary="完")
    late = Actor.system("late", NOW + timedelta(days=31))
    with pytest.raises(PlatformError, match="1"):  # the comment waits for its answer
        services.consultation_close(actor=late, consultation=planned.consultation, summary="完")
    with pytest.raises(PlatformError):
        services.comment_enter(actor=late, consultation=planned.consultation, said="迟到", address="192.0.2.9")


def test_behind_a_named_proxy_every_visitor_is_a_sender_of_their_own(cast, planned, settings, monkeypatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: planned.consultation.act.at)
    settings.TRUSTED_PROXIES = ["127.0.0.1"]
    path = reverse("public_consultation", args=[planned.consultation.pk])
    for place in range(7):
        sent = Client().post(path, {"said": f"意见{place}"}, headers={"x-forwarded-for": f"203.0.113.{place}"})
        assert sent.status_code == 302
    settings.TRUSTED_PROXIES = []
    codes = [Client().post(path, {"said": "又"}, headers={"x-forwarded-for": f"203.0.113.{n}"}).status_code
             for n in range(6)]  # fmt: skip
    assert codes == [302] * 5 + [422]


@pytest.mark.parametrize("who", ["authority", "administrator", "auditor", "manager", "owner", "verifier"])
def test_the_menu_leads_only_where_one_may_go(cast, planned, browser, who) -> None:
    request = RequestFactory().get("/")
    sections = {one.key: one for one in nav.sections_for(request, cast.actor(who))}
    client = browser(who)
    for link in sections["plan"].links if "plan" in sections else ():
        assert client.get(link.url).status_code == 200, link.url


def test_every_row_of_a_ledger_is_saved_by_itself() -> None:
    """What is written in bulk does not reach its act, and the log would not commit to it."""
    folder = Path(services.__file__).parent
    bulk = [path.name for path in folder.glob("*.py") if "bulk_create" in path.read_text("utf-8")]
    assert bulk == ["snapshot_take.py"]  # its figures are no ledger rows: their hash stands in the log


def test_nobody_changes_a_snapshot_by_any_address(cast, planned, browser) -> None:
    client, before = browser("administrator"), list(Snapshot.objects.values())
    for path in (reverse("plan:snapshot", args=[planned.snapshot.pk]), f"/api/v1/plan/snapshots/{planned.snapshot.pk}"):
        for method in ("post", "put", "patch", "delete"):
            told = {"value": "99", "digest": "0"}
            getattr(client, method)(path, told, content_type="application/json")
    assert list(Snapshot.objects.values()) == before


def test_a_remembered_figure_moves_at_once_with_its_record(cast) -> None:
    entry = make_instrument(cast, "HL91", cast.scale, "电子计价秤")
    asked, scope = indicators(NOW.date()).values(), Scope(NOW.date(), cast.city.pk)
    before = figures_on(asked, scope)["overdue-rate"].denominator
    assert figures_on(asked, scope)["overdue-rate"].denominator == before
    state = InstrumentState.objects.get(pk=entry.pk) if isinstance(entry, InstrumentState) else None
    instrument = state.instrument if state else entry
    instrument_stop(actor=cast.actor("authority"), instrument=instrument, on=NOW.date(), reason="封存")
    assert figures_on(asked, scope)["overdue-rate"].denominator == before - 1


def test_who_asks_while_it_is_computed_waits_for_that_answer() -> None:
    kept, computed, gate = Remembered(), [], threading.Event()

    def slow() -> str:
        computed.append(1)
        gate.wait(5)
        return "answer"

    answers: list[str] = []
    threads = [threading.Thread(target=lambda: answers.append(kept.get("key", slow))) for _ in range(4)]
    for one in threads:
        one.start()
    gate.set()
    for one in threads:
        one.join(5)
    assert (answers, computed) == (["answer"] * 4, [1])


def test_what_fails_is_not_remembered() -> None:
    kept = Remembered()
    with pytest.raises(InputRefused):
        kept.get("key", lambda: (_ for _ in ()).throw(InputRefused("x", "x")))
    assert kept.get("key", lambda: 7) == 7
    REMEMBERED.clear()


def test_of_two_people_who_confirm_one_target_the_second_is_told(cast, planned, browser) -> None:
    """Both have the page open; whoever presses second would undo the first one's correction unseen."""
    text = "衡城市计量规划(2024—2027年)\n一、目标\n到2027年,受检率达到60%以上。\n"
    plan = services.plan_import(actor=cast.actor("authority"), region=cast.city, text=text)
    target = plan.targets.get()
    address = reverse("plan:confirm", args=[plan.pk]) + f"?at={target.pk}"
    page = browser("authority").get(address)
    told = {name: "" if value is None else value for name, value in page.context["form"].initial.items()}
    told |= {"seen": target.stamp}
    first = browser("authority").post(address, told | {"goal": "77"})
    assert first.status_code == 302
    second = browser("authority").post(address, told | {"goal": "88"})
    assert second.status_code == 422
    assert "Somebody else has acted on this target meanwhile" in second.content.decode()
    target.refresh_from_db()
    assert target.goal == 77


def test_a_document_of_another_region_is_told_so(cast, planned, browser) -> None:
    plan = services.plan_import(
        actor=cast.actor("authority"),
        region=cast.city,
        text="湖北省计量发展规划(2024—2027年)\n一、目标\n到2027年,受检率达到98%以上。\n",
    )
    page = browser("authority").get(reverse("plan:confirm", args=[plan.pk])).content.decode()
    assert "speaks of 湖北" in page
    own = browser("authority").get(reverse("plan:confirm", args=[planned.plan.pk])).content.decode()
    assert "The document speaks of" not in own
