"""Mutation fuzzing of every parser of `hengliang.trust`: nothing but the package's own errors may come out.

    python benchmarks/trust/fuzz.py [--executions N] [--seed S] [--corpus DIRECTORY] [--target T]... [--quick]

What is accepted must also write back byte for byte where a format has one form. Inputs that make a parser
answer as none did before are kept in the corpus and mutated further.
"""

import argparse
import hashlib
import random
import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hengliang.trust import canonical, entries
from hengliang.trust.checkpoint import Checkpoint, read_text, sign_checkpoint
from hengliang.trust.draw import read_draw
from hengliang.trust.draw_file import read_draw_file
from hengliang.trust.errors import TrustError
from hengliang.trust.keys import CosignerKey, NoteKey, SoftwareKey
from hengliang.trust.notes import VerifierKey, read_note
from hengliang.trust.offline import check_receipt as offline
from hengliang.trust.receipt import read_receipt
from hengliang.trust.status import Status, open_status, sign_status
from hengliang.trust.tiles import name_of, parse_name, read_bundle, write_bundle
from hengliang.trust.trust_list import (
    Authority,
    ListedKey,
    Scope,
    TrustList,
    open_trust_list,
    sign_trust_list,
)
from hengliang.trust.witness import read_request

CORPUS = Path(__file__).parents[2] / "tests" / "trust" / "corpus"
# fmt: off
TOKENS = [
    b"\n\n", b"\n", "— ".encode(), b"\x00", b"\xff", b"\xed\xa0\x80", b"{", b"}", b"[", b"]", b'"', b"=",
    b"+", b"\\u0000", b"\\ud800", b"1e999", b"-0", b"9" * 20, b"9223372036854775808", b"null", b"true",
    b"A" * 44, b".p/255", b"x999/", b"old 0", b"index 0", b"c2sp.org/tlog-proof@v1", b"hengliang-status-v1",
    b"cosignature/v1", b"\xe2\x80\x80", "٣".encode(),
]
# fmt: on
VALUES = [
    None,
    True,
    0,
    -1,
    2**53 - 1,
    1e300,
    0.5,
    "",
    "a",
    "张三",
    "0" * 64,
    [],
    [[]],
    {},
    {"a": 1},
    ["a", "a"],
]


@dataclass(frozen=True)
class Target:
    """A parser with inputs to begin from.

    check : reads the input and asserts whatever must hold when it is accepted
    expected : errors that are answers
    weight : share of the executions; the slow readers of whole files get less
    """

    name: str
    check: Callable[[bytes], object]
    seeds: tuple[bytes, ...]
    expected: tuple[type[Exception], ...] = (TrustError,)
    weight: int = 9


def one_form(read: Callable[[bytes], object], write: Callable[[object], bytes]) -> Callable[[bytes], None]:
    """A check that an accepted input writes back as it was."""

    def check(content: bytes) -> None:
        assert write(read(content)) == content

    return check


def text_check(read: Callable[[str], object], write: Callable[[object], str]) -> Callable[[bytes], None]:
    """The same for parsers of text; bytes that are no UTF-8 are not given to them."""

    def check(content: bytes) -> None:
        text = content.decode("utf-8", "replace")
        assert write(read(text)) == text

    return check


