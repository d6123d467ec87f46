"""Keys that sign: made, shown, followed by a new one, revoked; on disk they are always encrypted."""

import os
import time
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from hengliang.cli.output import DONE, NEGATIVE, emit_json, emit_table, refuse
from hengliang.trust.errors import KeyRefused, MalformedInput, MechanismUnavailable, SignatureRefused, TrustError
from hengliang.trust.key_statement import Rotation, open_statement, sign_revocation, sign_rotation
from hengliang.trust.keys import CosignerKey, NoteKey, Signer, SoftwareKey, open_sealed, read_sealed, write_key
from hengliang.trust.notes import COSIGNATURE, ED25519, MAX_NOTE_BYTES, NoteSigner, VerifierKey

app = typer.Typer(no_args_is_help=True, help=__doc__)

PASSWORD = "HENGLIANG_KEY_PASSWORD"  # noqa: S105 - the name of the variable, not a password
MAX_KEY_BYTES = 4096


class Purpose(StrEnum):
    """What a key is for; those that sign notes have a key line."""

    LOG = "log"
    WITNESS = "witness"
    LIST = "list"
    EVIDENCE = "evidence"
    DOCUMENTS = "documents"


class Algorithm(StrEnum):
    """How a key for documents signs; the others are Ed25519."""

    P256 = "ecdsa-p256-sha256"
    SM2 = "sm2-sm3"


File = Annotated[Path, typer.Argument(help=f"Encrypted key file; password in {PASSWORD}")]
Existing = Annotated[Path, typer.Argument(help=f"Encrypted key file; password in {PASSWORD}", exists=True)]
Json = Annotated[bool, typer.Option("--json", help="One JSON document on stdout")]


@app.command("make")
def make(
    file: File,
    name: Annotated[str, typer.Option(help="Whose key: log.hangzhou.example, witness.ningbo.example")],
    purpose: Annotated[Purpose, typer.Option("--for", help="What it signs")] = Purpose.EVIDENCE,
    algorithm: Annotated[Algorithm, typer.Option(help="Of a key for documents")] = Algorithm.P256,
    json: Json = False,
) -> None:
    """Make a key, store it encrypted, and print the line (or public key) that others need to trust it."""
    try:
        made = SoftwareKey.generate("ed25519" if purpose != Purpose.DOCUMENTS else algorithm)
        document = _told(made.algorithm, made.public_key, name, purpose)
        write_key(made, file, key_password(), name=name, purpose=purpose)
    except (TrustError, OSError) as fault:
        refuse(f"{file}: {fault}")
    _show(document, json=json)


@app.command("show")
def show(file: Existing, json: Json = False) -> None:
    """Show what a key file says openly: algorithm, purpose, and the line that others need. No password is asked."""
    try:
        told = read_sealed(_content(file))
        document = _told(told.algorithm, told.public_key, told.name, told.purpose)
    except (TrustError, OSError) as fault:
        refuse(f"{file}: {fault}")
    _show(document, json=json)


@app.command("rotate")
def rotate(
    file: Existing,
    statement: Annotated[Path | None, typer.Option(help="Where the statement goes; FILE.rotation else")] = None,
    json: Json = False,
) -> None:
    """Make the next key: FILE holds the new one, `FILE.<id>` the old one, FILE.rotation what both have signed."""
    try:
        signer, told = _signer(file)
        fresh = SoftwareKey.generate("ed25519")
        follows = _named(fresh, told.name, told.purpose)
        # The new key is safe on disk before anything says that it follows, and the old one is never lost.
        pending = file.with_name(file.name + ".next")
        write_key(fresh, pending, key_password(), name=told.name, purpose=told.purpose)
        signed = sign_rotation(signer, follows, since=datetime.now(UTC))
        _keep(statement or file.with_name(file.name + ".rotation"), signed)
        former = file.with_name(f"{file.name}.{signer.verifier.key_id.hex()}")
        file.rename(former)
        pending.rename(file)
    except (TrustError, OSError) as fault:
        refuse(f"{file}: {fault}")
    document = {"old": str(signer.verifier), "new": str(follows.verifier), "former_file": str(former)}
    _show({**document, "statement": signed.decode()}, json=json)


