"""Jobs of supervision: the nightly search for what does not fit."""

from procrastinate.contrib.django import app

from hengliang.platform.core.rights import Actor
from hengliang.platform.supervision.services import findings_search


@app.periodic(cron="17 3 * * *")
@app.task(queue="findings", lock="findings", queueing_lock="findings", pass_context=False)
def search_findings(timestamp: int | None = None) -> int:
    """Search records and proofs once a night; gives how many findings are new."""
    return len(findings_search(actor=Actor.system("findings")))
