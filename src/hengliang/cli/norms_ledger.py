"""`hengliang norms diff --ledger`: what another rule would change, counted on the ledger of a deployment."""

import os
from typing import TYPE_CHECKING, Any

import typer
from rich.console import Console
from rich.progress import Progress

from hengliang.cli.output import emit_table, refuse

if TYPE_CHECKING:
    from hengliang.norms.model import Value

Counted = list[dict[str, Any]] | None


def count_on_ledger(before: "Value", after: "Value") -> Counted:
    """Every count with the rows that it names; None where nothing in the ledger is counted by this kind of rule."""
    from hengliang.platform.site.database import DatabaseUnavailable, running
    from hengliang.platform.site.home import home

    if before.repealed or after.repealed:
        refuse("a repealed edition judges nothing; name two that hold")
    try:
        with running(home()) as addresses:
            os.environ["DATABASE_URL"] = addresses.app
            os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hengliang.platform.site.settings")
            return _counted(before, after)
    except DatabaseUnavailable as error:
        refuse(f"there is no ledger to count on: {error}")


def _counted(before: "Value", after: "Value") -> Counted:
    import django

    django.setup()
    from django.conf import settings
    from django.db import DatabaseError
    from django.utils import translation

    from hengliang.platform.core.rights import Actor
    from hengliang.platform.core.rule_effects import Comparison, effects_of

    translation.activate(settings.LANGUAGE_CODE)
    with Progress(console=Console(stderr=True), transient=True) as progress:
        bar = progress.add_task("counting", total=None)
        asked = Comparison(
            before,
            after,
            Actor.system("hengliang norms diff"),
            tell=lambda done, of: progress.update(bar, completed=done, total=of),
        )
        try:
            tallies = effects_of(asked)
        except DatabaseError as error:
            refuse(f"the ledger can't be read: {str(error).strip()}; start it once with `hengliang serve`")
    if tallies is None:
        return None
    return [
        {
            "label": str(tally.label),
            "count": tally.count,
            "of": asked.all,
            "rows": [{"what": what, "before": was, "after": would} for what, was, would, _ in tally.rows],
        }
        for tally in tallies
    ]


def show_counted(counted: Counted) -> None:
    """The counts as a table, and beneath it some of the rows."""
    if counted is None:
        typer.echo("台账中没有按此类规则计数的内容。")
        return
    emit_table(["将有变化", "数量"], [(one["label"], str(one["count"])) for one in counted])
    rows = [(row["what"], row["before"], row["after"]) for one in counted for row in one["rows"]]
    if rows:
        emit_table(["其中", "前", "后"], rows)
