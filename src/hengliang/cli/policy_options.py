"""Whom to believe, as the commands ask it: key lines given one by one, or a signed trust list."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from hengliang.cli.output import refuse
from hengliang.trust.errors import TrustError
from hengliang.trust.list_policy import policy_of
from hengliang.trust.notes import VerifierKey
from hengliang.trust.receipt_check import LogPolicy
from hengliang.trust.trust_list import MAX_BYTES, open_trust_list

Keys = Annotated[list[str], typer.Option("--key", help="Key line of the log, got by another way")]
WitnessKeys = Annotated[list[str], typer.Option("--witness", help="Key line of a witness you trust")]
Quorum = Annotated[int, typer.Option(min=0, help="How many of the witnesses must have cosigned")]
ListFile = Annotated[
    Path | None, typer.Option("--trust-list", help="Signed trust list: logs, witnesses, quorums", exists=True)
]
ListKeys = Annotated[list[str], typer.Option("--list-key", help="Key line of the trust list's issuer")]
Json = Annotated[bool, typer.Option("--json", help="One JSON document on stdout")]


def parse_keys(lines: list[str]) -> list[VerifierKey]:
    """Keys of the command line; leaves with exit code 2 when one is malformed."""
    try:
        return [VerifierKey.parse(line.strip()) for line in lines]
    except TrustError as fault:
        refuse(fault)


def read_policy(
    key: list[str], witness: list[str], quorum: int, trust_list: Path | None = None, list_key: list[str] | None = None
) -> LogPolicy:
    """What the options ask for; keys of the list and those given by hand both count, and the larger quorum holds.

    Leaves with exit code 2 for a malformed key, or a list that none of `list_key` has signed.
    """
    keys, witnesses = parse_keys(key), parse_keys(witness)
    if trust_list is None:
        return LogPolicy(keys, witnesses, quorum)
    try:
        with trust_list.open("rb") as content:
            listed = open_trust_list(content.read(MAX_BYTES + 1), parse_keys(list_key or []))
        found = policy_of(listed, now=datetime.now(UTC))
    except (TrustError, OSError) as fault:
        refuse(f"{trust_list}: {fault}")
    return LogPolicy(
        [*found.log_keys, *keys], [*found.witness_keys, *witnesses], quorum, found.quorums, found.barred, found.ended
    )
