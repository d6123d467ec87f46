"""Public values that nobody knows when a draw is committed, and how each is read.

Each source turns what was published into one canonical text, refuses what the committed rule did not name,
and says what it can't check. Guarantee: two people who read the same publication get the same text. Hole:
stated per source. Sources are plug-ins: `SOURCES` maps the name in the rule to the reader.
"""

import hashlib
import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from hengliang.trust.errors import DrawRefused

Rule = Mapping[str, Any]
Evidence = Mapping[str, Any]


def read_public_value(rule: Rule, evidence: Evidence) -> str:
    """The canonical text of a public value.

    rule : what was committed, with `source` and the source's own fields
    evidence : what was published
    Raises DrawRefused when the evidence is not what the rule named.
    """
    source = SOURCES.get(str(rule.get("source")))
    if source is None:
        raise _refused(f"the source {rule.get('source')!r} is not known here")
    return source(rule, evidence)


def _file(rule: Rule, evidence: Evidence) -> str:
    """A file published by others (`publication` names it): its SHA-256.

    Hole: whoever publishes the file can choose it; name one that many read and none of the parties makes.
    """
    _named(rule, evidence, "publication")
    digest = str(evidence.get("sha256"))
    if not re.fullmatch(r"[0-9a-f]{64}", digest):
        raise _refused("sha256 of the published file is missing")
    return digest


def _dice(rule: Rule, evidence: Evidence) -> str:
    """Six-sided dice thrown before witnesses: `throws` numbers, at least 25 (64 bits).

    Hole: rests on who stood by; the record names them by identifier, and photographs belong to the payload.
    """
    throws, wanted = evidence.get("throws"), rule.get("throws")
    if type(wanted) is not int or wanted < 25 or not isinstance(throws, list | tuple) or len(throws) != wanted:
        raise _refused(f"{wanted} throws are needed, and a rule asks for 25 or more")
    if any(type(one) is not int or not 1 <= one <= 6 for one in throws):
        raise _refused("a throw is a whole number from 1 to 6")
    witnesses = evidence.get("witnesses")
    if not isinstance(witnesses, list) or len(set(witnesses)) < 2:
        raise _refused("two different people witness the throws")
    return "-".join(str(one) for one in throws)


def _lottery(rule: Rule, evidence: Evidence) -> str:
    """The numbers of a state lottery's issue, named in advance (`lottery`, `issue`), in the printed order.

    Hole: about 24 bits, so it must not be combined with lists that their maker can still vary; the witnessed
    checkpoint forbids that.
    """
    _named(rule, evidence, "lottery")
    _named(rule, evidence, "issue")
    numbers = evidence.get("numbers")
    if not isinstance(numbers, list) or not 5 <= len(numbers) <= 20:
        raise _refused("5 to 20 drawn numbers are expected")
    if any(type(one) is not int or not 0 <= one < 100 for one in numbers):
        raise _refused("a drawn number is a whole number from 0 to 99")
    return " ".join(f"{one:02d}" for one in numbers)


def _drand(rule: Rule, evidence: Evidence) -> str:
    """A round of a drand network, named in advance by chain hash and round.

    Checked: randomness is SHA-256 of the published signature. The BLS signature itself is not checked here, and
    whoever publishes a draw could make one up; so a replay is indeterminate (`UNPROVEN`). Check the round with
    drand's own client.
    """
    _named(rule, evidence, "chain")
    _named(rule, evidence, "round")
    try:
        signature = bytes.fromhex(str(evidence.get("signature")))
    except ValueError:
        raise _refused("the signature of the round is not hexadecimal") from None
    randomness = hashlib.sha256(signature).hexdigest()
    if len(signature) < 48 or evidence.get("randomness") != randomness:
        raise _refused("the randomness is not the digest of the round's signature")
    return randomness


SOURCES: Mapping[str, Callable[[Rule, Evidence], str]] = MappingProxyType(
    {"file": _file, "dice": _dice, "lottery": _lottery, "drand": _drand}
)


# Sources whose own proof is not checked here: what a replay says of them.
UNPROVEN: Mapping[str, str] = MappingProxyType(
    {"drand": "the BLS signature of the drand round is not checked here; check the round with drand's own client"}
)


def _named(rule: Rule, evidence: Evidence, field: str) -> None:
    if field not in rule or evidence.get(field) != rule[field]:
        raise _refused(f"the rule names {field} {rule.get(field)!r}, the evidence {evidence.get(field)!r}")


def _refused(reason: str) -> DrawRefused:
    return DrawRefused(draw="public value", reason=reason)
