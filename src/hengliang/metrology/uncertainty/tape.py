"""A traced model as a flat list of instructions that runs on one point or on arrays of points."""

import math
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

import numpy as np

from hengliang.metrology.uncertainty.buffers import Buffers
from hengliang.metrology.uncertainty.expression import Node, reachable
from hengliang.metrology.uncertainty.operations import ARRAY, FLOAT, INTO

LARGEST_UNROLLED_POWER = 8


class Tape:
    """Instructions for several outputs at once; what they share is computed once."""

    def __init__(self, names: Sequence[str], outputs: Sequence[Node]) -> None:
        self._slots: list[float] = [0.0] * len(names)
        self._steps: list[tuple[str, int, int]] = []  # operation, slots of its one or two arguments
        where = {}
        position = {name: slot for slot, name in enumerate(names)}
        for node in reachable(outputs):
            if node.op == "input":
                where[node.index] = position[node.name]
            elif node.op == "const":
                where[node.index] = len(self._slots)
                self._slots.append(node.value)
        self._slots.append(1.0)
        self._constants = len(self._slots)
        for node in reachable(outputs):
            if node.args:
                where[node.index] = self._compile(node, [where[a.index] for a in node.args])
        self._outputs = [where[node.index] for node in outputs]
        self._inputs = len(names)
        self._float = [(FLOAT[op], a, b) for op, a, b in self._steps]
        self._array = [(ARRAY[op], a, b) for op, a, b in self._steps]
        self._into = [(INTO[op], a, b) for op, a, b in self._steps]

    def point(self, values: Sequence[float]) -> list[float]:
        """All outputs at one point; NaN where the model leaves its domain.

        values : one number per input, in the order of `names`
        """
        slots = [*values, *self._slots[self._inputs :]]
        append = slots.append
        for function, a, b in self._float:
            try:
                append(function(slots[a]) if b < 0 else function(slots[a], slots[b]))
            except (ValueError, ZeroDivisionError, OverflowError):
                append(math.nan)
        return [slots[slot] for slot in self._outputs]

    def arrays(self, values: Sequence[Any]) -> list[Any]:
        """All outputs for arrays of points, which broadcast; NaN outside the domain, without a warning."""
        slots: list[Any] = [*values, *self._slots[self._inputs :]]
        append = slots.append
        with np.errstate(all="ignore"):
            for function, a, b in self._array:
                append(function(slots[a]) if b < 0 else function(slots[a], slots[b]))
        return [slots[slot] for slot in self._outputs]

    def streamed(self, draws: Iterator[Any], buffers: Buffers) -> list[Any]:
        """As `arrays`, taking each input only when it is first needed and dropping what is not needed again.

        Few arrays are then alive at a time, so that they stay in cache however many inputs there are. What is
        dropped goes back to `buffers`, from which the results of later steps come: the draws are written over.
        """
        slots: list[Any] = [None] * self._inputs + self._slots[self._inputs :]
        have = 0
        with np.errstate(all="ignore"):
            for (function, a, b), needed, done in zip(self._into, *self._schedule, strict=True):
                while have < needed:
                    slots[have] = next(draws)
                    have += 1
                first, second = slots[a], None if b < 0 else slots[b]
                for slot in done:
                    buffers.give(slots[slot])
                    slots[slot] = None
                # Written out, because a call here would cost as much as the step itself.
                out = buffers.take() if isinstance(first, np.ndarray) or isinstance(second, np.ndarray) else None
                slots.append(function(first, out=out) if second is None else function(first, second, out=out))
        for slot in range(have, 1 + max((s for s in self._outputs if s < self._inputs), default=-1)):
            slots[slot] = next(draws)
        return [slots[slot] for slot in self._outputs]

    @cached_property
    def _schedule(self) -> tuple[list[int], list[list[int]]]:
        """By step: how many inputs must have been taken, and which slots are used for the last time."""
        kept = {*self._outputs, *range(self._inputs, self._constants)}
        last = {slot: step for step, (_, a, b) in enumerate(self._steps) for slot in (a, b) if slot >= 0}
        done: list[list[int]] = [[] for _ in self._steps]
        for slot, step in last.items():
            if slot not in kept:
                done[step].append(slot)
        needed = [1 + max((s for s in (a, b) if s < self._inputs), default=-1) for _, a, b in self._steps]
        return needed, done

    def _compile(self, node: Node, slots: list[int]) -> int:
        if node.op == "pow" and node.args[1].is_constant():
            exponent = node.args[1].value
            if exponent == 0.5:
                return self._emit("sqrt", slots[0])
            if exponent == round(exponent) and 0 < abs(exponent) <= LARGEST_UNROLLED_POWER:
                power = self._power(slots[0], round(abs(exponent)))
                return power if exponent > 0 else self._emit("div", self._constants - 1, power)
        return self._emit(node.op, *slots)

    def _power(self, slot: int, exponent: int) -> int:
        # Repeated squaring: elementwise pow costs about twenty multiplications.
        if exponent == 1:
            return slot
        half = self._power(slot, exponent // 2)
        square = self._emit("mul", half, half)
        return self._emit("mul", square, slot) if exponent % 2 else square

    def _emit(self, op: str, first: int, second: int = -1) -> int:
        self._steps.append((op, first, second))
        return self._constants + len(self._steps) - 1


def in_order(names: Sequence[str], values: Mapping[str, Any]) -> list[Any]:
    """The values in the order of `names`."""
    return [values[name] for name in names]
