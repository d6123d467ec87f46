"""Quotes: found whatever the width of the punctuation; told with file and line when they are not."""

from pathlib import Path

import pytest

from hengliang.norms.quotes import check_quotes, fold
from tests.norms.folder import folder, loaded, rule

SCALAR = rule("scalar", "value: 92")


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("达 92％，以上", "达92%,以上"),
        ("“双随机”", '"双随机"'),
        ("〔2021〕4号", "(2021)4号"),
        ("一、\n二", "一,二"),
    ],
)
def test_prints_of_the_same_words_are_equal(first: str, second: str):
    assert fold(first) == fold(second)


def test_other_words_are_other_words():
    assert fold("覆盖率达92%") != fold("受检率达92%")


def quoting(path: Path, words: str, archive: str = "P.txt") -> list[tuple[str, int, str]]:
    text = SCALAR.replace("quote: null, basis: recalled", f"quote: {words}, basis: read, archive: {archive}")
    sources = path / "sources"
    sources.mkdir()
    (sources / "P.txt").write_text("强制检定项目覆盖率达92％以上;", encoding="utf-8")
    problems, found = check_quotes(loaded(folder(path, own__rule=text)).values(), sources)
    assert found + len(problems) == 1
    return [(problem.file, problem.line, problem.code) for problem in problems]


def test_a_quote_that_stands_there(tmp_path: Path):
    assert quoting(tmp_path, "项目覆盖率达92%以上") == []


def test_a_quote_that_does_not(tmp_path: Path):
    assert quoting(tmp_path, "覆盖率达98%") == [("shipped/own/rule.yaml", 6, "quote_not_found")]


def test_an_archive_that_is_not_there(tmp_path: Path):
    assert quoting(tmp_path, "覆盖率", "Q.txt") == [("shipped/own/rule.yaml", 6, "no_archive")]


def test_without_a_quote_there_is_nothing_to_check(tmp_path: Path):
    assert check_quotes(loaded(folder(tmp_path, own__rule=SCALAR)).values(), tmp_path) == ([], 0)
