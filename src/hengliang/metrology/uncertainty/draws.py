"""Draws of the inputs, block by block: each block has a random stream of its own.

The stream of block b depends on the seed and on b only, so a result is the same whatever thread computed
which block, and a longer run begins with the draws of a shorter one.
"""

import threading
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from hengliang.metrology.uncertainty.buffers import Buffers
from hengliang.metrology.uncertainty.correlation import factor, groups
from hengliang.metrology.uncertainty.distributions import Constant, Normal
from hengliang.metrology.uncertainty.errors import CorrelationNotDrawable, DrawsNotFinite, InputError
from hengliang.metrology.uncertainty.inputs import Input
from hengliang.metrology.uncertainty.model import Model

BLOCK = 10_000  # trials; 80 kB per input stays in cache, and 10^4 is the batch of JCGM 101, 7.9.4 b)

Floats = NDArray[np.float64]
Drawn = dict[int, Floats | float]


class Sampler:
    """Draws inputs and evaluates the model on them.

    r : correlation matrix of the inputs, or None. Correlated inputs must be normal: their joint
        distribution is the multivariate normal (JCGM 101:2008, 6.4.8), else CorrelationNotDrawable.
    """

    def __init__(self, model: Model, inputs: Sequence[Input], r: Floats | None, seed: int) -> None:
        if not isinstance(seed, int | np.integer) or seed < 0:
            raise InputError(name="seed", reason=f"a seed is a whole number that is not negative, got {seed}")
        self.model, self.inputs, self.seed = model, inputs, seed
        self._correlated = [] if r is None else [g for g in groups(r) if len(g) > 1]
        for group in self._correlated:
            self._require_normal(group)
        self._factors = [factor(r[np.ix_(g, g)]) for g in self._correlated] if r is not None else []
        joined = {i for group in self._correlated for i in group}
        self._own = threading.local()
        self._alone = [i for i in range(len(inputs)) if i not in joined]

    def block(self, number: int, results: Floats) -> None:
        """Fill `results`, shape (m, size), with the outputs at the draws of block `number`.

        Raises DrawsNotFinite.
        """
        size = results.shape[1]
        buffers = self._buffers(size)
        values = self.model.tape.streamed(self._draws(self._stream(number), buffers), buffers)
        finite = _filled(results, values)
        for value in {id(one): one for one in values}.values():
            buffers.give(value)
        if not finite:
            fresh = Buffers(size)
            self._require_finite(results, list(self._draws(self._stream(number), fresh)))

    def outputs(self, draws: Sequence[Floats | float], results: Floats) -> None:
        """Fill `results`, shape (m, size), at given draws of the inputs. Raises DrawsNotFinite."""
        if not _filled(results, self.model.tape.arrays(draws)):
            self._require_finite(results, draws)

    def _stream(self, number: int) -> "np.random.Generator":
        """The generator of this thread, set to the start of the stream of block `number`.

        Setting the state costs a tenth of making a generator, which is felt over hundreds of blocks.
        """
        own = self._own
        if not hasattr(own, "rng"):
            own.rng, own.states = np.random.Generator(np.random.SFC64(0)), _states(self.seed, 0)
        if number >= len(own.states):
            own.states = _states(self.seed, number)
        rng: np.random.Generator = own.rng
        bits, state = rng.bit_generator, {"state": own.states[number]}
        bits.state = {"bit_generator": "SFC64", "state": state, "has_uint32": 0, "uinteger": 0}
        bits.random_raw(12, output=False)
        return rng

    def _buffers(self, size: int) -> Buffers:
        """The arrays of this thread for blocks of `size` draws."""
        own = self._own
        if getattr(own, "buffers", None) is None or own.buffers.size != size:
            own.buffers = Buffers(size)
        made: Buffers = own.buffers
        return made

    def _draws(self, rng: "np.random.Generator", buffers: Buffers) -> Iterator[Floats | float]:
        """The draws of each input in turn; correlated ones are drawn first, together."""
        joint: Drawn = {}
        size = buffers.size
        for group, spread in zip(self._correlated, self._factors, strict=True):
            self.place(joint, group, spread, rng.standard_normal((len(group), size)))
        for i, one in enumerate(self.inputs):
            if i in joint:
                yield joint.pop(i)
            elif isinstance(one.distribution, Constant):
                yield one.distribution.value
            else:
                yield one.distribution.draw_into(rng, buffers.take())

    def place(self, drawn: Drawn, group: Sequence[int], spread: Floats, z: Floats) -> None:
        """Put correlated draws made of independent standard normal ones, z of shape (group, size)."""
        # einsum without BLAS: the order of its additions does not depend on the number of threads.
        for i, row in zip(group, np.einsum("ij,jk->ik", spread, z, optimize=False), strict=True):
            drawn[i] = self.inputs[i].value + self.inputs[i].u * row

    @property
    def correlated(self) -> list[tuple[list[int], Floats]]:
        """Groups of correlated inputs with the factor that mixes independent normal draws."""
        return list(zip(self._correlated, self._factors, strict=True))

    @property
    def alone(self) -> list[int]:
        """Positions of the inputs that are correlated with no other."""
        return self._alone

    def _require_normal(self, group: Sequence[int]) -> None:
        if not all(isinstance(self.inputs[i].distribution, Normal) for i in group):
            raise CorrelationNotDrawable(names=", ".join(self.inputs[i].name for i in group))

    def _require_finite(self, results: Floats, draws: Sequence[Floats | float]) -> None:
        size = results.shape[1]
        bad = np.flatnonzero(~np.isfinite(results).all(axis=0))
        if not len(bad):
            return
        at = (np.broadcast_to(d, size)[bad[0]] for d in draws)
        example = ", ".join(f"{i.name} = {value:.6g}" for i, value in zip(self.inputs, at, strict=True))
        raise DrawsNotFinite(count=len(bad), trials=size, example=example)


def _filled(results: Floats, values: Sequence[Floats | float]) -> bool:
    """Put the outputs in their rows; whether all are finite.

    One sum finds NaN and infinity at a tenth of the cost of looking at every draw.
    """
    for row, value in zip(results, values, strict=True):
        row[:] = value
    return bool(np.isfinite(results.sum()))


def _states(seed: int, number: int) -> NDArray[np.uint64]:
    """States of the streams up to block `number` at least, (blocks, 4); a longer list begins alike.

    As numpy starts SFC64: three seed words and a counter of 1 (the first dozen numbers are then dropped).
    """
    blocks = max(128, 2 * number)
    words = np.random.SeedSequence(seed).generate_state(3 * blocks, np.uint64).reshape(blocks, 3)
    return np.column_stack([words, np.ones(blocks, np.uint64)])
