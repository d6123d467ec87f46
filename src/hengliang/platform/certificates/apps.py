"""The app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class CertificatesConfig(AppConfig):
    """Proofs of every kind, the marks that carry them, and the stock of marks."""

    name = "hengliang.platform.certificates"
    label = "certificates"

    def ready(self) -> None:
        """Register what the app allows to whom, its words, its places in the navigation and its offers."""
        _register_rights_and_words()
        _register_states()
        _register_offers()
        _register_places()


def _register_rights_and_words() -> None:
    from hengliang.platform.certificates.marks.carried import register_readers
    from hengliang.platform.certificates.rights import ENTRY_TYPES, RIGHTS
    from hengliang.platform.certificates.tell import MESSAGES
    from hengliang.platform.core.log.entries import register_entry_types
    from hengliang.platform.core.messages import register_messages
    from hengliang.platform.core.rights import register_rights

    register_rights(RIGHTS)
    register_entry_types(ENTRY_TYPES)
    register_messages(MESSAGES)
    register_readers()


def _register_states() -> None:
    from hengliang.platform.certificates.states import CERTIFICATE, MARK, STOCKTAKING
    from hengliang.platform.core.pages import looks
    from hengliang.platform.core.pages.looks import Look

    for workflow in (CERTIFICATE, MARK, STOCKTAKING):
        looks.register_workflow(workflow)
    looks.register_looks(
        {
            "proof.in_order": Look(_("In order"), "good"),
            "proof.expired": Look(_("Expired"), "bad"),
            "proof.withdrawn": Look(pgettext_lazy("proof", "Withdrawn"), "bad"),
            "proof.cancelled": Look(_("Cancelled: failed since"), "bad"),
            "proof.replaced": Look(_("Replaced"), "muted"),
            "proof.genuine": Look(_("Genuine"), "good"),
            "proof.failed": Look(_("Failed"), "bad"),
        }
    )


def _register_offers() -> None:
    from hengliang.platform.certificates.follow_ups import offer_marks, offer_proof, offer_result_document
    from hengliang.platform.certificates.ledger_offers import found_by_mark, proofs
    from hengliang.platform.certificates.printed import CERTIFICATES
    from hengliang.platform.certificates.round_labels import RoundLabels
    from hengliang.platform.registry.offers import offers
    from hengliang.platform.verification.benches.offers import register_result_paper
    from hengliang.platform.verification.follow_ups import register_follow_up
    from hengliang.platform.verification.papers.batch import register_printed
    from hengliang.platform.verification.rounds.marks import register_mark_stock

    register_follow_up(offer_proof)
    register_follow_up(offer_marks)
    register_result_paper(offer_result_document)
    register_printed("certificate", CERTIFICATES)
    register_mark_stock(RoundLabels())
    offers.offer_proofs(proofs)
    offers.offer_search(found_by_mark)


def _register_places() -> None:
    from hengliang.platform.core.pages import nav
    from hengliang.platform.core.rights import BODY_ROLES, HOLDER_ROLES, REGIONAL

    everybody, offices = BODY_ROLES | HOLDER_ROLES | REGIONAL, BODY_ROLES | REGIONAL
    nav.register_entries(
        nav.NavEntry(
            "certificates",
            _("Certificates and notices"),
            "certificates:certificate_list",
            visible=lambda actor: actor.has(*everybody),
        ),
        nav.NavEntry(
            "certificates",
            _("Labels, marks and seals"),
            "certificates:mark_list",
            visible=lambda actor: actor.has(*everybody),
        ),
        nav.NavEntry(
            "certificates",
            _("Stock of marks"),
            "certificates:stock_choice",
            visible=lambda actor: actor.has(*offices),
        ),
    )
