"""The log's files on disk, as any web server can serve them: always the database's log, or one of its past states.

Guarantee: what was published here is never taken back. Where the disk is ahead of the database (an older backup was
put back), the database takes over the published entries instead of signing another history at the same sizes.
"""

from collections.abc import Callable, Iterator, Mapping

from django.db import transaction

from hengliang.platform.core.log.store import PostgresStore
from hengliang.platform.core.models import LogEntry, LogFile
from hengliang.trust.audit import check_extends
from hengliang.trust.checkpoint import OpenedCheckpoint, open_checkpoint, read_text
from hengliang.trust.disk import COSIGNED, OFFERED, DiskStore
from hengliang.trust.notes import VerifierKey, read_note
from hengliang.trust.tiles import ENTRIES, WIDTH, TileTree, levels_of, name_of, width_at


def size_of(note: bytes | None) -> int:
    """Size in a checkpoint; 0 without one."""
    return 0 if note is None else read_text(read_note(note).text).size


def names_between(old: int, new: int) -> Iterator[str]:
    """The files that a log of `new` entries has beyond those full at `old`."""
    for level in range(levels_of(new)):
        first = (old >> (8 * level)) // WIDTH
        for index in range(first, (new >> (8 * level)) // WIDTH + 1):
            if width := width_at(level, index, new):
                yield name_of(level, index, width)
                if level == 0:
                    yield name_of(ENTRIES, index, width)


def copy_out(store: PostgresStore, disk: DiskStore) -> int:
    """Bring the disk up to the database's checkpoint; gives the size it shows then. Raises OSError, LogMoved."""
    there, here = disk.checkpoint(), store.checkpoint()
    if here is not None and here != there:
        disk.publish(_Lazy(tuple(names_between(size_of(there), size_of(here))), store.read), here, replaces=there)
    for name in (OFFERED, COSIGNED):
        if (held := note(name)) is not None and held != disk.note(name):
            disk.put_note(name, held)
    return size_of(here)


def note(name: str) -> bytes | None:
    """The database's note `OFFERED` or `COSIGNED`; None while there is none."""
    found = LogFile.objects.filter(pk=name).values_list("content", flat=True).first()
    return None if found is None else bytes(found)


def take_back(store: PostgresStore, disk: DiskStore, keys: tuple[VerifierKey, ...]) -> int:
    """Where the disk is ahead, let the database take over what was published; gives how many entries.

    Raises SignatureRefused, SplitView, ProofRefused, MissingObject: the two are not one history, and a person decides.
    """
    there, here = disk.checkpoint(), store.checkpoint()
    if there is None or size_of(there) <= size_of(here):
        return 0
    shown = open_checkpoint(there, keys)
    tree = TileTree(shown.checkpoint.size, disk.read)
    begin = size_of(here)
    if here is not None:
        check_extends(open_checkpoint(here, keys), shown, tree)
    with transaction.atomic():
        files = {name: disk.read(name) for name in names_between(begin, shown.checkpoint.size)}
        store.publish(files, there, replaces=here)
        _place(tree, begin, shown)
    return shown.checkpoint.size - begin


def _place(tree: TileTree, begin: int, shown: OpenedCheckpoint) -> None:
    """Entries whose act came back with the backup get the place they already had."""
    waiting = {bytes(entry): pk for pk, entry in LogEntry.objects.filter(position=None).values_list("pk", "entry")}
    for index in range(begin, shown.checkpoint.size):
        entry = tree.bundle(index // WIDTH)[index % WIDTH]
        if (pk := waiting.pop(entry, None)) is not None:
            LogEntry.objects.filter(pk=pk).update(position=index)


class _Lazy(Mapping[str, bytes]):
    """Files read one by one while they are written, so that a whole log needs no memory."""

    def __init__(self, names: tuple[str, ...], read: Callable[[str], bytes]) -> None:
        self._names, self._read = names, read

    def __getitem__(self, name: str) -> bytes:
        return self._read(name)

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)
