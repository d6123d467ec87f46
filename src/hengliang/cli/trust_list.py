"""Trust lists: who may vouch for what, by which keys, and how many witnesses each log needs."""

import os
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from hengliang.cli.key import key_password
from hengliang.cli.output import emit_json, emit_table, refuse
from hengliang.cli.policy_options import Json, ListKeys, parse_keys
from hengliang.trust import canonical
from hengliang.trust.errors import KeyRefused, TrustError
from hengliang.trust.keys import NoteKey, open_sealed, read_sealed
from hengliang.trust.notes import VerifierKey
from hengliang.trust.trust_list import (
    MAX_BYTES,
    Authority,
    ListedKey,
    TrustList,
    list_of,
    open_trust_list,
    revoke,
    rotate,
    sign_trust_list,
)

app = typer.Typer(no_args_is_help=True, help=__doc__)

KeyFile = Annotated[Path, typer.Option("--key-file", help="Encrypted key of the list's issuer", exists=True)]
Signed = Annotated[Path, typer.Argument(help="Signed trust list", exists=True, dir_okay=False)]
Out = Annotated[Path, typer.Option(help="Where the signed list goes; it is not overwritten")]


@app.command("sign")
def sign(
    file: Annotated[Path, typer.Argument(help="The list as canonical JSON", exists=True, dir_okay=False)],
    key_file: KeyFile,
    out: Out,
) -> None:
    """Sign a list; its `issuer` is the name in the key's line."""
    try:
        listed = list_of(canonical.read(_content(file), max_bytes=MAX_BYTES))
        _sign(listed, key_file, out)
    except (TrustError, OSError) as fault:
        refuse(f"{file}: {fault}")


@app.command("show")
def show(file: Signed, list_key: ListKeys, json: Json = False) -> None:
    """Show a list, once its signature holds: authorities, keys and their states, quorums."""
    try:
        listed = open_trust_list(_content(file), parse_keys(list_key))
    except (TrustError, OSError) as fault:
        refuse(f"{file}: {fault}")
    if json:
        emit_json(canonical.read(listed.text().encode().split(b"\n")[1], max_bytes=MAX_BYTES))
        return
    rows = [
        [one.id, one.standing, one.quorum, key.purpose, key.state, key.since, key.public]
        for one in listed.authorities
        for key in one.keys
    ]
    title = f"{listed.issuer}, version {listed.version} of {listed.issued:%Y-%m-%d}"
    emit_table(["authority", "standing", "quorum", "key for", "state", "since", "line"], rows, title=title)


@app.command("rotate")
def rotate_key(
    file: Signed,
    old: Annotated[str, typer.Option(help="Key line that is followed")],
    new: Annotated[str, typer.Option(help="Key line that follows")],
    key_file: KeyFile,
    out: Out,
) -> None:
    """The next version of a list, in which one key is retired and the other is in force for as long."""
    now = datetime.now(UTC).replace(microsecond=0)

    def change(listed: TrustList) -> TrustList:
        VerifierKey.parse(new)
        one, key = _holder(listed, old)
        fresh = ListedKey(key.purpose, new, now, key.valid_until)
        return _with(listed, one, rotate(listed.authorities[one], old, fresh, at=now))

    _change(file, key_file, out, change)


@app.command("revoke")
def revoke_key(
    file: Signed,
    key: Annotated[str, typer.Option(help="Key line, or public key, as it stands in the list")],
    key_file: KeyFile,
    out: Out,
    compromised_since: Annotated[datetime | None, typer.Option(help="Since when others may have had it, UTC")] = None,
) -> None:
    """The next version of a list, in which a key is revoked, or compromised since a moment that may lie back."""
    now = datetime.now(UTC).replace(microsecond=0)
    since = compromised_since.replace(tzinfo=UTC) if compromised_since else None

    def change(listed: TrustList) -> TrustList:
        one, _ = _holder(listed, key)
        return _with(listed, one, revoke(listed.authorities[one], key, at=now, compromised_since=since))

    _change(file, key_file, out, change)


def _change(file: Path, key_file: Path, out: Path, change: Callable[[TrustList], TrustList]) -> None:
    try:
        signer = _issuer(key_file)
        listed = change(open_trust_list(_content(file), [signer.verifier]))
        now = datetime.now(UTC)
        _sign(replace(listed, version=listed.version + 1, issued=now), key_file, out)
    except (TrustError, OSError) as fault:
        refuse(f"{file}: {fault}")


def _holder(listed: TrustList, public: str) -> tuple[int, ListedKey]:
    for at, authority in enumerate(listed.authorities):
        for key in authority.keys:
            if key.public == public:
                return at, key
    raise KeyRefused(name=public[:40], reason="no authority of the list has it")


def _with(listed: TrustList, at: int, changed: Authority) -> TrustList:
    authorities = (*listed.authorities[:at], changed, *listed.authorities[at + 1 :])
    return replace(listed, authorities=authorities)


def _sign(listed: TrustList, key_file: Path, out: Path) -> None:
    signer = _issuer(key_file)
    if signer.name != listed.issuer:
        raise KeyRefused(name=signer.name, reason=f"the list is issued by {listed.issuer}")
    content = sign_trust_list(listed, [signer])
    with os.fdopen(os.open(out, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644), "wb") as file:
        file.write(content)
    typer.echo(f"{out}: {listed.issuer}, version {listed.version}, {len(listed.authorities)} authorities", err=True)


def _issuer(key_file: Path) -> NoteKey:
    content = _content(key_file)
    return NoteKey(read_sealed(content).name, open_sealed(content, key_password()))


def _content(file: Path) -> bytes:
    with file.open("rb") as content:
        return content.read(MAX_BYTES + 1)