def targets() -> list[Target]:
    """Every parser that meets bytes from outside."""
    key = NoteKey("log.example", SoftwareKey("ed25519", b"k" * 32))
    cosigner = CosignerKey("witness.example", SoftwareKey("ed25519", b"w" * 32), lambda: 1_780_000_000.0)
    note = sign_checkpoint(Checkpoint("log.example", 3, bytes(range(32))), [key, cosigner])
    example = Path(__file__).parents[2] / "tests" / "trust" / "corpus" / "seeds"
    receipt, draw = (example / "receipt.json").read_bytes(), (example / "draw.json").read_bytes()
    committed = canonical.read(canonical.read(draw)["committed"].encode())["payload"].encode()
    entry = canonical.read(receipt)["entry"].encode()
    status = sign_status(Status("log.example", 3, "certificate:1", "stands", entries.read(entry).time), key)
    keys = [key.verifier, cosigner.verifier]
    given = [offline.read_key(str(one)) for one in keys]
    moment = entries.read(entry).time
    authority = Authority(
        id="did:web:a.example",
        log_origin="log.example",
        standing="active",
        keys=(ListedKey("log", str(key.verifier), moment, moment, "revoked", moment),),
        scopes=(Scope("scale", "0", "150", "kg", "0.01", "2", "law", moment, moment),),
    )
    listed = sign_trust_list(TrustList("log.example", 3, moment, (authority,)), [key])
    asked = b"old 2\n" + b"A" * 43 + b"=\n\n" + note
    line = str(key.verifier).encode()
    numbers = (committed, entry, b"1e+21", b'"\\u001f"')

    def ask_offline(content: bytes) -> object:
        return offline.answer(content, given, [], 0)

    return [
        Target("canonical", one_form(canonical.read, canonical.write), numbers),
        Target("entry", entries.read, (entry,)),
        Target("note", one_form(read_note, to_bytes), (note, status)),
        Target("checkpoint", lambda content: read_text(content.decode("utf-8", "replace")), (note,)),
        Target("key", text_check(VerifierKey.parse, str), (line,)),
        Target("tile_name", text_check(parse_name, write_name), (b"tile/entries/x001/067.p/9",)),
        Target("bundle", one_form(read_three, write_bundle), (write_bundle([b"a", b"", b"c"]),)),
        Target("request", one_form(read_request, to_bytes), (asked,)),
        Target("receipt", one_form(read_receipt, to_bytes), (receipt,), weight=2),
        Target("status", lambda content: open_status(content, keys), (status,)),
        Target("trust_list", lambda content: open_trust_list(content, keys), (listed,)),
        Target("draw", one_form(read_draw, write_draw), (committed,), weight=2),
        Target("draw_file", one_form(read_draw_file, to_bytes), (draw,), weight=2),
        Target("offline", ask_offline, (receipt, draw), (ValueError,), weight=2),
    ]


def write_name(parsed: Any) -> str:
    """Name of a tile from what was read of it."""
    return name_of(*parsed)


def write_draw(draw: Any) -> bytes:
    """The committed form of a draw."""
    return canonical.write(draw.payload())


def to_bytes(value: Any) -> bytes:
    """What a format writes."""
    return bytes(value.to_bytes())


def read_three(content: bytes) -> list[bytes]:
    """A bundle that should hold three entries."""
    return read_bundle("bundle", content, 3)


def mutate_value(content: bytes, random_source: random.Random) -> bytes:
    """Canonical JSON with one member changed, so that the layers above the JSON reader are reached."""
    value = canonical.read(content)
    inside = value
    for _ in range(random_source.randint(0, 4)):
        if isinstance(inside, dict | list) and inside:
            deeper = random_source.choice(list(inside.values()) if isinstance(inside, dict) else inside)
            inside = deeper if isinstance(deeper, dict | list) and deeper else inside
    if isinstance(inside, dict) and inside:
        name = random_source.choice(list(inside))
        if random_source.random() < 0.2:
            del inside[name]
        else:
            inside[name] = changed_member(inside[name], random_source)
    elif isinstance(inside, list) and inside:
        at = random_source.randrange(len(inside))
        inside[at] = changed_member(inside[at], random_source)
    return canonical.write(value)


def changed_member(member: Any, random_source: random.Random) -> Any:
    """Another value; text that is itself JSON or a note is changed inside."""
    if isinstance(member, str) and random_source.random() < 0.7:
        inner = member.encode()
        try:
            return mutate_value(inner, random_source).decode()
        except TrustError:
            return mutate(inner, random_source, [inner]).decode("utf-8", "ignore")
    return random_source.choice(VALUES)


