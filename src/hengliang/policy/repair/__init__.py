"""Mends what web sites did to a text: pinyin tags, byte splices, script, width, blanks."""

from hengliang.policy.repair.mend import mend

__all__ = ["mend"]
