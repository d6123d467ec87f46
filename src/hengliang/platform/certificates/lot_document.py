"""The document of a single result of a lot: one page, made on demand, with the proof attached that it stands under the
root of its lot. It is no certificate: it certifies nothing that the lot does not, and is not frozen."""

import json
from datetime import datetime
from importlib.resources import files
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from hengliang.platform.core.typst import code_to_scan, typeset
from hengliang.platform.verification.benches.figures import (
    lines_again,
    result_facts,
)
from hengliang.platform.verification.benches.tree import proof_of
from hengliang.platform.verification.models import LotResult
from hengliang.platform.verification.tables.lots import VERDICTS

TEMPLATE = files("hengliang.platform.certificates") / "templates" / "certificates" / "lot_result.typ"
PROOF_NAME = "result.proof.json"


def public_link(result: LotResult) -> str:
    """Where anybody may look the result up."""
    return f"{settings.PUBLIC_URL}{reverse('public_lot_result')}?number={result.label or result.serial}"


def render_result(result: LotResult) -> bytes:
    """The bytes of the PDF. The data go in as JSON, never as markup, so that no name can break the page."""
    with override("zh-hans"):
        model = _page_model(result)
    link, proof = public_link(result), {"lot": result.lot.number, **proof_of(result).to_json()}
    issued = result.lot.issued_on or result.group.verified_on
    return typeset(
        TEMPLATE,
        model,
        timestamp=int(datetime.fromisoformat(issued.isoformat()).timestamp()),
        qr=code_to_scan(link),
        link=link,
        proof=json.dumps(proof, ensure_ascii=False, indent=1),
        name=PROOF_NAME,
        void="yes" if result.lot.state == "void" else "",
        training="yes" if result.lot.training else "",
    )


def _page_model(result: LotResult) -> dict[str, Any]:
    """Title, labelled lines and the table of results, as they stand on paper."""
    lot, lines = result.lot, lines_again(result)
    people = [(_("Verified by"), lot.verifier), (_("Reviewed by"), lot.reviewer), (_("Approved by"), lot.approver)]
    verdict = {"passed": _("Pass"), "failed": _("Fail")}.get(VERDICTS[result.verdict], _("Indeterminate"))
    return {
        "title": _("Extract from a verification lot"),
        "body": lot.body.name,
        "lines": [[str(f.label), str(f.value)] for f in result_facts(result, public=True)],
        "conclusion": [_("Conclusion"), verdict],
        "signatures": [[label, person.name] for label, person in people if person],
        "head": [_("Item"), _("Found"), _("Limit"), _("Verdict")],
        "results": [[line["title"], line["found"], line["limit"], line["words"]] for line in lines],
        "root": [_("Merkle root over its results"), lot.root],
        "notes": [
            _("The attached %(name)s proves that this result stands under the root above, which the log holds.")
            % {"name": PROOF_NAME},
        ],
        "scan": _("Scan to check"),
        "training": _("For training only"),
        "void": _("Void"),
    }
