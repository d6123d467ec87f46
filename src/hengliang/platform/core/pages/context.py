"""What every template of the kit finds: navigation, theme, languages."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from .nav import sections_for
from .viewer import actor_of

THEMES = ("auto", "light", "dark")
THEME_COOKIE = "theme"


def pages(request: HttpRequest) -> dict[str, Any]:
    """Context processor of the kit. Navigation is computed only when a template asks for it."""
    return {
        "actor": actor_of(request),
        "nav": lambda: sections_for(request, actor_of(request)),
        "theme": theme_of(request),
        "themes": THEMES,
        "training": settings.TRAINING,
        "product_name": getattr(settings, "PRODUCT_NAME", None),
    }


def theme_of(request: HttpRequest) -> str:
    """Light or dark as the reader chose, else as the device has it."""
    theme = request.COOKIES.get(THEME_COOKIE, "auto")
    return theme if theme in THEMES else "auto"
