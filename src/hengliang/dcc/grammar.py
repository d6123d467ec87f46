"""Which child elements an element of a certificate has, in which order, by schema version.

One line is one content model: a name, `?` optional, `*` any number, `+` at least one, `(a|b)` one of several,
`&` before the first where the order is free. Own wording of facts of the schemas, so that certificates can be
checked without the schema files. Source: DCC 2.3.0 to 3.3.0, D-SI 1.0.1 to 2.2.1 (PTB), complex types.
"""

from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from hengliang.dcc.content_models import DCC_MODELS, SAME, SI_MODELS

Version = tuple[int, int, int]
VERSIONS: tuple[str, ...] = (
    "2.3.0",
    "2.4.0",
    "3.0.0",
    "3.1.0",
    "3.1.1",
    "3.1.2",
    "3.2.0",
    "3.2.1",
    "3.3.0",
)


@dataclass(frozen=True, slots=True)
class Particle:
    """One place in a content model: any of `names`, between `least` and `most` times (None: no limit)."""

    names: frozenset[str]
    least: int
    most: int | None


@dataclass(frozen=True, slots=True)
class Content:
    """A content model; `ordered` is False where the order is free."""

    particles: tuple[Particle, ...]
    ordered: bool = True


# `dcc:text` in data and `dcc:referral` in a referral are not what the models of these names describe.
_TYPE_OF = MappingProxyType(
    {name: name for name in DCC_MODELS if name not in ("softwareList", "looseContact", "rich", "bytes", "referral")}
    | {name: kind for kind, names in SAME.items() for name in names}
    | {"referral": "text"}
)


@lru_cache(maxsize=2048)
def dcc_content(name: str, version: str) -> Content | None:
    """The content model of a DCC element, None when it has no child elements that are known here."""
    kind = _TYPE_OF.get(name)
    if kind is None:
        return None
    fitting = [model for first, model in DCC_MODELS[kind] if as_version(first) <= as_version(version)]
    return _compile(fitting[-1]) if fitting else None


@lru_cache(maxsize=512)
def si_content(name: str) -> Content | None:
    """The content model of a D-SI element, None when it has none that is known here."""
    return _compile(SI_MODELS[name]) if name in SI_MODELS else None


def as_version(text: str) -> Version:
    """`3.2.1` as numbers."""
    first, second, third = (int(part) for part in text.split("."))
    return first, second, third


@lru_cache(maxsize=256)
def _compile(model: str) -> Content:
    words = model.split()
    ordered = words[0] != "&"
    return Content(tuple(_particle(word) for word in words if word != "&"), ordered)


def _particle(word: str) -> Particle:
    least, most = {"?": (0, 1), "*": (0, None), "+": (1, None)}.get(word[-1], (1, 1))
    names = word.rstrip("?*+").strip("()").split("|")
    return Particle(frozenset(names), least, most)
