"""`hengliang draw`: run a published draw again."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from hengliang.cli.output import DONE, NEGATIVE, emit_json, emit_table, refuse
from hengliang.cli.policy_options import Json, Keys, ListFile, ListKeys, Quorum, WitnessKeys, read_policy
from hengliang.trust.draw_file import MAX_FILE_BYTES, Replay, read_draw_file, replay
from hengliang.trust.errors import TrustError
from hengliang.trust.verdicts import Valid

app = typer.Typer(no_args_is_help=True, help=__doc__)


@app.callback()
def family() -> None:
    """Run a published draw again."""


@app.command("replay")
def replay_command(
    file: Annotated[Path, typer.Argument(help="Published draw", exists=True, dir_okay=False)],
    key: Keys = [],  # noqa: B006 - typer copies its defaults
    witness: WitnessKeys = [],  # noqa: B006 - typer copies its defaults
    quorum: Quorum = 0,
    trust_list: ListFile = None,
    list_key: ListKeys = [],  # noqa: B006 - typer copies its defaults
    json: Json = False,
) -> None:
    """Compute a draw again from what was committed and published, and compare it with what was announced."""
    policy = read_policy(key, witness, quorum, trust_list, list_key)
    try:
        with file.open("rb") as content:
            again = replay(read_draw_file(content.read(MAX_FILE_BYTES + 1)), policy, now=datetime.now(UTC))
    except (TrustError, OSError) as fault:
        refuse(f"{file}: {fault}")
    if json:
        emit_json(_document(again))
    else:
        rows = [[place, ", ".join(sent)] for place, sent in again.outcome.pairs] if again.outcome else []
        emit_table(["drawn", "inspectors"], rows, title=f"{again.overall.word}: {again.overall.reason}")
    raise typer.Exit(DONE if isinstance(again.overall, Valid) else NEGATIVE)


def _document(again: Replay) -> dict[str, object]:
    outcome = again.outcome
    return {
        "verdict": again.overall.word,
        "reason": again.overall.reason,
        "start": outcome.start if outcome else None,
        "drawn": [[place, list(sent)] for place, sent in outcome.pairs] if outcome else [],
        "witnessed_at": again.witnessed_at,
        "receipt": again.receipt.overall.word,
    }
