"""A lot and its single results in words, as their pages show them."""

import json
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from hengliang.metrology.judge import Judgement, Procedure, Record, judge, judgement_to_json
from hengliang.platform.core.listed import listed
from hengliang.platform.core.pages.objects import Fact, facts
from hengliang.platform.core.pages.words import titled
from hengliang.platform.registry.imports.sheet import Notice
from hengliang.platform.verification.benches.judging import Judges
from hengliang.platform.verification.benches.order import ACCEPTED, EACH, plan_of_sample
from hengliang.platform.verification.benches.profiles_of import profile_used
from hengliang.platform.verification.benches.told import LOT_NOTICES, OF_ONE
from hengliang.platform.verification.jobs import job_title
from hengliang.platform.verification.models import Lot, LotResult
from hengliang.platform.verification.places import places_by_item
from hengliang.platform.verification.rules import rule_kept
from hengliang.platform.verification.verdicts import judged_lines


def particulars(lot: Lot) -> SafeString:
    """The facts of a lot as a card."""
    profile = profile_used(lot)
    people = [(_("Verifier"), lot.verifier), (_("Reviewer"), lot.reviewer), (_("Approver"), lot.approver)]
    told = [
        Fact(_("Catalogue item"), lot.item.spoken),
        Fact(_("Kind of job"), job_title(lot.job, lot.last_on or lot.act.on)),
        Fact(_("Kind of verification"), lot.get_regime_display()),
        Fact(_("Verification body"), lot.body.name),
        Fact(_("Whose meters they are"), lot.customer.name if lot.customer else ""),
        Fact(_("Test bench"), lot.bench),
        Fact(_("Measurement standard"), listed(lot.standards.values_list("name", flat=True))),
        Fact(_("Mapping profile"), profile.title if profile else ""),
        Fact(
            _("File"), lot.file_name, note=f"SHA-256 {lot.sha256}", url=reverse("verification:lot_file", args=[lot.pk])
        ),
        Fact(_("Tested from"), lot.first_on),
        Fact(_("Tested until"), lot.last_on),
        Fact(_("Rule"), lot.rule.provenance.get("document", lot.procedure) if lot.rule else "", note=lot.edition),
        Fact(_("Lot decision"), decision_words(lot)),
        *(Fact(label, person.name) for label, person in people if person),
        Fact(_("Merkle root over its results"), lot.root),
    ]
    return facts(*(one for one in told if one.value not in ("", None)), title=_("Particulars"))


def decision_words(lot: Lot) -> str:
    """What becomes of the lot, in words."""
    if not lot.decision:
        return ""
    if lot.decision == EACH:
        return _("Every meter was tested: those that passed are released, the others are rejects.")
    n, ac = plan_of_sample(lot.sample, lot.last_on or lot.act.on)
    words = _("Accepted") if lot.decision == ACCEPTED else _("Rejected")
    plan = _("GB/T 2828.1, lot of %(lot)s, AQL %(aql)s, level %(level)s: %(n)s to be tested, at most %(ac)s may fail")
    return f"{words}（{plan % {**lot.sample, 'n': n, 'ac': ac}}）"


def what_it_said(lot: Lot) -> list[str]:
    """What the sender of a file should know of it."""
    return [_(_template(code, params)) % Notice(code, params).params for code, params in lot.notices]


def _template(code: str, params: dict[str, Any]) -> str:
    return OF_ONE[code] if params.get("count") == 1 and code in OF_ONE else LOT_NOTICES[code]


def judged_again(result: LotResult) -> Judgement | None:
    """The judgement of a single result, computed again by the very rule that judged the lot; None without a rule."""
    made = _record_of(result)
    return judge(*made) if made else None


def lines_again(result: LotResult) -> list[dict[str, str]]:
    """What the rule says of each reading of a single result, named by where it was measured; empty without a rule."""
    made, lot = _record_of(result), result.lot
    if made is None or lot.rule is None:
        return []
    titles, points = titles_of_items(lot), points_of_items(lot)
    measured = {item: [row.cells for row in rows] for item, rows in made[1].items.items()}
    places = places_by_item(lot.rule.content, measured)
    return [
        line
        for item in judgement_to_json(judge(*made))["items"]
        if item["reason"] != "regime"
        for line in judged_lines(
            item, titles.get(item["item"], item["item"]), points.get(item["item"], {}), places.get(item["item"], ())
        )
    ]


def _record_of(result: LotResult) -> tuple[Procedure, Record] | None:
    lot = result.lot
    profile = profile_used(lot)
    if lot.rule is None or profile is None:
        return None
    procedure = rule_kept(lot.procedure, lot.rule).procedure
    attributes = json.loads(result.group.attributes)
    told = result.readings()
    readings = [told.get(reading.column.key, "") for reading in profile.readings]
    own = tuple(attributes.get(column.key, "") for column in profile.attributes)
    return procedure, Judges(profile, procedure, lot.regime).record(own, readings)


def titles_of_items(lot: Lot) -> dict[str, str]:
    """The titles of the rule's items in the reader's language."""
    if lot.rule is None:
        return {}
    return {item.id: titled(item.title) for item in rule_kept(lot.procedure, lot.rule).procedure.items}


def points_of_items(lot: Lot) -> dict[str, dict[str, str]]:
    """The titles of the rule's points by item."""
    if lot.rule is None:
        return {}
    items = rule_kept(lot.procedure, lot.rule).procedure.items
    return {item.id: {point.id: titled(point.title) for point in item.points} for item in items}


def result_facts(result: LotResult, *, public: bool = False) -> list[Fact]:
    """The facts of a single result."""
    lot, group = result.lot, result.group
    told: list[Any] = [
        Fact(_("Kind of instrument"), lot.item.spoken),
        Fact(_("Serial number"), result.serial),
        Fact(_("Label"), result.label),
        Fact(_("Manufacturer"), group.maker),
        Fact(_("Model"), group.model),
        Fact(_("Batch"), group.batch),
        Fact(_("Date of manufacture"), group.made_on),
        Fact(_("Verified on"), group.verified_on),
        Fact(_("Valid until"), result.valid_until),
        Fact(_("Verification body"), lot.body.name),
        Fact(_("Lot"), lot.number, url="" if public else reverse("verification:lot", args=[lot.pk])),
        Fact(
            _("Place in the lot"), result.place + 1, note=_("of %(size)s results under one root") % {"size": lot.judged}
        ),
        Fact(_("Rule"), lot.rule.provenance.get("document", lot.procedure) if lot.rule else "", note=lot.edition),
    ]
    return [one for one in told if one.value not in ("", None)]
