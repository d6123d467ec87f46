"""`python -m hengliang.platform.site.serve.web HOST PORT`: the web server, one process that the supervisor keeps."""

import os
import sys

from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from hengliang.platform.site import logs

THREADS = 4  # per worker; each holds one database connection


def workers() -> int:
    """Worker processes: HENGLIANG_WEB_WORKERS, else one less than there are processors, at most 8."""
    return int(os.environ.get("HENGLIANG_WEB_WORKERS") or min(8, max(1, (os.cpu_count() or 1) - 1)))


def main(host: str, port: int) -> None:
    """Serve until SIGTERM; requests that run are answered first."""
    Granian(
        "hengliang.platform.site.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers(),
        blocking_threads=THREADS,
        websockets=False,
        respawn_failed_workers=True,
        workers_kill_timeout=10,
        log_level=LogLevels.warning,
        log_dictconfig=logs.settings(),
    ).serve()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
