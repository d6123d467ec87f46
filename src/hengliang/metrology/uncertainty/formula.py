"""Formulas as text: a closed grammar read through the syntax tree, nothing is ever evaluated as code.

    definition   name = expression          several, separated by `;` or new lines, in any order
    expression   names, numbers, pi, + - * / ^ (or **), ( ), and the functions below

Names are Python identifiers, so Greek and Chinese letters are welcome. Free names are the inputs.
"""

import ast
import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from hengliang.metrology.uncertainty.errors import FormulaError
from hengliang.metrology.uncertainty.expression import Graph, Node, reachable

LONGEST_FORMULA = 20_000  # characters; far beyond any budget, well below what exhausts the parser

FUNCTIONS = {
    **{
        name: name
        for name in [
            "sqrt",
            "exp",
            "expm1",
            "log1p",
            "log10",
            "log2",
            "sin",
            "cos",
            "tan",
            "sinh",
            "cosh",
            "tanh",
            "abs",
            "sign",
        ]
    },
    **{name: name for name in ["arcsin", "arccos", "arctan", "arctan2", "minimum", "maximum"]},
    "asin": "arcsin",
    "acos": "arccos",
    "atan": "arctan",
    "atan2": "arctan2",
    "min": "minimum",
    "max": "maximum",
    "log": "log",
    "ln": "log",
    "lg": "log10",
}
CONSTANTS = {"pi": math.pi, "π": math.pi}
_OPERATORS = {ast.Add: "add", ast.Sub: "sub", ast.Mult: "mul", ast.Div: "div", ast.Pow: "pow"}
_TWO = {"arctan2", "minimum", "maximum"}
_TYPED = str.maketrans({"×": "*", "·": "*", "÷": "/", "−": "-", "（": "(", "）": ")", "，": ",", "；": ";"})
_POWERS = {"²": "**2", "³": "**3", "^": "**"}


@dataclass(frozen=True, slots=True)
class Traced:
    """A model as expressions: input names in order of appearance, and one expression per output."""

    inputs: tuple[str, ...]
    outputs: dict[str, Node]


def read_formula(text: str, outputs: Sequence[str] | None = None) -> Traced:
    """The expressions of a formula.

    outputs : names to give; by default the definitions that no other definition uses.
    Raises FormulaError for anything outside the grammar.

    >>> read_formula("R = V/I*cos(phi)").inputs
    ('V', 'I', 'phi')
    """
    definitions = dict(_definitions(text))
    reader = _Reader(definitions)
    try:
        nodes = {name: reader.defined(name) for name in definitions}
    except RecursionError:
        raise FormulaError(reason="nested too deeply", where=text[:40]) from None
    unknown = [name for name in outputs or () if name not in nodes]
    if unknown:
        raise FormulaError(reason="no such definition", where=unknown[0])
    chosen = outputs or [name for name in nodes if name not in reader.used]
    return Traced(tuple(reader.inputs), {name: nodes[name] for name in chosen})


class _Reader:
    def __init__(self, definitions: Mapping[str, ast.expr]) -> None:
        self.graph = Graph()
        self.inputs: dict[str, Node] = {}
        self.used: set[str] = set()
        self._definitions = definitions
        self._nodes: dict[str, Node] = {}
        self._open: list[str] = []

    def defined(self, name: str) -> Node:
        """The expression of a definition; a definition may use others, not itself."""
        if name not in self._nodes:
            if name in self._open:
                raise FormulaError(reason="defined by itself", where=name)
            self._open.append(name)
            self._nodes[name] = self._read(self._definitions[name])
            self._open.pop()
        return self._nodes[name]

    def _read(self, tree: ast.expr) -> Node:
        match tree:
            case ast.Name(id=name):
                return self._name(name)
            case ast.Constant(value=int() | float() as number) if not isinstance(number, bool):
                return self._number(number)
            case ast.BinOp(left=left, op=op, right=right) if type(op) in _OPERATORS:
                return self.graph.apply(_OPERATORS[type(op)], self._read(left), self._read(right))
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                return -self._read(operand)
            case ast.UnaryOp(op=ast.UAdd(), operand=operand):
                return self._read(operand)
            case ast.Call(func=ast.Name(id=name), args=args, keywords=[]) if name in FUNCTIONS:
                return self._call(name, args)
        raise FormulaError(reason="not in the grammar of formulas", where=ast.unparse(tree)[:60])

    def _number(self, number: float) -> Node:
        try:
            return self.graph.constant(number)
        except OverflowError:
            raise FormulaError(reason="beyond the largest number, 1.8e308", where=f"{str(number)[:20]}…") from None

    def _call(self, name: str, args: Sequence[ast.expr]) -> Node:
        op = FUNCTIONS[name]
        if len(args) != (2 if op in _TWO else 1):
            raise FormulaError(reason=f"{name} takes {2 if op in _TWO else 1} argument(s)", where=name)
        return self.graph.apply(op, *(self._read(a) for a in args))

    def _name(self, name: str) -> Node:
        if name in CONSTANTS:
            return self.graph.constant(CONSTANTS[name])
        if name in self._definitions:
            self.used.add(name)
            return self.defined(name)
        return self.inputs.setdefault(name, self.graph.input(name))


