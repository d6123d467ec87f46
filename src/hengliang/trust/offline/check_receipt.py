#!/usr/bin/env python3
"""Check a Hengliang receipt or published draw with nothing but Python 3.9 or later: no package, no network:
    python3 check_receipt.py FILE --log KEY [--witness KEY]... [--quorum N]

KEY is a line such as log.example+1a2b3c4d+AXf…; get it from the authority by another way than the receipt.
Exit 0: valid; 1: invalid or indeterminate; 2: FILE is no receipt.
Sources: RFC 9162 2.1.3.2 (inclusion), RFC 8032 5.1.7 (Ed25519), C2SP signed-note, tlog-proof, cosignature.
"""

import argparse
import base64
import hashlib
import json
import pathlib
import sys
from datetime import datetime
from typing import Any

Keys = list[dict[str, Any]]
Point = tuple[int, int, int, int]
P, ORDER = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
LIMITS = [
    "The log proves what was said and when. It does not prove that the measurement was right.",
    "A receipt cannot prove that nothing was said later: a withdrawal after this checkpoint is not in it.",
    "Without a witness you trust, the authority could show you another log than it shows others.",
]


def need(condition: object, reason: str) -> None:
    if not condition:
        raise ValueError(reason)


def point_add(a: Point, b: Point) -> Point:
    m, n = (a[1] - a[0]) * (b[1] - b[0]) % P, (a[1] + a[0]) * (b[1] + b[0]) % P
    c, d = 2 * a[3] * b[3] * D % P, 2 * a[2] * b[2] % P
    return (n - m) * (d - c) % P, (d + c) * (n + m) % P, (d - c) * (d + c) % P, (n - m) * (n + m) % P


def point_times(scalar: int, point: Point) -> Point:
    if scalar == 0:
        return 0, 1, 1, 0
    rest = point_times(scalar >> 1, point_add(point, point))
    return point_add(rest, point) if scalar & 1 else rest


