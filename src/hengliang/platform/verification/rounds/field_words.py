"""The words that the page in the field shows without asking the platform."""

from typing import Any

from django.utils.translation import gettext as _

from hengliang.platform.core.pages.looks import state_tag
from hengliang.platform.verification.rounds.words import LOOKS

LIKE = {"passing": "passed", "failing": "failed"}  # before the platform has judged


def field_words() -> dict[str, Any]:
    """Every text of the page's scripts, in the reader's language."""
    states = {state: str(look.words) for state, look in LOOKS.items()}
    states |= {"passing": _("Passed, provisional"), "failing": _("Failed, provisional")}
    return {
        "states": states,
        "tags": {state: state_tag(f"round_line.{LIKE.get(state, state)}", words) for state, words in states.items()},
        "conclusions": {
            "pass": _("Passes so far as this device can tell"),
            "fail": _("Fails, so far as this device can tell"),
            "open": _("Not complete yet"),
        },
        "pass": _("pass"),
        "fail": _("fail"),
        "yes": _("yes"),
        "no": _("no"),
        "money": _("CNY"),
        "particulars": _("Particulars of the instrument"),
        "more": _("Add a row"),
        "leftOut": _("Left out, with the reason"),
        "notSynchronised": _("Not yet synchronised: {n}"),
        "signedBy": _("Signed by {name}"),
        "waiting": _("not yet synchronised"),
        "online": _("On line"),
        "offline": _("Off line; what is typed stays on the device"),
        "nothing": _("Nothing found here. An instrument that is not in the round is added with “Not in the ledger”."),
        "unknownStop": _("Not in the ledger"),
        "noRule": _("No rule for it is on the device: note the outcome here and measure it at the desk."),
        "noNetwork": _("No network. Everything stays on the device; try again later."),
        "noAnswer": _("The platform can't answer just now. Everything stays on the device; try again later."),
        "logIn": _("The log-in has ended. Log in in another tab and try again; everything stays on the device."),
        "signFirst": _("Write the name and sign in the field."),
        "signsFor": _("{n} instruments: {states}"),
        "comma": _("; "),
        "keptOpen": _("{what}: kept, and not complete. No record is made of it before it is."),
        "labelTaken": _("Number {number} is on another instrument of this round. A number is used once."),
        "inRound": _("Serial number {serial} is in the round: {stall}."),
        "file_damaged": _("The file is damaged. Save it again where it was made."),
        "file_no_package": _("This is no package of a round."),
        "file_other_round": _("The package is for another round."),
        "file_other_device": _("The package was taken out on another device; take the round out here instead."),
        "label": _("Label"),
        "serial": _("Serial number"),
        "day": _("Verified on"),
        "until": _("Valid until"),
        "training": _("For training only"),
        "verifier": _("Verifier"),
    }