def _definitions(text: str) -> Iterator[tuple[str, ast.expr]]:
    if len(text) > LONGEST_FORMULA:
        raise FormulaError(reason=f"longer than {LONGEST_FORMULA} characters", where=text[:40])
    names: set[str] = set()
    for number, part in enumerate(_parts(text), start=1):
        name, equals, expression = part.partition("=")
        tree = _tree(expression if equals else part)
        name = _identifier(name) if equals else _free_name(tree, number)
        if name in names or name in CONSTANTS:
            raise FormulaError(reason="defined twice", where=name)
        names.add(name)
        yield name, tree
    if not names:
        raise FormulaError(reason="empty", where=text)


def _free_name(tree: ast.expr, number: int) -> str:
    """A name for an expression that has none: y, y2 …, unless the expression uses it."""
    used = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    name = "y" if number == 1 else f"y{number}"
    return f"{name}_result" if name in used else name


def _parts(text: str) -> Iterable[str]:
    text = text.translate(_TYPED)
    for sign, power in _POWERS.items():
        text = text.replace(sign, power)
    return [part.strip() for part in re.split(r"[;\n]", text) if part.strip()]


def _identifier(text: str) -> str:
    tree = _tree(text)
    if not isinstance(tree, ast.Name):
        raise FormulaError(reason="the left side must be one name", where=text.strip())
    return tree.id


def _tree(text: str) -> ast.expr:
    try:
        return ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        raise FormulaError(reason="can't be read", where=text.strip()[:60]) from None


_SYMBOL = {
    "add": ("+", 1),
    "sub": ("-", 1),
    "mul": ("*", 2),
    "div": ("/", 2),
    "neg": ("-", 3),
    "pow": ("^", 4),
}
_ATOM = 5


def write_formula(outputs: Mapping[str, Node]) -> str:
    """The text of expressions, one definition per line; what is used twice gets a line of its own.

    `read_formula(write_formula(t.outputs), list(t.outputs))` gives the same model again.

    >>> write_formula(read_formula("y = (a + b)*c").outputs)
    'y = (a + b)*c'
    """
    return "\n".join(_Writer(outputs).lines())


class _Writer:
    def __init__(self, outputs: Mapping[str, Node]) -> None:
        self._outputs = outputs
        self._nodes = reachable(outputs.values())
        self._taken = {n.name for n in self._nodes} | set(outputs) | set(CONSTANTS) | set(FUNCTIONS)
        self._short: dict[int, str] = {}
        self._text: dict[int, tuple[str, int]] = {}

    def lines(self) -> Iterator[str]:
        """The definitions, each after those that it uses."""
        uses = _uses(self._nodes)
        for node in self._nodes:
            self._text[node.index] = self._written(node)
            if node.args and uses.get(node.index, 0) > 1:
                name = self._fresh()
                yield f"{name} = {self._text[node.index][0]}"
                self._text[node.index] = name, _ATOM
        for name, node in self._outputs.items():
            yield f"{name} = {self._text[node.index][0]}"

    def _fresh(self) -> str:
        number = next(n for n in range(1, len(self._taken) + 2) if f"t{n}" not in self._taken)
        self._taken.add(f"t{number}")
        return f"t{number}"

    def _written(self, node: Node) -> tuple[str, int]:
        if node.op == "input":
            return node.name, _ATOM
        if node.op == "const":
            return _number(node.value)
        if node.op not in _SYMBOL:
            return f"{node.op}({', '.join(self._text[a.index][0] for a in node.args)})", _ATOM
        return self._operation(node)

    def _operation(self, node: Node) -> tuple[str, int]:
        sign, level = _SYMBOL[node.op]
        if node.op == "neg":
            return f"-{self._argument(node.args[0], level)}", level
        left = self._argument(node.args[0], level + (node.op == "pow"))
        right = self._argument(node.args[1], level + (node.op in ("sub", "div")))
        space = " " if level == 1 else ""
        return f"{left}{space}{sign}{space}{right}", level

    def _argument(self, node: Node, level: int) -> str:
        text, own = self._text[node.index]
        return text if own >= level else f"({text})"


def _uses(nodes: Iterable[Node]) -> dict[int, int]:
    counts: dict[int, int] = {}
    for node in nodes:
        for argument in node.args:
            counts[argument.index] = counts.get(argument.index, 0) + 1
    return counts


def _number(value: float) -> tuple[str, int]:
    text = repr(int(value)) if value == round(value) and abs(value) < 1e15 else repr(value)
    return text, _ATOM if value >= 0 else _SYMBOL["neg"][1]
