"""The schema files of PTB, for those who have them: fetched once, pinned by digest, used offline.

They are not part of this software (LGPL-3.0, PTB). Without them the checks of `structure.py` stand alone.
"""

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from lxml import etree

from hengliang.dcc.document import place
from hengliang.dcc.errors import SchemaRefused
from hengliang.dcc.findings import Finding


def check_schema(root: etree._Element, version: str, folder: Path) -> Iterator[Finding]:
    """The document against the schema of its version in `folder`.

    A schema that is not there makes the answer indeterminate, since it was asked for.
    """
    try:
        schema = _load(folder, version)
    except SchemaRefused as fault:
        yield Finding("schema", "indeterminate", place(root), str(fault))
        return
    if not schema.validate(root.getroottree()):
        entries: Any = schema.error_log
        for entry in entries:
            yield Finding("schema", "invalid", f"(line {entry.line})", entry.message[:300])


@lru_cache(maxsize=16)
def _load(folder: Path, version: str) -> etree.XMLSchema:
    path = folder / "dcc" / f"v{version}" / "dcc.xsd"
    if not path.is_file():
        reason = f"{path} is not there; run `hengliang dcc fetch-schema --into {folder}` on a machine with network"
        raise SchemaRefused(name=version, reason=reason)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        return etree.XMLSchema(etree.parse(path, parser))
    except (etree.XMLSyntaxError, etree.XMLSchemaParseError) as fault:
        raise SchemaRefused(name=version, reason=f"it can't be compiled: {fault}") from fault
