"""Schema files are stored only when they are the pinned ones."""

import os
from pathlib import Path

import pytest
from lxml import etree

from hengliang.dcc.document import parse_certificate
from hengliang.dcc.errors import SchemaRefused
from hengliang.dcc.schema import PINNED, check_schema, keep
from hengliang.dcc.write import write_certificate
from tests.dcc.samples import CALIBRATION

REFERENCE = os.environ.get("HENGLIANG_REFERENCE")


@pytest.fixture
def root() -> etree._Element:
    return parse_certificate(write_certificate(CALIBRATION))


def test_other_bytes_are_not_stored(tmp_path: Path) -> None:
    with pytest.raises(SchemaRefused, match="pinned"):
        keep("v3.3.0/dcc.xsd", b"<schema/>", tmp_path)
    assert not list(tmp_path.iterdir())


@pytest.mark.skipif(not REFERENCE, reason="HENGLIANG_REFERENCE names no folder")
def test_the_pinned_files_compile_and_judge(tmp_path: Path, root: etree._Element) -> None:
    for name in PINNED:
        keep(name, (Path(str(REFERENCE)) / "dcc" / "xsd" / "dcc" / name).read_bytes(), tmp_path)
    assert not list(check_schema(root, "3.3.0", tmp_path))
    root.remove(root[0])
    assert {one.verdict for one in check_schema(root, "3.3.0", tmp_path)} == {"invalid"}


def test_an_absent_schema_is_indeterminate(tmp_path: Path, root: etree._Element) -> None:
    (found,) = check_schema(root, "3.3.0", tmp_path)
    assert (found.verdict, "fetch-schema" in found.reason) == ("indeterminate", True)
