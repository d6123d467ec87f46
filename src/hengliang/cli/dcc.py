"""`hengliang dcc`: digital certificates, ours and foreign ones."""

import urllib.request
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from rich.console import Console
from rich.progress import track

from hengliang.cli.output import DONE, NEGATIVE, emit_json, emit_table, refuse
from hengliang.dcc.check import check_certificate
from hengliang.dcc.document import read_bytes
from hengliang.dcc.errors import CertificateRefused, SchemaRefused
from hengliang.dcc.findings import Report
from hengliang.dcc.read import read_certificate
from hengliang.dcc.schema import LARGEST, PINNED, SOURCE, keep
from hengliang.dcc.show import describe, lines
from hengliang.trust.chain import Anchors

app = typer.Typer(no_args_is_help=True, help=__doc__)

File = Annotated[Path, typer.Argument(help="Certificate (XML)", exists=True, dir_okay=False)]
Roots = Annotated[list[Path], typer.Option("--anchor", help="Trusted root certificates (PEM)", exists=True)]
Json = Annotated[bool, typer.Option("--json", help="One JSON document on stdout")]


@app.command("check")
def check(
    file: File,
    anchor: Roots = [],  # noqa: B006 - typer copies its defaults
    schemas: Annotated[
        Path | None, typer.Option(help="Folder of the schema files", envvar="DCC_SCHEMA_DIR", file_okay=False)
    ] = None,
    signed: Annotated[bool, typer.Option("--signed", help="A certificate without signature is indeterminate")] = False,
    json: Json = False,
) -> None:
    """Check a certificate: structure, rules, signature. Exit code 1 unless it is valid."""
    content, anchors = _content(file), read_anchors(anchor)
    found = check_certificate(content, anchors, now=datetime.now(UTC), schemas=schemas, signed=signed)
    if json:
        emit_json(as_document(found))
    else:
        rows = [[one.check, one.verdict, one.where, one.reason] for one in found.findings]
        emit_table(["check", "verdict", "where", "reason"], rows, title=f"{file.name}: {found.verdict}")
    raise typer.Exit(DONE if found.verdict == "valid" else NEGATIVE)


@app.command("show")
def show(
    file: File,
    language: Annotated[str, typer.Option(help="Language of the texts, ISO 639-1")] = "zh",
    json: Json = False,
) -> None:
    """Show what a certificate says, and what of it can't be shown; nothing is checked."""
    try:
        certificate = read_certificate(_content(file))
    except CertificateRefused as fault:
        refuse(f"{file}: {fault}")
    if json:
        emit_json(describe(certificate, language))
        return
    emit_table(["", ""], [list(line) for line in lines(certificate, language)], title=certificate.number)


@app.command("fetch-schema")
def fetch_schema(
    into: Annotated[Path, typer.Option(help="Folder for the files; give it to --schemas or DCC_SCHEMA_DIR")],
) -> None:
    """Fetch the schema files of PTB (LGPL-3.0), each checked against its pinned digest before it is stored."""
    for name in track(PINNED, description="schema files", transient=True, console=Console(stderr=True)):
        try:
            keep(name, _fetch(SOURCE + name), into)
        except (SchemaRefused, OSError) as fault:
            refuse(f"{name}: {fault}")
    typer.echo(f"{len(PINNED)} files in {into}")


def _fetch(address: str) -> bytes:
    with urllib.request.urlopen(address, timeout=30) as answer:  # noqa: S310 - the address is our own constant
        content: bytes = answer.read(LARGEST)
    return content


def as_document(found: Report) -> dict[str, Any]:
    """A report as the JSON document that outside checks rely on."""
    findings = [
        {"check": one.check, "verdict": one.verdict, "where": one.where, "reason": one.reason} for one in found.findings
    ]
    return {"verdict": found.verdict, "version": found.version, "findings": findings}


def read_anchors(files: list[Path]) -> Anchors:
    """The root certificates of PEM files; leaves with exit code 2 when one is malformed."""
    try:
        loaded = [one for file in files for one in x509.load_pem_x509_certificates(file.read_bytes())]
    except ValueError as fault:
        refuse(f"no PEM certificates: {fault}")
    return Anchors([one.public_bytes(Encoding.DER) for one in loaded])


def _content(file: Path) -> bytes:
    try:
        return read_bytes(file)
    except (CertificateRefused, OSError) as fault:
        refuse(f"{file}: {fault}")
