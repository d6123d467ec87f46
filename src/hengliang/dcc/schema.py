"""The schema files of PTB, for those who have them: fetched once, pinned by digest, used offline.

They are not part of this software (LGPL-3.0, PTB). Without them the checks of `structure.py` stand alone.
"""

import hashlib
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from lxml import etree

from hengliang.dcc.document import place
from hengliang.dcc.errors import SchemaRefused
from hengliang.dcc.findings import Finding

# PTB's files with local imports, as the public repository lutaml/dcc carries them at this commit.
SOURCE = (
    "https://raw.githubusercontent.com/lutaml/dcc/df0059eddae69e7f7a15136edbf890b06badbed0"
    "/lib/dcc/schema/resources/dcc/"
)
LARGEST = 4 * 1024 * 1024  # bytes of a schema file
PINNED = {
    "v2.3.0/dcc.xsd": "352c336753f2d7e251b4000320d463365147c9500deceec3a0f3b04ae1d9c92e",
    "v2.4.0/dcc.xsd": "fee9c0f1fd15dc1713244f0856e05a754087a78470f51c7d1bb03867a6865b85",
    "v3.0.0/dcc.xsd": "4d4f6cae4991bc75c0011504dc15a324d5f2836e38c06f2af355118ee3585bc4",
    "v3.1.0/dcc.xsd": "c9222058bcddb989b1a24e0ebfba1dde083d62bf7c473acf390266475d47d678",
    "v3.1.1/dcc.xsd": "3744819ea178ccc644c8572a1a0409278b0682196295c78dc1e63ef5588c964d",
    "v3.1.2/dcc.xsd": "25a8393a6031bd7dbe23abba8033586c2c64c331efa835fbec93c09ea4b5f618",
    "v3.2.0/dcc.xsd": "517d4d4f444fc3fd07caec0a8b12e8b136b64678a6aa859b5acf452d55c241cc",
    "v3.2.1/dcc.xsd": "272b129c250dd8ee17844a43cedc71c89b8416362f82f3f0bb694719e9d928aa",
    "v3.3.0/dcc.xsd": "31970e2fcb9f8cf38dfd3b2c9d874bbc12db7f548cb142ac342b1fc7ec305e62",
    "dsi/v1.3.0.xsd": "ab66397840da12b8c1f6d557369f8cdb3f9bc708cac45ecf934bb3a75976b479",
    "dsi/v1.3.1.xsd": "f0d6aac1b5b43e8e7f11ad724eb008589b8b64213484e3d666598bdef03d09b3",
    "dsi/v2.0.0.xsd": "a264f1d292595b3dfc242fe963507eb027bef12260fd9b2d3df707e87a768da3",
    "dsi/v2.1.0.xsd": "962a9669ee219b94cc8f05c7ec7e74f93d7f38fc04133780bc3c52ff7e2c7091",
    "dsi/v2.2.1.xsd": "9b8f730c50e4e321a0eea6571d5c3fcf1a51fa04b502e10aa2c3ca8af66b08e9",
    "qudt/v2.2.1.xsd": "7fe0038a3c423ca26c07618667e11266473df777315a8d560f72869520dcf199",
    "xmldsig-core-schema.xsd": "b44ee18f3cbf818c09b07f9e1fecd2009d1a580b9fc62776dc5ad6ce7eccedcf",
}


def keep(name: str, content: bytes, folder: Path) -> Path:
    """Store a fetched schema file where `check_schema` looks for it. Raises SchemaRefused for other bytes."""
    digest = hashlib.sha256(content).hexdigest()
    if digest != PINNED[name]:
        raise SchemaRefused(name=name, reason=f"its SHA-256 is {digest}, pinned is {PINNED[name]}; nothing was stored")
    path = folder / "dcc" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


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
