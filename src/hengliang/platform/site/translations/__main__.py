"""`python -m hengliang.platform.site.translations`: make every `.mo` that is older than its `.po`."""

from hengliang.platform.site.translations.fresh import compile_all

compile_all()
