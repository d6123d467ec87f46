"""Pages that very many read: the words of the house are rendered once, each reader's values are put between them.

Of a public answer all but a few values is the same for everybody who reads it in one language and theme. A frame
renders its template once for each such choice, with a token where a value goes, and keeps the pieces between the
tokens. What is kept says nothing about any object: values are asked for at every request, and none is stored here.
"""

import re
import secrets
from collections.abc import Hashable, Mapping
from functools import lru_cache

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.cache import patch_vary_headers
from django.utils.html import conditional_escape
from django.utils.translation import get_language

from .context import theme_of

Choices = tuple[tuple[str, Hashable], ...]
PATH = "path"
# Letters only, so that a token passes escaping and addresses unchanged; drawn anew by each process, so that no value
# can hold one.
_SIGN = f"slot{secrets.token_hex(8)}"
_TOKEN = re.compile(f"{_SIGN}([a-z_]+){_SIGN}")


def framed(
    request: HttpRequest, template: str, values: Mapping[str, str], *, status: int = 200, **choices: Hashable
) -> HttpResponse:
    """A page of `template` with its `values`, each escaped unless it is safe; an empty value is empty in the template.

    `choices` are what the template decides by (a tone, a yes or no): few values each, for each set of them is a frame
    of its own. The template finds values and choices by their names, `theme`, `training`, and of the request only
    `request.get_full_path`; it may not look into a value, only print it or ask whether it is empty.
    """
    told = {**values, PATH: request.get_full_path()}
    here = {"theme": theme_of(request), "training": settings.TRAINING, **choices}
    make = _frame.__wrapped__ if settings.DEBUG else _frame
    pieces = make(template, get_language(), frozenset(k for k, v in told.items() if v), tuple(sorted(here.items())))
    # The pieces alternate: words of the house, the name of a value, words of the house, …
    page = "".join([conditional_escape(told[one]) if at % 2 else one for at, one in enumerate(pieces)])
    answer = HttpResponse(page, status=status)
    patch_vary_headers(answer, ["Cookie"])
    return answer


@lru_cache(maxsize=256)
def _frame(template: str, _language: str | None, filled: frozenset[str], choices: Choices) -> list[str]:
    """The template in the language that is active, split at its tokens."""
    context = {name: f"{_SIGN}{name}{_SIGN}" for name in filled}
    full_path = {"get_full_path": context.get(PATH, "")}
    return _TOKEN.split(render_to_string(template, {**context, **dict(choices), "request": full_path}))