def mutate(content: bytes, random_source: random.Random, others: list[bytes], *, most: int = 20_000) -> bytes:
    """One to four changes: bit, byte, removal, doubling, token, splice; at most `most` bytes."""
    changed = bytearray(content)
    for _ in range(random_source.randint(1, 4)):
        at = random_source.randrange(len(changed) + 1)
        end = min(len(changed), at + random_source.choice((1, 1, 2, 4, 16, 64)))
        match random_source.randrange(7):
            case 0 if at < len(changed):
                changed[at] ^= 1 << random_source.randrange(8)
            case 1 if at < len(changed):
                changed[at] = random_source.randrange(256)
            case 2:
                del changed[at:end]
            case 3:
                changed[at:at] = changed[at:end] * random_source.choice((1, 2, 9))
            case 4:
                changed[at:at] = random_source.choice(TOKENS)
            case 5:
                changed[at:end] = random_source.choice(TOKENS)
            case _:
                other = random_source.choice(others)
                changed = changed[:at] + other[random_source.randrange(len(other) + 1) :]
        if len(changed) > most:
            del changed[most:]
    return bytes(changed)


def answer(target: Target, content: bytes) -> str:
    """A short name for how the parser answered; anything unexpected is raised with the input."""
    try:
        target.check(content)
    except target.expected as fault:
        reason = getattr(fault, "parameters", {}).get("reason", str(fault))
        told = re.sub(r"'[^']*'|[^a-zA-Z ]+", "#", str(reason))[:48]
        return f"{type(fault).__name__} {told}"
    except BaseException as fault:
        raise AssertionError(f"{target.name} fell over {content!r}") from fault
    return "accepted"


def change(content: bytes, random_source: random.Random, pool: list[bytes]) -> bytes:
    """A mutant, half of them structured where the input is canonical JSON, or a note around it."""
    lines = content.split(b"\n")
    place = next((at for at, line in enumerate(lines[:2]) if line[:1] == b"{"), None)
    if place is not None and random_source.random() < 0.5:
        try:
            lines[place] = mutate_value(lines[place], random_source)
            return b"\n".join(lines)
        except TrustError:
            pass
    return mutate(content, random_source, pool)


def fuzz(target: Target, executions: int, seed: int, corpus: Path | None) -> tuple[int, int]:
    """Run one target; gives how many inputs were accepted and how many were kept."""
    random_source = random.Random(f"{target.name}{seed}")
    pool, seen, accepted = list(target.seeds), set(), 0
    folder = corpus / target.name if corpus else None
    if folder and folder.exists():
        pool += [path.read_bytes() for path in sorted(folder.iterdir())]
    for content in pool:
        seen.add(answer(target, content))
    begun = len(pool)
    for _ in range(executions):
        content = change(random_source.choice(pool), random_source, pool)
        told = answer(target, content)
        accepted += told == "accepted"
        if told not in seen and len(pool) < begun + 40:
            seen.add(told)
            pool.append(content)
            if folder and len(content) < 4096:
                folder.mkdir(parents=True, exist_ok=True)
                (folder / hashlib.sha256(content).hexdigest()[:16]).write_bytes(content)
    return accepted, len(pool) - begun


def main() -> None:
    """Fuzz all targets and print a line for each."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--executions", type=int, default=10_000_000, help="in total")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--corpus", type=Path, default=CORPUS)
    parser.add_argument("--target", action="append", help="only these, each with its share of the total")
    parser.add_argument("--quick", action="store_true")
    given = parser.parse_args()
    total = 20_000 if given.quick else given.executions
    chosen = targets()
    begun = time.perf_counter()
    weights = sum(one.weight for one in chosen)
    for target in [one for one in chosen if not given.target or one.name in given.target]:
        started, share = time.perf_counter(), total * target.weight // weights
        accepted, kept = fuzz(target, share, given.seed, given.corpus)
        rate = share / (time.perf_counter() - started)
        told = f"{target.name:12} {share:>10} executions {rate:>9.0f}/s accepted {accepted} kept {kept}"
        print(told, flush=True)
    print(f"of {total} executions in all, no fault, {time.perf_counter() - begun:.0f} s")


if __name__ == "__main__":
    main()
