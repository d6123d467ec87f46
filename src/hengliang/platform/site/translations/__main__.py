"""`python -m hengliang.platform.site.translations [missing]`: make the `.mo` files, or list what has no Chinese."""

import sys

from hengliang.platform.site.translations.extraction import missing
from hengliang.platform.site.translations.fresh import compile_all

if "missing" in sys.argv[1:]:
    for message in missing("zh_Hans"):
        sys.stdout.write(f"{message.where}: {message.key!r}\n")
else:
    compile_all()
