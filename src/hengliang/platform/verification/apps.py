"""The app."""

from typing import TYPE_CHECKING

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from hengliang.platform.core.pages.nav import NavEntry
    from hengliang.platform.core.pages.words import Words
    from hengliang.platform.core.rights import Role


class VerificationConfig(AppConfig):
    """From application to record, at the bench, at the counter and on rounds."""

    name = "hengliang.platform.verification"
    label = "verification"

    def ready(self) -> None:
        """Register what the app allows to whom, its words, its places in the navigation and its offers."""
        _register_rights_and_words()
        _register_states()
        _register_effects_of_rules()
        _register_offers()


def _register_rights_and_words() -> None:
    from hengliang.platform.core.attachments import register_attachment_reader
    from hengliang.platform.core.log.entries import register_entry_types
    from hengliang.platform.core.messages import register_messages
    from hengliang.platform.core.pages import nav
    from hengliang.platform.core.rights import register_rights
    from hengliang.platform.verification.counter_offers import may_read_exemption
    from hengliang.platform.verification.messages import MESSAGES
    from hengliang.platform.verification.rights import ENTRY_TYPES, RIGHTS

    register_rights(RIGHTS)
    register_entry_types(ENTRY_TYPES)
    register_messages(MESSAGES)
    register_attachment_reader("verification.fee", may_read_exemption)
    nav.register_entries(*_places())


def _register_states() -> None:
    from hengliang.platform.core.pages import looks
    from hengliang.platform.verification import states
    from hengliang.platform.verification.delay import DELAYS
    from hengliang.platform.verification.rounds.words import LOOKS

    for workflow in states.WORKFLOWS:
        looks.register_workflow(workflow)
    looks.register_looks({f"delay.{code}": look for code, look in DELAYS.items()})
    looks.register_looks({f"round_line.{code}": look for code, look in LOOKS.items()})
    looks.register_looks(
        {
            "bench_profile.current": looks.Look(_("In use"), "good"),
            "bench_profile.former": looks.Look(_("Former version"), "muted"),
            "bench_profile.withdrawn": looks.Look(_("Withdrawn"), "muted"),
        }
    )


def _register_effects_of_rules() -> None:
    from hengliang.platform.core.rule_effects import register_rule_use
    from hengliang.platform.verification import rule_effects as rules

    register_rule_use("procedure", uses=rules.procedure_uses, effects=rules.procedure_effects)
    register_rule_use("period", uses=rules.period_uses, effects=rules.period_effects)
    register_rule_use("deadline/verification-promise", uses=rules.promise_uses, effects=rules.promise_effects)


def _register_offers() -> None:
    from hengliang.platform.registry.offers import offers
    from hengliang.platform.verification import ledger_offers, lot_offers
    from hengliang.platform.verification.counter_offers import (
        fee_of_task,
        offer_conditions,
        offer_confirm,
        offer_decline,
        offer_paper,
    )
    from hengliang.platform.verification.follow_ups import offer_task, register_follow_up
    from hengliang.platform.verification.papers.batch import register_printed
    from hengliang.platform.verification.papers.printed import RECORDS, SLIPS

    offers.offer_bulk_acts(ledger_offers.APPLY)
    offers.offer_verbs(ledger_offers.verbs)
    offers.offer_notice(ledger_offers.why_overdue)
    offers.offer_records(ledger_offers.records)
    offers.offer_records(lot_offers.results)
    register_printed("record", RECORDS)
    register_printed("slip", SLIPS)
    register_follow_up(offer_conditions)
    register_follow_up(offer_confirm)
    register_follow_up(offer_decline)
    register_follow_up(offer_paper)
    offer_task(fee_of_task)


def _places() -> "list[NavEntry]":
    from hengliang.platform.core.rights import BODY_ROLES, HOLDER_ROLES, REGIONAL, Role

    offices = BODY_ROLES | REGIONAL
    everybody = offices | HOLDER_ROLES
    places = (
        (10, _("Applications"), "application_list", everybody),
        (20, _("Verification work"), "task_list", everybody),
        (22, _("Counter"), "deposit_list", everybody),
        (24, _("Fees and invoices"), "fee_list", everybody),
        (25, _("Rounds"), "round_list", everybody),
        (26, _("Working time"), "worktime_list", offices),
        (30, _("Arbitration verification"), "arbitration_list", everybody),
        (40, _("Re-tests"), "retest_list", offices),
        (45, _("Bench lots"), "lot_list", offices | {Role.UTILITY}),
        (50, _("The year ahead"), "year_ahead", offices),
    )
    return [_place(order, label, f"verification:{page}", roles) for order, label, page, roles in places]


def _place(order: int, label: "Words", page: str, roles: "frozenset[Role]") -> "NavEntry":
    from hengliang.platform.core.pages.nav import NavEntry

    return NavEntry("verification", label, page, visible=lambda actor: actor.has(*roles), order=order)
