"""What can be wrong with a row, and what to do about it, in words."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from hengliang.platform.core.rights import right_of
from hengliang.platform.registry.imports.fields import BY_KEY, CHOICES, title_of, word_of

# Code: what is wrong, and the remedy. %(value)s is what stands there, %(hint)s a suggestion.
WORDS: dict[str, tuple[str, str]] = {
    "missing": (gettext_noop("This cell must not be empty."), gettext_noop("Fill it in.")),
    "too_long": (gettext_noop("The text is too long."), gettext_noop("Shorten it to %(longest)s characters.")),
    "number_imprecise": (
        gettext_noop("The sheet has shortened this number; its last digits are lost."),
        gettext_noop("Format the column as text and type the number again."),
    ),
    "date_unclear": (gettext_noop("“%(value)s” is no day."), gettext_noop("Write it as 2026-03-05.")),
    "count_unclear": (
        gettext_noop("“%(value)s” is no number of pieces."),
        gettext_noop("Write a whole number from 1 on."),
    ),
    "choice_unclear": (
        gettext_noop("“%(value)s” is none of the choices."),
        gettext_noop("Choose one of: %(choices)s."),
    ),
    "item_unknown": (
        gettext_noop("The catalogue has no item “%(value)s”."),
        gettext_noop("Take the name from the catalogue; perhaps: %(hint)s."),
    ),
    "not_of_item": (
        gettext_noop("The class “%(value)s” does not go with the item of this row."),
        gettext_noop("Correct the class, or take the item that it is."),
    ),
    "party_unknown": (
        gettext_noop("No organisation “%(value)s” that you may see."),
        gettext_noop("Check the name or the credit code, or have the organisation entered first."),
    ),
    "party_ambiguous": (
        gettext_noop("Several organisations are called “%(value)s”."),
        gettext_noop("Give the credit code."),
    ),
    "party_contradiction": (
        gettext_noop("The credit code belongs to another organisation than the name."),
        gettext_noop("Correct one of the two."),
    ),
    "no_body": (
        gettext_noop("“%(value)s” is no verification body."),
        gettext_noop("Enter a verification body, or leave it empty."),
    ),
    "region_unknown": (gettext_noop("There is no region “%(value)s”."), gettext_noop("Give the code of the region.")),
    "region_ambiguous": (
        gettext_noop("Several regions are called “%(value)s”."),
        gettext_noop("Give the code of the region."),
    ),
    "region_without_authority": (
        gettext_noop("No authority of this platform answers for this region."),
        gettext_noop("Give the county in which the instrument stands."),
    ),
    "leaves_authority": (
        gettext_noop("The move leads to the regions of another authority."),
        gettext_noop("Ask the present authority to enter it, or leave the region as it is."),
    ),
    "not_asked": (
        gettext_noop("The new user has not been asked."),
        gettext_noop("Have the authority enter the transfer, or leave the user as it is."),
    ),
    "part_of_unknown": (
        gettext_noop("“%(value)s” is no instrument that can have parts."),
        gettext_noop("Import the whole first; then give its code."),
    ),
    "part_taken": (
        gettext_noop("The instrument has a part “%(value)s” already."),
        gettext_noop("Give another label, or its code."),
    ),
    "code_unknown": (
        gettext_noop("No entry with the code “%(value)s” that you may see."),
        gettext_noop("Correct the code; leave it empty for a new instrument."),
    ),
    "ecqs_taken": (
        gettext_noop("This e-CQS number belongs to another entry."),
        gettext_noop("Check the number, or have the two merged."),
    ),
    "duplicate_elsewhere": (
        gettext_noop("An instrument with this serial number, maker and model is in the ledger under another user."),
        gettext_noop("If it changed hands, transfer it there; if not, check the serial number."),
    ),
    "twice_in_file": (
        gettext_noop("The same instrument stands in row %(value)s already."),
        gettext_noop("Remove one of the two rows."),
    ),
    "day_ahead": (gettext_noop("%(value)s has not come yet."), gettext_noop("Check the year.")),
    "before_made": (gettext_noop("It was verified before it was made."), gettext_noop("Correct one of the two days.")),
    "due_before_verified": (
        gettext_noop("The proof ends before it begins."),
        gettext_noop("Correct one of the two days."),
    ),
    "result_missing": (gettext_noop("A day of verification, but no result."), gettext_noop("Enter the result.")),
    "result_undated": (gettext_noop("A result, but no day of verification."), gettext_noop("Enter the day.")),
    "due_missing": (
        gettext_noop("Its catalogue item has no period, so the day due can't be reckoned."),
        gettext_noop("Enter the last day of the proof."),
    ),
    "state_impossible": (
        gettext_noop("This change of state is not possible."),
        gettext_noop("Leave the state empty, and act on its page."),
    ),
    "state_new": (gettext_noop("A new instrument is filed or in use."), gettext_noop("Leave the state empty.")),
    "gone": (gettext_noop("This entry is scrapped or merged and stays as it is."), gettext_noop("Remove the row.")),
    "held": (
        gettext_noop("The instrument is preserved as it is: %(value)s."),
        gettext_noop("Leave the row out until that is decided."),
    ),
    "later_change": (
        gettext_noop("The entry was changed from %(value)s on."),
        gettext_noop("Import as of that day or a later one."),
    ),
    "not_permitted": (
        gettext_noop("You may not do this here: %(act)s."),
        gettext_noop("Ask whoever may, or leave the row out."),
    ),
}


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong with a row."""

    number: int
    field: str
    code: str
    value: str
    hint: str

    @property
    def column(self) -> str:
        """The header of the column, empty where the whole row is meant."""
        return title_of(self.field) if self.field else ""

    @property
    def reason(self) -> str:
        """What is wrong."""
        return _(WORDS[self.code][0]) % self._params

    @property
    def remedy(self) -> str:
        """What to do about it."""
        if self.code == "item_unknown" and not self.hint:
            return _("Take the name from the catalogue.")
        return _(WORDS[self.code][1]) % self._params

    @property
    def _params(self) -> dict[str, object]:
        field = BY_KEY.get(self.field)
        return {
            "value": self.value.lstrip("?"),
            "hint": self.hint,
            "longest": field.longest if field else "",
            "choices": "、".join(word_of(self.field).values()) if self.field in CHOICES else "",
            "act": right_of(self.value).words if self.code == "not_permitted" else "",
        }
