"""The witnesses whom this deployment has named: whose cosignatures it gathers, and how many make a checkpoint cosigned.

Kept in `HENGLIANG_HOME/keys/witnesses.json`, beside the keys, and so in every backup. Who holds the home can change
it: that decides what this log shows, never whom a checker elsewhere believes (`trust.list_policy`).
"""

from dataclasses import dataclass
from pathlib import Path

from hengliang.platform.core.log.keys import keep
from hengliang.trust import canonical
from hengliang.trust.errors import KeyRefused, MalformedNote
from hengliang.trust.notes import COSIGNATURE, MAX_SIGNATURES, VerifierKey

NAME, FORMAT = "witnesses.json", "hengliang-witnesses-v1"
MOST = MAX_SIGNATURES - 4  # the log's own signatures need room in the note too


@dataclass(frozen=True, slots=True)
class Witnesses:
    """The named witnesses.

    quorum : how many of them must have cosigned until receipts rest on the checkpoint; at least 1
    """

    keys: tuple[VerifierKey, ...] = ()
    quorum: int = 1

    def to_bytes(self) -> bytes:
        """The file's content."""
        return canonical.write({"format": FORMAT, "keys": [str(key) for key in self.keys], "quorum": self.quorum})

    def named(self, line: str) -> "Witnesses":
        """With one more. Raises KeyRefused for what is no witness's key, or a name that is taken."""
        key = VerifierKey.parse(line.strip())
        if key.kind != COSIGNATURE:
            raise KeyRefused(name=key.name, reason="no key of a witness; `hengliang key make --for witness` makes one")
        if any(one.name == key.name for one in self.keys):
            raise KeyRefused(name=key.name, reason="a witness of this name is there; remove it first")
        if len(self.keys) == MOST:
            raise KeyRefused(name=key.name, reason=f"a checkpoint has room for {MOST} witnesses")
        return Witnesses((*self.keys, key), self.quorum)

    def without(self, name: str) -> "Witnesses":
        """With one fewer. Raises KeyRefused when there is none of this name, or too few would be left."""
        left = tuple(key for key in self.keys if key.name != name)
        if left == self.keys:
            raise KeyRefused(name=name, reason="no such witness is named here; `hengliang log witness list` shows them")
        return Witnesses(left, max(1, min(self.quorum, len(left))))

    def asking(self, quorum: int) -> "Witnesses":
        """With another quorum. Raises KeyRefused for more than there are witnesses."""
        if not 1 <= quorum <= max(1, len(self.keys)):
            raise KeyRefused(name=str(quorum), reason=f"the quorum lies between 1 and the {len(self.keys)} witnesses")
        return Witnesses(self.keys, quorum)


def witnesses(home: Path) -> Witnesses:
    """The named witnesses of a home. Raises MalformedNote, KeyRefused, NotCanonical for an altered file."""
    try:
        fields = canonical.read((home / "keys" / NAME).read_bytes(), max_bytes=64 * 1024)
    except FileNotFoundError:
        return Witnesses()
    if not isinstance(fields, dict) or fields.get("format") != FORMAT or not isinstance(fields.get("keys"), list):
        raise MalformedNote(reason=f"keys/{NAME} is no list of witnesses; put it back from a backup")
    made = Witnesses()
    for line in fields["keys"]:
        made = made.named(str(line))
    return made.asking(int(fields.get("quorum", 1)))


def store(home: Path, named: Witnesses) -> None:
    """Keep them, durably."""
    (home / "keys").mkdir(mode=0o700, parents=True, exist_ok=True)
    keep(home / "keys" / NAME, named.to_bytes())
