"""The published draw: one file with which anybody re-runs it.

Canonical JSON: `committed` (receipt of `draw.committed` with its payload), `evidence` (the public value as
published), `drawn` (the announced outcome).

Guarantee: `replay` is valid only when a trusted witness cosigned the commitment before the public value could
exist, the value is the one its rule named, and the announced outcome is the computed one. Hole: whether the
value was published as the evidence says is looked up by a person, in the newspaper or the lottery's record.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from hengliang.trust import canonical, entries
from hengliang.trust.draw import Outcome, appears, make_draw, read_draw, start_value
from hengliang.trust.errors import DrawRefused, MalformedDraw, TrustError
from hengliang.trust.merkle import leaf_hash
from hengliang.trust.public_value import UNPROVEN, read_public_value
from hengliang.trust.receipt import Receipt, read_receipt
from hengliang.trust.receipt_check import LogPolicy, ReceiptAnswer, check_receipt
from hengliang.trust.verdicts import Indeterminate, Invalid, Sub, Valid, Verdict, worst

FORMAT = "hengliang-drawing-v1"
MAX_FILE_BYTES = 256 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class DrawFile:
    """What is published after a draw.

    committed : receipt of the commitment, payload disclosed
    drawn : the announced outcome
    """

    committed: Receipt
    evidence: Mapping[str, Any]
    drawn: Mapping[str, Any]

    def to_bytes(self) -> bytes:
        """The file's content."""
        return canonical.write(
            {
                "format": FORMAT,
                "committed": self.committed.to_bytes().decode(),
                "evidence": dict(self.evidence),
                "drawn": dict(self.drawn),
            }
        )


@dataclass(frozen=True, slots=True)
class Replay:
    """What re-running has shown.

    outcome : computed here, None when nothing could be computed
    """

    overall: Verdict
    receipt: ReceiptAnswer
    outcome: Outcome | None
    witnessed_at: int | None


def draw_from(committed: Receipt, evidence: Mapping[str, Any]) -> Outcome:
    """The outcome that follows from a commitment and a published value. Raises DrawRefused, MalformedDraw."""
    if committed.payload is None:
        raise MalformedDraw(reason="the commitment's content is not disclosed")
    draw = read_draw(committed.payload.encode())
    entry = entries.read(committed.entry)
    if entry.type != "draw.committed" or entry.object != f"draw:{draw.id}":
        raise DrawRefused(draw=draw.id, reason=f"the receipt is for {entry.type} of {entry.object}")
    value = read_public_value(draw.rule, evidence)
    return make_draw(draw, start_value(draw.id, leaf_hash(committed.entry), value))


def read_draw_file(content: bytes) -> DrawFile:
    """The file in `content`, nothing of it checked yet. Raises MalformedInput."""
    fields = canonical.read(content, max_bytes=MAX_FILE_BYTES)
    if not isinstance(fields, dict) or fields.get("format") != FORMAT:
        raise MalformedDraw(reason=f"the format is not {FORMAT}")
    names = {"format", "committed", "evidence", "drawn"}
    if set(fields) != names or not isinstance(fields["committed"], str):
        raise MalformedDraw(reason=f"the fields are {', '.join(sorted(names))}")
    if not isinstance(fields["evidence"], dict) or not isinstance(fields["drawn"], dict):
        raise MalformedDraw(reason="evidence and drawn are objects")
    return DrawFile(read_receipt(fields["committed"].encode()), fields["evidence"], fields["drawn"])


def replay(file: DrawFile, policy: LogPolicy, *, now: datetime) -> Replay:
    """Compute the draw again and compare. Raises nothing that a hostile file could cause."""
    answer = check_receipt(file.committed, policy, now=now)
    witnessed_at = min((one.time for one in answer.witnesses if one.time is not None), default=None)
    try:
        outcome = draw_from(file.committed, file.evidence)
    except TrustError as fault:
        failed = Invalid(Sub.SIG_CONSTRAINTS_FAILURE, str(fault))
        return Replay(worst(answer.overall, failed), answer, None, witnessed_at)
    same: Verdict = Valid(now, f"{len(outcome.pairs)} objects drawn again, all as announced")
    if outcome.payload() != file.drawn:
        same = Invalid(Sub.HASH_FAILURE, "the announced outcome does not follow from the start value")
    parts = (same, answer.overall, _in_time(file, witnessed_at), _value_proven(file, now))
    return Replay(worst(*parts), answer, outcome, witnessed_at)


def _value_proven(file: DrawFile, now: datetime) -> Verdict:
    source = str(read_draw((file.committed.payload or "").encode()).rule.get("source"))
    if source in UNPROVEN:
        return Indeterminate(Sub.CRYPTO_CONSTRAINTS_FAILURE, UNPROVEN[source])
    return Valid(now, "the public value has the form that the rule asks for")


def _in_time(file: DrawFile, witnessed_at: int | None) -> Verdict:
    value_time = appears(read_draw((file.committed.payload or "").encode()))
    if witnessed_at is None:
        return Indeterminate(Sub.NO_POE, "no trusted witness shows that the lists came before the value")
    seen = datetime.fromtimestamp(witnessed_at, UTC)
    if seen >= value_time:
        return Indeterminate(Sub.NO_POE, f"witnessed at {seen}; the value could exist from {value_time}")
    return Valid(seen, "the lists were fixed before the value could exist")
