"""All repairs in the order that they need: splices before tags, tags before script."""

from hengliang.policy.model import Repair
from hengliang.policy.repair.byte_splices import undo_splices
from hengliang.policy.repair.pinyin_tags import drop_tags
from hengliang.policy.repair.script import to_simplified
from hengliang.policy.repair.width import close_up, narrow_alphanumerics


def mend(text: str) -> tuple[str, tuple[Repair, ...]]:
    """The mended text, and what was done to it how often."""
    steps = (
        ("width", narrow_alphanumerics),
        ("byte_splice", undo_splices),
        ("pinyin_tag", drop_tags),
        ("traditional", to_simplified),
        ("blank", close_up),
    )
    repairs = []
    for kind, step in steps:
        text, count = step(text)
        if count:
            repairs.append(Repair(kind, count))
    return text, tuple(repairs)
