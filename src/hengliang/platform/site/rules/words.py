"""The words of the rules: kinds, states, and what the keys of their content mean."""

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
    "key_words",
    "layer_words",
    "note_of",
    "place_words",
    "state_of",
    "titled",
]
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
    "document": _("Document"),
    "factors": _("Factors"),
    "formula": _("Formula"),
    "formula_text": _("Formula"),
    "from": _("From"),
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
    "optional": _("May be left out"),
    "over": _("Over"),
    "per": _("In units of"),
    "period_months": _("Period (months)"),
    "plus_minus": "±",
    "points": _("Points"),
    "purposes": _("Purposes"),
    "regimes": _("Regimes"),
    "regulation": _("Regulation"),
    "rounding": _("Rounding"),
    "rows": _("Rows"),
    "runs": _("Runs"),
    "source": _("Source"),
    "tables": _("Limits"),
    "title": _("Title"),
    "to": _("To"),
    "unit": _("Unit"),
    "value": _("Value"),
    "values": _("Values"),
    "when": _("Where"),
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
    return " › ".join(str(key_words(step)) for step in place.split("/") if step)


def key_words(key: str) -> Words:
    """What a key of the content is called; one without words is shown as it is written."""
    return KEYS.get(key, key)
