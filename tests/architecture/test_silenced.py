"""A finding of the linter is silenced only with the reason beside it."""

import re
from pathlib import Path

SOURCE = Path(__file__).parents[2] / "src"
SILENCED = re.compile(r"# noqa(?!: [A-Z0-9, ]+ - \S)")


def test_each_silenced_finding_says_why():
    files = [path for path in SOURCE.rglob("*.py") if "migrations" not in path.parts]
    bare = [
        f"{path.relative_to(SOURCE)}:{number}"
        for path in files
        for number, line in enumerate(path.read_text().splitlines(), start=1)
        if SILENCED.search(line)
    ]
    assert files and bare == []
