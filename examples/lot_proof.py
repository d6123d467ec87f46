"""Check the proof of one result of a bench lot, with nothing of ours: python lot_proof.py result.proof.json

The root it leads to must be the one in the log entry of the lot (act lot_submit). Source: RFC 9162, 2.1.3.2.
"""

import hashlib
import json
import sys
from pathlib import Path


def leads_to(proof: dict) -> str:
    """The root to which the entry and its path lead, in hexadecimal."""
    digest = hashlib.sha256(b"\x00" + proof["entry"].encode()).digest()
    place, last = proof["place"], proof["size"] - 1
    for step in proof["path"]:
        other = bytes.fromhex(step)
        if place % 2 or place == last:
            digest = hashlib.sha256(b"\x01" + other + digest).digest()
            while place % 2 == 0 and place:
                place, last = place // 2, last // 2
        else:
            digest = hashlib.sha256(b"\x01" + digest + other).digest()
        place, last = place // 2, last // 2
    if last:
        raise SystemExit("the path is too short")
    return digest.hex()


if __name__ == "__main__":
    here = Path(__file__).parent
    shown = json.loads(Path(sys.argv[1] if len(sys.argv) > 1 else here / "lot-result.proof.json").read_text("utf-8"))
    found = leads_to(shown)
    print(json.loads(shown["entry"]))
    print("proven under the root" if found == shown["root"] else "NOT proven: the root differs", shown["root"])
    sys.exit(found != shown["root"])
