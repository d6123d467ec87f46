"""pyHanko's coroutines, run to their end from plain code, also where an event loop is already running."""

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

Answer = TypeVar("Answer")


def finished(coroutine: Coroutine[Any, Any, Answer]) -> Answer:
    """What the coroutine gives. It has a thread and a loop of its own: `asyncio.run` refuses inside a running loop.

    coroutine : not awaited yet
    Raises what the coroutine raises.
    """
    with ThreadPoolExecutor(max_workers=1) as thread:
        return thread.submit(asyncio.run, coroutine).result()
