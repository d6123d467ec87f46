"""The embedded PostgreSQL: a small launcher over binaries that are already on the machine.

`running(home)` gives the addresses of a server that stays up for as long as somebody uses it. No Django here:
the addresses must be known before settings are read.
"""

from hengliang.platform.site.database.credentials import Addresses
from hengliang.platform.site.database.errors import DatabaseUnavailable
from hengliang.platform.site.database.launcher import running

__all__ = ["Addresses", "DatabaseUnavailable", "running"]
