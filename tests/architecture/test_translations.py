"""Chinese is complete: whatever the product may say has a translation that somebody was sure of."""

import re

from hengliang.platform.site.translations import parse
from hengliang.platform.site.translations.extraction import missing
from hengliang.platform.site.translations.fresh import catalogues

FIELD = re.compile(r"%\((\w+)\)[sd]|%[sd]|\{(\w*)[^}]*\}")


def test_every_message_has_its_chinese() -> None:
    assert not [f"{message.where}: {message.key}" for message in missing("zh_Hans")]


def test_translations_fill_in_the_same_values() -> None:
    wrong = [
        f"{path}:{entry.line}"
        for path in catalogues()
        for entry in parse(path)
        if entry.msgid and entry.complete
        for text in entry.texts.values()
        if set(FIELD.findall(text)) - set(FIELD.findall(entry.msgid + (entry.plural or "")))
    ]
    assert not wrong


def test_no_message_is_translated_twice_in_one_catalogue() -> None:
    for path in catalogues():
        keys = [entry.key() for entry in parse(path)]
        assert sorted(keys) == sorted(set(keys)), path