@app.command("revoke")
def revoke(
    file: Existing,
    reason: Annotated[str, typer.Option(help="Why, in one line; it is published")],
    compromised_since: Annotated[
        datetime | None, typer.Option(help="Since when others may have had the key, UTC; else it is merely given up")
    ] = None,
    statement: Annotated[Path | None, typer.Option(help="Where the statement goes; FILE.revocation else")] = None,
    json: Json = False,
) -> None:
    """Give a key up: the key signs that it is over, and its file is put aside as FILE.revoked."""
    state: Literal["revoked", "compromised"] = "compromised" if compromised_since else "revoked"
    since = compromised_since.replace(tzinfo=UTC) if compromised_since else datetime.now(UTC)
    if since > datetime.now(UTC):
        refuse(f"{since:%Y-%m-%d} lies in the future; say since when the key may have been in foreign hands")
    try:
        signer, _ = _signer(file)
        signed = sign_revocation(signer, state=state, since=since, reason=reason)
        _keep(statement or file.with_name(file.name + ".revocation"), signed)
        aside = file.with_name(file.name + ".revoked")
        file.rename(aside)
    except (TrustError, OSError) as fault:
        refuse(f"{file}: {fault}")
    document = {"key": str(signer.verifier), "state": state, "since": since.isoformat(), "file": str(aside)}
    _show({**document, "statement": signed.decode()}, json=json)


@app.command("check")
def check(
    file: Annotated[Path, typer.Argument(help="Statement of a rotation or revocation", exists=True, dir_okay=False)],
    key: Annotated[list[str], typer.Option("--key", help="Key line that you know")],
    json: Json = False,
) -> None:
    """Check a statement about a key you know: whether that key has signed it, and what it says."""
    try:
        known = [VerifierKey.parse(line.strip()) for line in key]
        told = open_statement(_content(file, MAX_NOTE_BYTES), known)
    except SignatureRefused as fault:
        _show({"verdict": "invalid", "reason": str(fault)}, json=json)
        raise typer.Exit(NEGATIVE) from None
    except (MalformedInput, KeyRefused, OSError) as fault:
        refuse(f"{file}: {fault}")
    if isinstance(told, Rotation):
        said = {"statement": "rotation", "key": str(told.old), "new": str(told.new), "since": told.since.isoformat()}
    else:
        said = {"statement": told.state, "key": str(told.key), "since": told.since.isoformat(), "reason": told.reason}
    _show({"verdict": "valid", **said}, json=json)
    raise typer.Exit(DONE)


def key_password() -> str:
    """The password of key files. Never an argument: arguments are seen by everybody on the machine.

    Raises MechanismUnavailable where none is set.
    """
    password = os.environ.get(PASSWORD, "")
    if not password:
        raise MechanismUnavailable(mechanism="The key's password", reason=f"set {PASSWORD}")
    return password


def _signer(file: Path) -> tuple[NoteSigner, Any]:
    content = _content(file)
    told = read_sealed(content)
    if told.purpose == Purpose.DOCUMENTS or not told.name:
        reason = "it makes no statements; a key for documents is followed by a new certificate of its authority"
        raise KeyRefused(name=told.name or str(file), reason=reason)
    return _named(open_sealed(content, key_password()), told.name, told.purpose), told


def _named(signer: Signer, name: str, purpose: str) -> NoteSigner:
    return CosignerKey(name, signer, time.time) if purpose == Purpose.WITNESS else NoteKey(name, signer)


def _told(algorithm: str, public: bytes, name: str, purpose: str) -> dict[str, Any]:
    document: dict[str, Any] = {"name": name, "for": purpose, "algorithm": algorithm, "public_key": public.hex()}
    if algorithm == "ed25519" and name:
        kind = COSIGNATURE if purpose == Purpose.WITNESS else ED25519
        document["line"] = str(VerifierKey.parse(str(VerifierKey(name, kind, public))))
    return document


def _show(document: dict[str, Any], *, json: bool) -> None:
    if json:
        emit_json(document)
        return
    statement = document.pop("statement", None)
    emit_table(["", ""], [[name, value] for name, value in document.items() if name != "line"])
    if "line" in document:
        typer.echo(document["line"])  # outside the table, which would break it
    if statement:
        typer.echo(statement, nl=False)


def _content(file: Path, most: int = MAX_KEY_BYTES) -> bytes:
    with file.open("rb") as content:
        return content.read(most + 1)


def _keep(path: Path, content: bytes) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
