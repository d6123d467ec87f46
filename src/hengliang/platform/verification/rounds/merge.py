"""What several devices say of one instrument, merged: the same whatever order they came in, and however often."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Said:
    """One entry: what it speaks of, on which device, the how manieth there, and a digest of what it says."""

    subject: str
    device: str
    sequence: int
    digest: str


@dataclass(frozen=True, slots=True)
class Choice:
    """A person chose one of several entries; it holds as long as nobody says what was not among them."""

    chosen: Said
    among: frozenset[str]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What holds for one subject: the entry that speaks for it, or the entries of which one has to be chosen.

    `open` are the last entries of each device where they differ and nobody has decided; `speaks` is then None.
    `earlier` stay readable: entries that their own device has replaced, and those not chosen.
    """

    speaks: Said | None
    open: tuple[Said, ...]
    earlier: tuple[Said, ...]


def merged(entries: Iterable[Said], choices: Iterable[Choice] = ()) -> dict[str, Outcome]:
    """The outcome of each subject.

    Of one device the last entry counts. Devices that agree are one voice: the first of them by device speaks. Where
    they differ a person chooses; `choices` in the order in which they were made, the last that still fits holds.
    """
    by_subject: dict[str, set[Said]] = defaultdict(set)
    for entry in entries:
        by_subject[entry.subject].add(entry)
    made: dict[str, list[Choice]] = defaultdict(list)
    for choice in choices:
        made[choice.chosen.subject].append(choice)
    return {subject: _outcome(found, made[subject]) for subject, found in by_subject.items()}


def _outcome(found: set[Said], choices: list[Choice]) -> Outcome:
    last = {entry.device: entry for entry in sorted(found)}
    voices = sorted(last.values())
    speaks = voices[0] if len({voice.digest for voice in voices}) == 1 else _chosen(voices, choices)
    standing = () if speaks else tuple(voices)
    return Outcome(speaks, standing, tuple(sorted(found - {speaks, *standing})))


def _chosen(voices: list[Said], choices: list[Choice]) -> Said | None:
    said = {voice.digest for voice in voices}
    for choice in reversed(choices):
        if said <= choice.among:
            return next((voice for voice in voices if voice.digest == choice.chosen.digest), None)
    return None


def subject_of_unknown(serial: str, maker: str, device: str, count: int) -> str:
    """The subject of an instrument that no ledger knows: its serial number and maker where it has one.

    Two devices that meet the same scale thereby speak of one thing.
    """
    plain = "".join(sign for sign in serial.upper() if sign.isalnum())
    return f"unknown:{plain}:{''.join(maker.split())}"[:140] if plain else f"unknown::{device}:{count}"
