"""The command `hengliang`: a table for people, one JSON document with `--json`.

Exit 0: done, verdict positive or none; 1: verdict negative or indeterminate; 2: bad input, reason on stderr.
"""

from hengliang.cli.main import main

__all__ = ["main"]
