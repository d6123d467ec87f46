from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class VerificationConfig(AppConfig):
    name = "hengliang.platform.verification"
    label = "verification"

    def ready(self) -> None:
        from hengliang.platform.core.attachments import register_attachment_reader
        from hengliang.platform.core.log.entries import register_entry_types
        from hengliang.platform.core.messages import register_messages
        from hengliang.platform.core.pages import looks, nav
        from hengliang.platform.core.rights import BODY_ROLES, HOLDER_ROLES, REGIONAL, Role, register_rights
        from hengliang.platform.core.rule_effects import register_rule_use
        from hengliang.platform.registry.offers import offers
        from hengliang.platform.verification import ledger_offers, lot_offers, rule_effects
        from hengliang.platform.verification.counter_offers import (
            fee_of_task,
            may_read_exemption,
            offer_conditions,
            offer_paper,
        )
        from hengliang.platform.verification.delay import DELAYS
        from hengliang.platform.verification.follow_ups import offer_task, register_follow_up
        from hengliang.platform.verification.messages import MESSAGES
        from hengliang.platform.verification.papers.batch import register_printed
        from hengliang.platform.verification.papers.printed import RECORDS, SLIPS
        from hengliang.platform.verification.rights import ENTRY_TYPES, RIGHTS
        from hengliang.platform.verification.rounds.words import LOOKS
        from hengliang.platform.verification.states import (
            APPLICATION,
            ARBITRATION,
            INVOICE,
            LOT,
            PIECE,
            RECORD,
            RETEST,
            ROUND,
            TASK,
            WORKTIME,
        )

        register_printed("record", RECORDS)
        register_printed("slip", SLIPS)
        register_follow_up(offer_conditions)
        register_follow_up(offer_paper)
        offer_task(fee_of_task)
        register_attachment_reader("verification.fee", may_read_exemption)
        register_rights(RIGHTS)
        register_entry_types(ENTRY_TYPES)
        register_messages(MESSAGES)
        looks.register_looks({f"delay.{code}": look for code, look in DELAYS.items()})
        looks.register_looks({f"round_line.{code}": look for code, look in LOOKS.items()})
        register_rule_use("procedure", uses=rule_effects.procedure_uses, effects=rule_effects.procedure_effects)
        register_rule_use("period", uses=rule_effects.period_uses, effects=rule_effects.period_effects)
        register_rule_use(
            "deadline/verification-promise", uses=rule_effects.promise_uses, effects=rule_effects.promise_effects
        )
        for workflow in (APPLICATION, TASK, RECORD, ARBITRATION, RETEST, ROUND, LOT, PIECE, INVOICE, WORKTIME):
            looks.register_workflow(workflow)
        offers.offer_bulk_acts(ledger_offers.APPLY)
        offers.offer_verbs(ledger_offers.verbs)
        offers.offer_records(ledger_offers.records)
        offers.offer_records(lot_offers.results)
        everybody = BODY_ROLES | HOLDER_ROLES | REGIONAL
        nav.register_entries(
            nav.NavEntry(
                "verification", _("Applications"), "verification:application_list",
                visible=lambda actor: actor.has(*everybody), order=10,
            ),
            nav.NavEntry(
                "verification", _("Verification work"), "verification:task_list",
                visible=lambda actor: actor.has(*everybody), order=20,
            ),
            nav.NavEntry(
                "verification", _("Arbitration verification"), "verification:arbitration_list",
                visible=lambda actor: actor.has(*everybody), order=30,
            ),
            nav.NavEntry(
                "verification", _("Re-tests"), "verification:retest_list",
                visible=lambda actor: actor.has(*(BODY_ROLES | REGIONAL)), order=40,
            ),
            nav.NavEntry(
                "verification", _("Bench lots"), "verification:lot_list",
                visible=lambda actor: actor.has(*BODY_ROLES, *REGIONAL, Role.UTILITY), order=45,
            ),
            nav.NavEntry(
                "verification", _("Rounds"), "verification:round_list",
                visible=lambda actor: actor.has(*everybody), order=25,
            ),
            nav.NavEntry(
                "verification", _("The year ahead"), "verification:year_ahead",
                visible=lambda actor: actor.has(*BODY_ROLES, *REGIONAL), order=50,
            ),
            nav.NavEntry(
                "verification", _("Counter"), "verification:deposit_list",
                visible=lambda actor: actor.has(*everybody), order=22,
            ),
            nav.NavEntry(
                "verification", _("Fees and invoices"), "verification:fee_list",
                visible=lambda actor: actor.has(*everybody), order=24,
            ),
            nav.NavEntry(
                "verification", _("Working time"), "verification:worktime_list",
                visible=lambda actor: actor.has(*BODY_ROLES, *REGIONAL), order=26,
            ),
        )  # fmt: skip
