"""Catalogues: `.po` files are kept, `.mo` files are made from them wherever the product starts."""

from hengliang.platform.site.translations.catalogue import Entry, Malformed, compiled, parse
from hengliang.platform.site.translations.fresh import compile_all

__all__ = ["Entry", "Malformed", "compile_all", "compiled", "parse"]
