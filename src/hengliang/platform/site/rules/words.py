"""The words of the rules: kinds, states, and what the keys of their content mean."""

from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from hengliang.norms import Value
from hengliang.norms.gather import SHIPPED_LAYER
from hengliang.norms.load import OWN_LAYER
from hengliang.norms.model import Note
from hengliang.platform.core.pages.looks import Look
from hengliang.platform.core.pages.words import Words, titled

__all__ = [
    "BASES",
    "KEYS",
    "KINDS",
    "LOOKS",
    "VALUES",
    "key_words",
    "layer_words",
    "note_of",
    "place_words",
    "state_of",
    "titled",
]
LONGEST_NUMBER = 4  # digits of a place in a list; longer ones are years or codes
KINDS: dict[str, Words] = {
    "scalar": _("Number"),
    "bracket_table": _("Table by brackets"),
    "period": _("Periods"),
    "procedure": _("Procedure of verification"),
    "sampling_plan": _("Sampling plan"),
    "coefficients": _("Coefficients"),
    "scheme": _("Scheme"),
    "indicator": _("Indicator"),
    "catalogue": _("Catalogue"),
    "calendar": _("Calendar"),
}
LOOKS = {
    "rule.draft": Look(_("Draft: not held against its text"), "open"),
    "rule.checked": Look(_("Checked by one person"), "pending"),
    "rule.approved": Look(_("Approved"), "good"),
    "rule.repealed": Look(_("Repealed"), "muted"),
    "rule.not_in_force": Look(_("Not in force today"), "muted"),
}
BASES: dict[str, Words] = {
    "read": _("read in the source"),
    "recalled": _("recalled, not yet read in the source"),
    "computed": _("computed"),
}
KEYS: dict[str, Words] = {
    "attributes": _("Particulars asked for"),
    "basis": _("Basis"),
    "brackets": _("Brackets"),
    "choices": _("Choices"),
    "class_by": _("Class told by"),
    "clause": _("Clause"),
    "code": _("Code"),
    "control": _("Control"),
    "default": _("Default"),
    "definition": _("Definition"),
    "denominator": _("Denominator"),
    "factors": _("Factors"),
    "formula": _("Formula"),
    "formula_text": _("Formula"),
    "from": pgettext_lazy("rule", "From"),
    "high": _("Upper limit"),
    "id": _("Id"),
    "instruments": _("Instruments"),
    "item": _("Item"),
    "items": _("Items"),
    "low": _("Lower limit"),
    "mark": _("How sure"),
    "mode": _("Mode"),
    "months": _("Months"),
    "name": _("Name"),
    "numerator": _("Numerator"),
    "over": _("Over"),
    "per": _("In units of"),
    "period_months": _("Period (months)"),
    "plus_minus": "±",
    "points": _("Points"),
    "purposes": _("Purposes"),
    "regimes": _("Regimes"),
    "regulation": _("Regulation"),
    "rounding": _("Rounding"),
    "rows": pgettext_lazy("rule", "Rows"),
    "runs": _("Runs"),
    "source": _("Source"),
    "tables": _("Limits"),
    "title": _("Title"),
    "to": pgettext_lazy("rule", "To"),
    "unit": _("Unit"),
    "value": _("Value"),
    "values": _("Values"),
    "when": _("Where"),
    "absolute": pgettext_lazy("rule", "Absolute"),
    "ac": pgettext_lazy("rule", "Acceptance number"),
    "accuracy_class": pgettext_lazy("rule", "Accuracy class"),
    "after_repair": pgettext_lazy("rule", "After repair"),
    "allowed": pgettext_lazy("rule", "Allowed"),
    "allowed_double": pgettext_lazy("rule", "Allowed at twice the limit"),
    "arguments": pgettext_lazy("rule", "Arguments"),
    "at": pgettext_lazy("rule", "At"),
    "at_least": pgettext_lazy("rule", "At least"),
    "at_most": pgettext_lazy("rule", "At most"),
    "average": pgettext_lazy("rule", "Average"),
    "by": pgettext_lazy("rule", "By"),
    "capability": pgettext_lazy("rule", "Capability"),
    "carbon_content": pgettext_lazy("rule", "Carbon content"),
    "cell": pgettext_lazy("rule", "Cell"),
    "cells": pgettext_lazy("rule", "Cells"),
    "closed": pgettext_lazy("rule", "Boundary belongs to"),
    "code_letter": pgettext_lazy("rule", "Code letter"),
    "cold": pgettext_lazy("rule", "Cold"),
    "collection": pgettext_lazy("rule", "Data collection"),
    "column": pgettext_lazy("rule", "Column"),
    "columns": pgettext_lazy("rule", "Columns"),
    "combine": pgettext_lazy("rule", "Combined by"),
    "connection": pgettext_lazy("rule", "Connection"),
    "csv": pgettext_lazy("rule", "Sheet"),
    "days": pgettext_lazy("rule", "Days"),
    "direct": pgettext_lazy("rule", "Direct"),
    "direction": pgettext_lazy("rule", "Direction"),
    "document": pgettext_lazy("rule", "Document"),
    "double": pgettext_lazy("rule", "Double sampling"),
    "downgrade": pgettext_lazy("rule", "Downgrading"),
    "dragon_boat": pgettext_lazy("rule", "Dragon Boat Festival"),
    "en": pgettext_lazy("rule", "Name (English)"),
    "equipment": pgettext_lazy("rule", "Equipment"),
    "equipment_in": pgettext_lazy("rule", "Equipment (taken in)"),
    "factor": pgettext_lazy("rule", "Factor"),
    "field": pgettext_lazy("rule", "Field strength"),
    "flow": pgettext_lazy("rule", "Flow"),
    "flow_from": pgettext_lazy("rule", "Flow from"),
    "flow_to": pgettext_lazy("rule", "Flow to"),
    "fossil": pgettext_lazy("rule", "Of fossil origin"),
    "frequency": pgettext_lazy("rule", "Frequency"),
    "groups": pgettext_lazy("rule", "Groups"),
    "heat_value": pgettext_lazy("rule", "Heat value"),
    "holidays": pgettext_lazy("rule", "Days off"),
    "in_service": pgettext_lazy("rule", "In service"),
    "include": pgettext_lazy("rule", "Includes"),
    "initial": pgettext_lazy("rule", "First verification"),
    "inspection": pgettext_lazy("rule", "Inspection"),
    "joint_from": pgettext_lazy("rule", "Joint since"),
    "kind": pgettext_lazy("rule", "Kind"),
    "labour_day": pgettext_lazy("rule", "Labour Day"),
    "largest_class": pgettext_lazy("rule", "Coarsest class"),
    "length": pgettext_lazy("rule", "Length"),
    "limit": pgettext_lazy("rule", "Limit"),
    "lot_from": pgettext_lazy("rule", "Lot from"),
    "lot_to": pgettext_lazy("rule", "Lot to"),
    "measure": pgettext_lazy("rule", "Counted as"),
    "mid_autumn": pgettext_lazy("rule", "Mid-Autumn Festival"),
    "mid_autumn_and_national_day": pgettext_lazy("rule", "Mid-Autumn Festival and National Day"),
    "multiple": pgettext_lazy("rule", "Multiple sampling"),
    "n": pgettext_lazy("rule", "Sample size"),
    "national_day": pgettext_lazy("rule", "National Day"),
    "new_year": pgettext_lazy("rule", "New Year"),
    "nominal": pgettext_lazy("rule", "Nominal value"),
    "normal": pgettext_lazy("rule", "Normal inspection"),
    "of": pgettext_lazy("rule", "Of"),
    "on_time": pgettext_lazy("rule", "On time"),
    "optional": pgettext_lazy("rule", "Optional"),
    "over_unit": pgettext_lazy("rule", "Unit of the argument"),
    "oxidation": pgettext_lazy("rule", "Oxidation"),
    "parameters": pgettext_lazy("rule", "Parameters"),
    "parent": pgettext_lazy("rule", "Family"),
    "part": pgettext_lazy("rule", "Part"),
    "per_part": pgettext_lazy("rule", "For each part"),
    "percent": pgettext_lazy("rule", "Percent"),
    "power_factor": pgettext_lazy("rule", "Power factor"),
    "proof": pgettext_lazy("rule", "Proof"),
    "purpose": pgettext_lazy("rule", "Purpose"),
    "qingming": pgettext_lazy("rule", "Qingming Festival"),
    "qmax": pgettext_lazy("rule", "Largest flow"),
    "re": pgettext_lazy("rule", "Rejection number"),
    "readings": pgettext_lazy("rule", "Readings"),
    "reduced": pgettext_lazy("rule", "Reduced inspection"),
    "regime": pgettext_lazy("rule", "Kind of verification"),
    "result": pgettext_lazy("rule", "Result"),
    "row": pgettext_lazy("rule", "Row"),
    "run_cells": pgettext_lazy("rule", "Cells of a run"),
    "scale": pgettext_lazy("rule", "Scale"),
    "selector": pgettext_lazy("rule", "Selection"),
    "share": pgettext_lazy("rule", "Share"),
    "single_ac": pgettext_lazy("rule", "Acceptance number (single)"),
    "spring_festival": pgettext_lazy("rule", "Spring Festival"),
    "stage": pgettext_lazy("rule", "Stage"),
    "step": pgettext_lazy("rule", "Step"),
    "steps": pgettext_lazy("rule", "Steps"),
    "sub_unit": pgettext_lazy("rule", "Sub-unit"),
    "sub_unit_in": pgettext_lazy("rule", "Sub-unit (taken in)"),
    "subsequent": pgettext_lazy("rule", "Subsequent verification"),
    "texts": pgettext_lazy("rule", "Texts"),
    "tightened": pgettext_lazy("rule", "Tightened inspection"),
    "times": pgettext_lazy("rule", "Times"),
    "transformer": pgettext_lazy("rule", "Through transformers"),
    "via": pgettext_lazy("rule", "Read by way of"),
    "warm": pgettext_lazy("rule", "Warm"),
    "water": pgettext_lazy("rule", "Water"),
    "where": pgettext_lazy("rule", "Where"),
    "without": pgettext_lazy("rule", "Without"),
    "without_market": pgettext_lazy("rule", "Without market trade"),
    "workdays": pgettext_lazy("rule", "Days worked instead"),
    "year": pgettext_lazy("rule", "Year"),
    "zh": pgettext_lazy("rule", "Name (Chinese)"),
}
# Values that are words of the rules' own language, and not names of cells.
VALUES: dict[str, Words] = {
    "periodic": pgettext_lazy("rule value", "periodic"),
    "first-only": pgettext_lazy("rule value", "first verification only"),
    "check": pgettext_lazy("rule value", "visual check"),
    "reading": pgettext_lazy("rule value", "reading"),
    "difference": pgettext_lazy("rule value", "difference"),
    "relative": pgettext_lazy("rule value", "relative error"),
    "mean": pgettext_lazy("rule value", "mean"),
    "range": pgettext_lazy("rule value", "range"),
    "range_by_coefficient": pgettext_lazy("rule value", "range by coefficient"),
    "normal": pgettext_lazy("rule value", "normal"),
    "tightened": pgettext_lazy("rule value", "tightened"),
    "reduced": pgettext_lazy("rule value", "reduced"),
    "lower": pgettext_lazy("rule value", "the lower bracket"),
    "upper": pgettext_lazy("rule value", "the upper bracket"),
    "recalled": pgettext_lazy("rule value", "recalled"),
    "read": pgettext_lazy("rule value", "read"),
    "multiple": pgettext_lazy("rule value", "multiple"),
    "double": pgettext_lazy("rule value", "double"),
    "single": pgettext_lazy("rule value", "single"),
    "choice": pgettext_lazy("rule value", "choice"),
    "initial": pgettext_lazy("rule value", "first"),
    "subsequent": pgettext_lazy("rule value", "subsequent"),
    "in_service": pgettext_lazy("rule value", "in service"),
    "mpe": pgettext_lazy("rule value", "mpe"),
    "repeatability": pgettext_lazy("rule value", "repeatability"),
    "rising": pgettext_lazy("rule value", "rising"),
    "falling": pgettext_lazy("rule value", "falling"),
    "valid": pgettext_lazy("rule value", "valid"),
    "count": pgettext_lazy("rule value", "count"),
    "same": pgettext_lazy("rule value", "the same"),
    "working_day": pgettext_lazy("rule value", "working days"),
    "flow": pgettext_lazy("rule value", "flow"),
    "loss": pgettext_lazy("rule value", "loss"),
    "True": pgettext_lazy("rule value", "yes"),
    "False": pgettext_lazy("rule value", "no"),
}


def state_of(value: Value | None) -> str:
    """The look of a dated value; none is in force where there is no value."""
    return "rule.not_in_force" if value is None else "rule.repealed" if value.repealed else f"rule.{value.status}"


def layer_words(layer: str) -> Words:
    """Who gave a value: Hengliang, the authority on this platform, or a folder of the operator by its name."""
    return {SHIPPED_LAYER: _("Shipped with Hengliang"), OWN_LAYER: _("This authority")}.get(layer, layer)


def note_of(note: Note) -> str:
    """A note in the reader's language."""
    return "" if note is None else note if isinstance(note, str) else titled(note)


def place_words(place: str) -> str:
    """The place of a change in words: keys as the page calls them, names as the rule writes them."""
    return " › ".join(_step_words(step) for step in place.split("/") if step)


def _step_words(step: str) -> str:
    """A step of a place: a key in words; the place in a list counted from one, as people count."""
    return (
        gettext("no. %(n)s") % {"n": int(step) + 1}
        if step.isdigit() and len(step) < LONGEST_NUMBER
        else str(KEYS.get(step) or VALUES.get(step, step))
    )


def key_words(key: str) -> Words:
    """What a key of the content is called; one without words is shown as it is written."""
    return KEYS.get(key, key)
