"""The faults of a rule's file in the reader's words: which line, which place of the rule, what is wrong, what to do."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hengliang.norms import NormProblem
from hengliang.platform.core.pages.words import Words
from hengliang.platform.site.rules.words import place_words

SAID: dict[str, tuple[Words, Words]] = {
    "not_yaml": (
        gettext_lazy("The file can't be read as YAML here."),
        gettext_lazy("Check indentation, brackets, quotes and colons on this line and the one before."),
    ),
    "not_utf8": (gettext_lazy("The file is not UTF-8."), gettext_lazy("Save it as UTF-8.")),
    "too_deep": (gettext_lazy("The file is nested too deeply."), gettext_lazy("Write it flatter.")),
    "alias": (
        gettext_lazy("Here stands an alias (*name)."),
        gettext_lazy("Write the content out; rules have no aliases."),
    ),
    "bad_key": (gettext_lazy("“%(key)s” can't be a key here."), gettext_lazy("Use a word or a day as key.")),
    "duplicate_key": (gettext_lazy("The key “%(key)s” stands twice."), gettext_lazy("Keep one of the two.")),
    "not_a_mapping": (gettext_lazy("Here belong keys with values."), gettext_lazy("Possible keys: %(known)s")),
    "not_a_list": (gettext_lazy("Here belongs a list."), gettext_lazy("Write it as a list of at least %(least)s.")),
    "unknown_key": (gettext_lazy("The key “%(key)s” is unknown here."), gettext_lazy("Use one of: %(known)s")),
    "missing_key": (gettext_lazy("“%(key)s” is missing here."), gettext_lazy("Add %(key)s.")),
    "bad_value": (gettext_lazy("“%(value)s” can't stand here."), gettext_lazy("Wanted is: %(wanted)s")),
    "bracket_gap": (
        gettext_lazy("Between %(end)s and %(start)s there is a gap."),
        gettext_lazy("Let every bracket start where the one before it ends."),
    ),
    "bracket_overlap": (
        gettext_lazy("The bracket from %(start)s overlaps the one before it, which ends at %(end)s."),
        gettext_lazy("Let every bracket start where the one before it ends."),
    ),
    "bracket_empty": (
        gettext_lazy("The bracket from %(start)s to %(end)s is empty or turned round."),
        gettext_lazy("Write the smaller edge first."),
    ),
    "days_order": (
        gettext_lazy("%(after)s stands after %(before)s."),
        gettext_lazy("Put the first days in rising order."),
    ),
    "unknown_unit": (gettext_lazy("The unit “%(unit)s” is unknown."), gettext_lazy("Use a unit of the shipped rules.")),
    "no_quote": (
        gettext_lazy("What is checked or approved needs the words of its document."),
        gettext_lazy("Quote them, or write status: draft."),
    ),
    "names": (
        gettext_lazy("The names of who held it against the text are missing."),
        gettext_lazy("Write status: draft; two people approve it under Rules."),
    ),
    "id_path": (
        gettext_lazy("The id is “%(id)s”, the file lies at “%(wanted)s”."),
        gettext_lazy("Write id: %(wanted)s"),
    ),
    "incomplete": (
        gettext_lazy("Instruments, particulars or items are missing."),
        gettext_lazy("Add them, or amend an edition that has them."),
    ),
    "no_bounds": (
        gettext_lazy("“%(name)s” has neither choices nor bounds here."),
        gettext_lazy("Give its choices, or low, above or high where it is a number."),
    ),
    "no_quantity": (
        gettext_lazy("“%(name)s” is neither a number nor a quantity of this procedure."),
        gettext_lazy("Write a number, or one of: %(known)s"),
    ),
    "unknown_name": (gettext_lazy("“%(name)s” is no name of this procedure."), gettext_lazy("Use one of: %(known)s")),
    "no_regime": (gettext_lazy("“%(name)s” is no kind of verification."), gettext_lazy("Use one of: %(known)s")),
    "no_argument": (gettext_lazy("The formula has no argument “%(name)s”."), gettext_lazy("Use one of: %(known)s")),
    "formula_needs": (
        gettext_lazy("The formula needs “%(name)s”, which no reading gives."),
        gettext_lazy("Add a reading of this name, or name another under arguments: %(known)s"),
    ),
    "no_runs": (gettext_lazy("“%(name)s” combines several runs, and there are none."), gettext_lazy("Add run_cells.")),
    "no_choices": (
        gettext_lazy("A condition asks for “%(name)s”, which has no choices."),
        gettext_lazy("Ask for a particular with choices."),
    ),
    "not_a_choice": (gettext_lazy("“%(name)s” is none of the choices."), gettext_lazy("Use one of: %(known)s")),
    "steps_differ": (
        gettext_lazy("There are steps of rounding for %(name)s."),
        gettext_lazy("Give one for each of: %(known)s"),
    ),
    "no_limit": (gettext_lazy("A bracket has no limit."), gettext_lazy("Give plus_minus, low or high.")),
    "no_variable": (
        gettext_lazy("There are brackets, and nothing says of what."),
        gettext_lazy("Give the quantity under over."),
    ),
    "bad_amends": (gettext_lazy("The edition that this one amends is not there."), gettext_lazy("Name one that is.")),
    "bad_id": (
        gettext_lazy("The file has no id of the form area/name."),
        gettext_lazy("Write id: area/name with small letters, digits and -."),
    ),
    "too_large": (gettext_lazy("The file is too large for a rule."), gettext_lazy("Split the rule.")),
    "bad_name": (
        gettext_lazy("The table has no plain name."),
        gettext_lazy("Name it with letters, digits, - and .csv."),
    ),
    "own_approval": (
        gettext_lazy("A file can't approve itself."),
        gettext_lazy("Write status: draft; two people approve it under Rules."),
    ),
    "table_taken": (
        gettext_lazy("Another rule has a table of this name."),
        gettext_lazy("Give the table another name."),
    ),
    "no_csv": (
        gettext_lazy("The table that the rule names is not among the files."),
        gettext_lazy("Add it, or correct its name."),
    ),
    "ragged_row": (gettext_lazy("The row has too many or too few values."), gettext_lazy("Give one for each column.")),
    "columns": (
        gettext_lazy("The table has other columns than the rule."),
        gettext_lazy("Name the columns as the rule does."),
    ),
    "not_a_number": (gettext_lazy("Here belongs a number."), gettext_lazy("Give a number, or leave it blank.")),
}


ONE_OF = "one of "
WANTED: dict[str, Words] = {
    "a text": gettext_lazy("a text"),
    "a number": gettext_lazy("a number"),
    "a whole number": gettext_lazy("a whole number"),
    "a day written YYYY-MM-DD": gettext_lazy("a day written YYYY-MM-DD"),
    "true or false": gettext_lazy("true or false"),
    "a word or a number": gettext_lazy("a word or a number"),
    "names": gettext_lazy("names"),
    "a number, a quantity, or terms {times, of, over}": gettext_lazy(
        "a number, a quantity, or terms {times, of, over}"
    ),
    "the id of a table": gettext_lazy("the id of a table"),
}


@dataclass(frozen=True)
class FaultTold:
    """One fault in words."""

    where: str
    message: str
    remedy: str


def _wanted(wanted: str) -> str:
    if wanted.startswith(ONE_OF):
        return _("one of %(known)s") % {"known": wanted.removeprefix(ONE_OF)}
    return str(WANTED.get(wanted, wanted))


def fault_told(problem: NormProblem) -> FaultTold:
    """A fault in the reader's language; one without words of its own, as the rules say it."""
    message, remedy = SAID.get(problem.code, (problem.message, problem.remedy))
    params = {"known": "", "least": "", "key": "", "name": "", **problem.params}
    if "wanted" in params and problem.code == "bad_value":
        params["wanted"] = _wanted(params["wanted"])
    file = problem.file.removeprefix("own/").rpartition("/")[2] if problem.file.endswith(".csv") else ""
    line = _("line %(line)s") % {"line": problem.line}
    steps = [step for step in problem.where if step != "values"]
    place = place_words("/".join(steps))
    said = [str(text) % params if problem.code in SAID else str(text) for text in (message, remedy)]
    return FaultTold(" · ".join(filter(None, [file, line, place])), *said)
