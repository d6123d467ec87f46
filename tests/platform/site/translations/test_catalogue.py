"""The compiled form is read back by the standard library's own gettext."""

import gettext
import io
from pathlib import Path

import pytest

from hengliang.platform.site.translations import Malformed, compiled, parse

CATALOGUE = r"""
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\n"

#: templates/desk.html:3
msgid "Due"
msgstr "到期"

msgctxt "of a certificate"
msgid "Issue"
msgstr "出具"

msgid "Issue"
msgstr "问题"

msgid "%(count)d instrument"
msgid_plural "%(count)d instruments"
msgstr[0] "%(count)d 台计量器具"
msgstr[1] "%(count)d 台(批)"

msgid ""
"Stop \"now\",\n"
"please"
msgstr "请立即\t“停用”"

#, fuzzy, python-format
msgid "Guessed"
msgstr "猜的"

msgid "Not yet"
msgstr ""

#~ msgid "Gone"
#~ msgstr "没有了"
"""


@pytest.fixture
def catalogue(tmp_path: Path) -> Path:
    path = tmp_path / "django.po"
    path.write_text(CATALOGUE, encoding="utf-8")
    return path


def test_the_standard_library_reads_what_we_write(catalogue: Path) -> None:
    read = gettext.GNUTranslations(io.BytesIO(compiled(parse(catalogue))))
    assert read.gettext("Due") == "到期"
    assert read.pgettext("of a certificate", "Issue") == "出具"
    assert read.gettext("Issue") == "问题"
    assert read.ngettext("%(count)d instrument", "%(count)d instruments", 1) == "%(count)d 台计量器具"
    assert read.ngettext("%(count)d instrument", "%(count)d instruments", 5) == "%(count)d 台(批)"
    assert read.gettext('Stop "now",\nplease') == "请立即\t“停用”"


def test_what_nobody_was_sure_of_is_not_shown(catalogue: Path) -> None:
    read = gettext.GNUTranslations(io.BytesIO(compiled(parse(catalogue))))
    assert [read.gettext(text) for text in ("Guessed", "Not yet", "Gone")] == ["Guessed", "Not yet", "Gone"]
    assert [entry.msgid for entry in parse(catalogue) if not entry.complete] == ["Guessed", "Not yet"]


@pytest.mark.parametrize("line", ['msgid "unfinished', 'msgstr "a "quote" inside"', "mesgid 'x'"])
def test_a_fault_is_named_with_its_line(tmp_path: Path, line: str) -> None:
    path = tmp_path / "django.po"
    path.write_text(f'msgid "a"\n{line}\n')
    with pytest.raises(Malformed, match="line 2"):
        parse(path)
