"""Choosing by a public start value, so that everybody who re-runs it chooses the same.

The methods are those of Ronald L. Rivest's published election audit tools, so that those independent
programs can re-run our draws too: the counter stream of `sampler.py`, the tickets of `consistent_sampler`;
and Fisher-Yates over the stream.

Guarantee: the same start gives the same choice on every machine; each choice is uniform, by rejection. Hole:
whoever knows the start must not be able to change the lists any more; that is the business of `draw.py`.
Source: R. L. Rivest, sampler.py 1.1 (2011); consistent_sampler (2018);
Fisher-Yates as in Knuth, TAOCP 2, 3.4.2, algorithm P.
"""

import hashlib
from collections.abc import Iterable, Iterator, Sequence

_RANGE = 1 << 256


def stream(start: str) -> Iterator[int]:
    """Whole numbers below 2^256: SHA-256 of `start`, a comma and the count 1, 2, 3 …

    >>> hex(next(stream("seed")))[:10]
    '0xd0e8af7a'
    """
    count = 0
    while True:
        count += 1
        yield int.from_bytes(hashlib.sha256(f"{start},{count}".encode()).digest())


def below(limit: int, numbers: Iterator[int]) -> int:
    """A uniform whole number in [0, limit); numbers in the last, incomplete span are skipped."""
    bound = _RANGE - _RANGE % limit
    while (number := next(numbers)) >= bound:
        pass
    return number % limit


def ticket(identifier: str, start: str) -> str:
    """The ticket of one object, a decimal fraction as text; the smaller one is drawn first.

    A ticket depends on its own object only: whoever is added to or taken from the list later changes nothing
    in the order of the others.

    >>> ticket("AB-130", "01382438112797316654")[:12]
    '0.2629971412'
    """
    inner = hashlib.sha256(start.encode()).hexdigest()
    digits = f"{int.from_bytes(hashlib.sha256((inner + identifier).encode()).digest()):064d}"
    return "0." + digits[::-1]


def by_ticket(identifiers: Iterable[str], start: str) -> list[str]:
    """Identifiers in the order of their tickets."""
    return sorted(identifiers, key=lambda one: ticket(one, start))


def shuffled(items: Sequence[str], numbers: Iterator[int]) -> list[str]:
    """All items in random order, by Fisher-Yates from the front.

    items : in an order everybody can make again, such as sorted
    """
    order = list(items)
    for place in range(len(order) - 1):
        other = place + below(len(order) - place, numbers)
        order[place], order[other] = order[other], order[place]
    return order
