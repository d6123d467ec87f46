"""Finds every message that the product may show, in Python and in templates, without GNU xgettext."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import hengliang
from hengliang.platform.site.translations.catalogue import Entry, parse
from hengliang.platform.site.translations.fresh import catalogues

# Function name -> which arguments are the context, the message and its plural.
PLAIN, PLURAL = (None, 0, None), (None, 0, 1)
CALLS: dict[str, tuple[int | None, int, int | None]] = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop"), PLAIN),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), PLURAL),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), (0, 1, None)),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), (0, 1, 2)),
}
REFUSAL, CODE = re.compile(r"[A-Z]\w*[a-z]"), re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)+")
TEXT = r"u?('(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\")"
CALL = re.compile(rf"\b({'|'.join(CALLS)})\(\s*{TEXT}(?:\s*,\s*{TEXT})?(?:\s*,\s*{TEXT})?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Message:
    """A message in the source, as the catalogue keys it, and where it was first seen."""

    key: str
    where: str


def messages() -> dict[str, Message]:
    """Every message of the product by its key."""
    found: dict[str, Message] = {}
    root = Path(hengliang.__file__).parent
    for path in sorted([*root.rglob("*.py"), *root.rglob("templates/**/*.html"), *root.rglob("templates/**/*.txt")]):
        read = in_python if path.suffix == ".py" else in_template
        for line, key in read(path.read_text(encoding="utf-8")):
            found.setdefault(key, Message(key, f"{path.relative_to(root)}:{line}"))
    return found


def in_python(source: str) -> Iterator[tuple[int, str]]:
    """The line and key of each message in Python source."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            texts = [one.value for one in node.args if isinstance(one, ast.Constant) and isinstance(one.value, str)]
            if name in CALLS and texts:
                yield from ((node.lineno, key) for key in _key(name, texts))
            elif (
                REFUSAL.match(name)
                and len(texts) == 2
                and len(node.args) == 2
                and CODE.fullmatch(texts[0])
                and " " in texts[1]
            ):
                yield node.lineno, texts[1]  # `Refused("code", "English template")`: translated when it is told


def in_template(source: str) -> Iterator[tuple[int, str]]:
    """The line and key of each message in a Django template."""
    from django.utils.translation.template import templatize

    python = templatize(source)
    for match in CALL.finditer(python):
        texts = [str(ast.literal_eval(text)) for text in match.groups()[1:] if text]
        line = python.count("\n", 0, match.start()) + 1
        yield from ((line, key) for key in _key(match[1], texts))


def _key(name: str, texts: list[str]) -> Iterator[str]:
    context, message, plural = CALLS[name]
    if len(texts) > max(context or 0, message, plural or 0):
        entry = Entry(texts[message], None if context is None else texts[context])
        entry.plural = None if plural is None else texts[plural]
        yield entry.key()


def missing(language: str) -> list[Message]:
    """The messages of the product that have no complete translation in any catalogue of `language`."""
    files = [path for path in catalogues() if path.parts[-3] == language]
    complete = {entry.key() for path in files for entry in parse(path) if entry.complete}
    return sorted((one for key, one in messages().items() if key not in complete), key=lambda one: one.where)
