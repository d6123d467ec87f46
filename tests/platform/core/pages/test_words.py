"""Every word of the kit has its Chinese."""

import ast
import re
from pathlib import Path

import hengliang.platform.core
from hengliang.platform.site.translations.catalogue import parse

CORE = Path(hengliang.platform.core.__file__).parent
PLAIN = {"_", "gettext", "gettext_lazy", "ngettext"}
IN_CONTEXT = {"pgettext", "pgettext_lazy"}
TRANSLATE = re.compile(r"""\{%\s*translate\s+(?:"([^"]*)"|'([^']*)')""")
BLOCK = re.compile(r"\{%\s*blocktranslate([^%]*)%\}(.*?)\{%\s*endblocktranslate\s*%\}", re.S)


def in_python() -> set[str]:
    found = set()
    for source in (CORE / "pages").rglob("*.py"):
        for node in ast.walk(ast.parse(source.read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                place = 0 if node.func.id in PLAIN else 1 if node.func.id in IN_CONTEXT else None
                if place is not None and isinstance(node.args[place], ast.Constant):
                    found.add(str(node.args[place].value))
    return found


def in_templates() -> set[str]:
    found = set()
    for source in (CORE / "templates").rglob("*.html"):
        text = source.read_text()
        found |= {one or two for one, two in TRANSLATE.findall(text)}
        for _head, body in BLOCK.findall(text):
            singular = re.split(r"\{%\s*plural\s*%\}", body)[0].strip()
            found.add(re.sub(r"\{\{\s*(\w+)\s*\}\}", r"%(\1)s", singular))
    return found


def test_every_word_has_its_chinese() -> None:
    entries = parse(CORE / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po")
    translated = {entry.msgid for entry in entries if entry.complete}
    asked = in_python() | in_templates()
    assert len(asked) > 200
    assert {word for word in asked if word not in translated and word.replace("%", "%%") not in translated} == set()


def test_no_translation_loses_a_parameter() -> None:
    for entry in parse(CORE / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po")[1:]:
        # The one of a singular may go without its number; the plural never does.
        wanted = set(re.findall(r"%\(\w+\)[sd]", entry.plural or entry.msgid))
        for text in entry.texts.values():
            assert set(re.findall(r"%\(\w+\)[sd]", text)) == wanted, entry.msgid
