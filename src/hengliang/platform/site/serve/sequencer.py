"""`python -m hengliang.platform.site.serve.sequencer`: the one writer of the log, kept by the supervisor."""

import os
import signal
import sys
from pathlib import Path

import django

from hengliang.platform.site.home import home


def main() -> None:
    """Integrate what waits until SIGTERM; leaves with an error when the database goes, and is started again."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hengliang.platform.site.settings")
    django.setup()
    from hengliang.platform.core.log.keys import keys
    from hengliang.platform.core.log.sequencer import run

    asked: list[int] = []
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda got, _: asked.append(got))
    held = keys()
    if held is None:
        sys.exit("The keys of the log were not made. Start the product by `hengliang serve`.")
    run(held, Path(home() / "log"), stopped=lambda: bool(asked))


if __name__ == "__main__":
    main()