def point_read(content: bytes) -> Any:
    y, odd = int.from_bytes(content, "little") & (2**255 - 1), content[31] >> 7
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * pow(2, (P - 1) // 4, P) % P
    x = P - x if x & 1 != odd else x
    return None if (x * x - square) % P or y >= P or x == P else (x, y, 1, x * y % P)


def ed25519_ok(key: bytes, message: bytes, signature: bytes) -> bool:
    base = point_read((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))
    point, s = point_read(key), int.from_bytes(signature[32:], "little")
    if len(signature) != 64 or point is None or base is None or s >= ORDER:
        return False
    k = int.from_bytes(hashlib.sha512(signature[:32] + key + message).digest(), "little") % ORDER
    minus = (P - point[0], point[1], point[2], P - point[3])
    total = point_add(point_times(s, base), point_times(k, minus))
    x, y = (one * pow(total[2], P - 2, P) % P for one in total[:2])
    return (y | (x & 1) << 255).to_bytes(32, "little") == signature[:32]


def b64(text: str) -> bytes:
    content = base64.b64decode(text, validate=True)
    need(base64.b64encode(content).decode() == text, "base64 in another form than its canonical one")
    return content


def read_key(line: str) -> dict[str, Any]:
    name, digest, material = line.strip().split("+", 2)
    key = b64(material)
    key_id = hashlib.sha256(name.encode() + b"\n" + key).digest()[:4]
    need(key_id.hex() == digest and key[0] in (1, 4) and len(key) == 33, "not a key line")
    return {"name": name, "id": key_id, "kind": key[0], "key": key[1:]}


def read_note(note: str) -> tuple[str, list[tuple[str, bytes]]]:
    text, gap, lines = note.rpartition("\n\n")
    need(gap and lines.endswith("\n") and len(note) < 65536, "no signed note")
    parts = [line.split(" ") for line in lines[:-1].split("\n")]
    need(all(len(one) == 3 and one[0] == "—" for one in parts), "a signature line is malformed")
    return text + "\n", [(one[1], b64(one[2])) for one in parts]


def part(verdict: bool | str, reason: str) -> dict[str, str]:
    word = verdict if isinstance(verdict, str) else "valid" if verdict else "invalid"
    return {"verdict": word, "reason": reason}


def signed(note: str, keys: Keys, good: bool, reason: str, quorum: int = 1) -> Any:
    """The verdict on a note, with the time that each given key has stated; a forged one makes it invalid."""
    (text, signatures), found = read_note(note), dict[str, int]()
    for key in keys:
        for value in [one for name, one in signatures if (name, one[:4]) == (key["name"], key["id"])]:
            time, message = 0, text.encode()
            if key["kind"] == 4:
                time, value = int.from_bytes(value[4:12], "big"), value[8:]
                message = f"cosignature/v1\ntime {time}\n{text}".encode()
            if not ed25519_ok(key["key"], message, value[4:]):
                return part(False, f"the signature of {key['name']} does not hold"), {}
            found[key["name"]] = time
    if len(found) < quorum:
        return part("indeterminate", f"{len(found)} of {quorum} given keys asked for have signed"), found
    return part(good, f"{reason}; signed by {', '.join(sorted(found)) or 'no given key'}"), found


def leads_to_root(index: int, size: int, computed: bytes, path: list[bytes], root: bytes) -> bool:
    place, last = index, size - 1
    for sibling in path:
        if last == 0:
            return False
        right = place & 1 or place == last
        pair = sibling + computed if right else computed + sibling
        computed = hashlib.sha256(b"\x01" + pair).digest()
        while right and place and not place & 1:
            place, last = place >> 1, last >> 1
        place, last = place >> 1, last >> 1
    return index < size and last == 0 and computed == root


def check_receipt(receipt: dict[str, str], log_keys: Keys, witness_keys: Keys, quorum: int) -> Any:
    """Every part of a receipt, its entry and leaf hash, and the times that given witnesses stated."""
    head, _, note = receipt["proof"].partition("\n\n")
    form, place, *lines = head.split("\n")
    known = receipt["format"] == "hengliang-receipt-v1" and form == "c2sp.org/tlog-proof@v1"
    need(known and place.startswith("index "), "no receipt of version 1")
    index, path = int(place[6:]), [b64(line) for line in lines]
    origin, size, root = read_note(note)[0].split("\n")[:3]
    own = [key for key in log_keys if key["name"] == origin]
    entry = json.loads(receipt["entry"])
    leaf = hashlib.sha256(b"\x00" + receipt["entry"].encode()).digest()
    holds = leads_to_root(index, int(size), leaf, path, b64(root))
    parts = {
        "signature": signed(note, own, True, f"{origin} at size {size}")[0],
        "inclusion": part(holds, f"entry {index} of {size}: {entry['type']} of {entry['object']}"),
        "status": part(True, "not stated in this receipt; ask for the authority's status list"),
    }
    if "payload" in receipt:
        opened = hashlib.sha256(bytes.fromhex(receipt["salt"]) + receipt["payload"].encode()).hexdigest()
        good = len(receipt["salt"]) == 64 and opened == entry["commitment"]
        parts["content"] = part(good, "the disclosed content against what was recorded")
    parts["witnesses"], times = signed(note, witness_keys, True, "witnesses", quorum)
    if "status" in receipt:
        text = read_note(receipt["status"])[0].split("\n")
        same = text[:2] == ["hengliang-status-v1", origin] and text[3] == entry["object"]
        good = same and int(text[2]) > index and text[4] == "stands"
        told = f"{text[3]}: {text[4]} as of size {text[2]}, {text[5]}"
        parts["status"] = signed(receipt["status"], own, good, told)[0]
    return parts, entry, leaf, [time for time in times.values() if time]


def shuffled(items: list[str], numbers: Any) -> list[str]:
    for at, span in enumerate(range(len(items), 1, -1)):
        other = at + next(one for one in numbers if one < 2**256 - 2**256 % span) % span
        items[at], items[other] = items[other], items[at]
    return items


def make_draw(draw: dict[str, Any], start: str) -> dict[str, Any]:
    def digest(text: str) -> str:
        return hashlib.sha256(text.encode()).hexdigest()

    drawn, pack, pairs = list[str](), list[str](), list[Any]()
    for stratum in draw["strata"]:
        tickets = {f"{int(digest(digest(start) + one), 16):064d}"[::-1]: one for one in stratum["objects"]}
        drawn += [tickets[one] for one in sorted(tickets)][: stratum["take"]]
    numbers = (int(digest(f"{start},{count}"), 16) for count in range(1, 2**62))
    barred = {(one, place) for one, place in draw["recusals"]}
    for place in drawn:
        fit = [one for one in draw["inspectors"] if (one, place) not in barred]
        need(len(fit) >= draw["per_object"], f"too few inspectors are free to go to {place}")
        sent: list[str] = []
        while len(sent) < draw["per_object"]:
            free = next((one for one in pack if one in fit and one not in sent), None)
            if free is None:
                pack += shuffled(sorted(draw["inspectors"]), numbers)
            else:
                sent.append(pack.pop(pack.index(free)))
        pairs.append([place, sent])
    return {"start": start, "drawn": pairs}


def public_value(rule: dict[str, Any], shown: dict[str, Any]) -> str:
    for field in ("publication", "lottery", "issue", "chain", "round"):
        need(rule.get(field) == shown.get(field), f"the rule names another {field}")
    if rule["source"] == "dice":
        good = len(shown["throws"]) == rule["throws"] >= 25 and set(shown["throws"]) <= set(range(1, 7))
        need(good and len(set(shown["witnesses"])) >= 2, "the throws are not those the rule asks for")
        return "-".join(str(one) for one in shown["throws"])
    if rule["source"] == "lottery":
        return " ".join(f"{one:02d}" for one in shown["numbers"])
    if rule["source"] == "drand":
        return hashlib.sha256(bytes.fromhex(shown["signature"])).hexdigest()
    return str(shown["sha256"])


def check_draw(file: dict[str, Any], log_keys: Keys, witness_keys: Keys, quorum: int) -> Any:
    receipt = json.loads(file["committed"])
    parts, entry, leaf, times = check_receipt(receipt, log_keys, witness_keys, max(1, quorum))
    draw = json.loads(receipt["payload"])
    good = (entry["type"], entry["object"]) == ("draw.committed", "draw:" + draw["id"])
    need(good and draw["algorithm"] == "hengliang-draw-v1", "the receipt is not for this draw")
    value = public_value(draw["rule"], file["evidence"])
    start = hashlib.sha256(f"hengliang-draw-v1\n{draw['id']}\n{leaf.hex()}\n{value}\n".encode()).hexdigest()
    parts["draw"] = part(make_draw(draw, start) == file["drawn"], "computed again, against the announced")
    appears = datetime.strptime(draw["rule"]["appears"] + "+0000", "%Y-%m-%dT%H:%M:%SZ%z").timestamp()
    early = (bool(times) and min(times) < appears) or "indeterminate"
    parts["order"] = part(early, "lists witnessed before the public value could exist")
    unproven = {"value": part("indeterminate", "the BLS signature of the drand round is not checked here")}
    return parts | unproven if draw["rule"]["source"] == "drand" else parts


def answer(content: bytes, log_keys: Keys, witness_keys: Keys, quorum: int) -> dict[str, Any]:
    """The whole answer for the bytes of a receipt or draw file. Raises ValueError."""
    try:
        file = json.loads(content.decode())
        is_draw = file["format"] == "hengliang-drawing-v1"
        given = (file, log_keys, witness_keys, quorum)
        parts = check_draw(*given) if is_draw else check_receipt(*given)[0]
    except (LookupError, TypeError, AttributeError, RecursionError, OverflowError) as fault:
        raise ValueError(f"{type(fault).__name__}: {fault}") from fault
    worst = min((one["verdict"] for one in parts.values()), key=["invalid", "indeterminate", "valid"].index)
    return {"verdict": worst, "parts": parts, "limits": LIMITS}


def main() -> int:
    parser = argparse.ArgumentParser(description="Check a Hengliang receipt or draw without Hengliang")
    parser.add_argument("file", type=pathlib.Path)
    parser.add_argument("--log", action="append", default=[], type=read_key)
    parser.add_argument("--witness", action="append", default=[], type=read_key)
    parser.add_argument("--quorum", type=int, default=0)
    given = parser.parse_args()
    try:
        found = answer(given.file.read_bytes(), given.log, given.witness, given.quorum)
    except (OSError, ValueError) as fault:
        print(f"{given.file}: {fault}", file=sys.stderr)
        return 2
    print(json.dumps(found, ensure_ascii=False, indent=2))
    return 0 if found["verdict"] == "valid" else 1


if __name__ == "__main__":
    sys.exit(main())
