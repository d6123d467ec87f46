"""Where partitions are computed: here, on processes of this machine, or on a Dask cluster; one line differs.

Results are the same to the last bit, since every partition is computed by one thread from the same bytes and they
are put together by number.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TypeAlias, TypeVar

import joblib

from hengliang.readings.errors import EvaluationRefused, PartitionDamaged, PartitionFailed

A = TypeVar("A")
R = TypeVar("R")
Spread: TypeAlias = Callable[[Callable[[Any], Any], Sequence[Any]], Iterator[Any]]
"""A function and its arguments to the results, in the order of the arguments, each as soon as all before it are."""


@contextmanager
def engine(jobs: int, cluster: str | None) -> Iterator[Spread]:
    """What spreads work: `jobs` processes of this machine (1: this one), or the cluster at an address.

    Raises EvaluationRefused; the work raises PartitionFailed.
    """
    if cluster is not None:
        with _cluster(cluster):
            yield lambda function, arguments: _parallel(function, arguments, -1)
    elif jobs == 1:
        yield lambda function, arguments: map(function, arguments)
    else:
        with joblib.parallel_config(backend="loky", inner_max_num_threads=1):
            yield lambda function, arguments: _parallel(function, arguments, jobs)


def _parallel(function: Callable[[A], R], arguments: Sequence[A], jobs: int) -> Iterator[R]:
    try:
        yield from joblib.Parallel(n_jobs=jobs, return_as="generator", batch_size=1)(
            joblib.delayed(function)(one) for one in arguments
        )
    except (PartitionFailed, PartitionDamaged):
        raise
    except Exception as fault:
        # A killed process of this machine: joblib says so in several ways; what was finished is kept.
        raise PartitionFailed(partition="a worker", reason=f"{type(fault).__name__}: {fault}") from fault


@contextmanager
def _cluster(address: str) -> Iterator[None]:
    try:
        from distributed import Client
    except ImportError:
        raise EvaluationRefused(
            reason="--cluster needs the extra `cluster`: pip install 'hengliang[cluster]'"
        ) from None
    try:
        client: Any = Client(address, timeout="20s", set_as_default=True)  # type: ignore[no-untyped-call]
    except (OSError, TimeoutError, ValueError) as fault:
        raise EvaluationRefused(reason=f"no Dask scheduler answers at {address} ({fault})") from None
    with client, joblib.parallel_config(backend="dask", wait_for_workers_timeout=60):
        yield
