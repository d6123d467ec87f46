"""The cast of the trust tests serves the commands too."""

from tests.trust.conftest import log_key, witness_keys
from tests.trust.offline.conftest import draw_case, keys

__all__ = ["draw_case", "keys", "log_key", "witness_keys"]
