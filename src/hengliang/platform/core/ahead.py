"""Imports made while the person still reads the form: what the answer needs is then there when it is asked for."""

import importlib
import sys
from threading import Thread

_begun: set[str] = set()


def import_ahead(module: str) -> None:
    """Begin to import `module` beside the request; once for each process, and nothing waits for it."""
    if module not in sys.modules and module not in _begun:
        _begun.add(module)
        Thread(target=importlib.import_module, args=(module,), daemon=True, name=f"import {module}").start()
