"""Files cut at line ends, parsed ahead, entered in order."""

import gc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hengliang.readings.ahead import ahead
from hengliang.readings.errors import SourceRefused
from hengliang.readings.importing import import_files
from hengliang.readings.intake import pieces as cutting
from hengliang.readings.intake.pieces import pieces
from tests.readings.conftest import put
from tests.readings.intake.test_importing import LONG, numbers, window

QUARTERS = [f"2026-01-{1 + k // 96:02d} {k % 96 // 4:02d}:{k % 4 * 15:02d}" for k in range(600)]


def rows(meter: str) -> list[str]:
    """Some days of quarter-hours of one meter."""
    return [f"N,{meter},outflow,{time},{k},kWh" for k, time in enumerate(QUARTERS)]


@given(st.lists(st.text("ab,;\r ", max_size=30), max_size=40), st.integers(31, 60), st.booleans(), st.integers(0, 3))
def test_pieces_are_the_file_and_end_with_lines(tmp_path_factory, lines, size, ended, skip):
    path = tmp_path_factory.mktemp("cut") / "a.csv"
    content = "\n".join(lines).encode() + (b"\n" if ended else b"")
    path.write_bytes(content)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cutting, "PIECE", size)
        found = list(pieces(path, skip))
    assert b"".join(piece or b"" for piece in found) == b"".join(content.split(b"\n", skip)[skip:])
    assert all(piece and piece.endswith(b"\n") for piece in found[:-1])


def test_a_line_longer_than_a_piece_is_not_cut(tmp_path, monkeypatch):
    monkeypatch.setattr(cutting, "PIECE", 16)
    (tmp_path / "a.csv").write_bytes(b"a,1\n" + b"b" * 40 + b",2\nc,3\n")
    assert list(pieces(tmp_path / "a.csv", 0)) == [b"a,1\n", None]


@pytest.mark.parametrize("beyond", range(-3, 7))
def test_a_line_end_within_quotes_is_none_wherever_the_file_is_cut(beyond, store, tmp_path, monkeypatch):
    lines = rows("A")
    lines[40] = lines[40].replace(",A,", ',"A\n",')
    body = "\n".join(lines) + "\n"
    monkeypatch.setattr(cutting, "PIECE", body.index('\n"') + beyond)
    report = put(store, tmp_path, LONG + body).report
    assert (report["readings"], report["refused"], report["duplicates"]["identical"]) == (600, 0, 0)
    assert numbers(window(store, "N"), "A") == [float(k) for k in range(600)]


def test_files_are_entered_in_their_order_though_parsed_at_once(store, tmp_path, monkeypatch):
    monkeypatch.setattr(cutting, "PIECE", 4096)
    for at in range(6):
        text = "\n".join(row.replace(",kWh", f"{at},kWh") for row in rows("A"))
        (tmp_path / f"{at}.csv").write_text(LONG + text + "\n", encoding="utf-8")
    report = import_files([tmp_path / f"{at}.csv" for at in (3, 0, 1, 2, 4, 5)], store).report
    assert [one["file"] for one in report["files"]] == [f"{at}.csv" for at in (3, 0, 1, 2, 4, 5)]
    assert report["duplicates"]["conflicting"] == 5 * 600
    assert numbers(window(store, "N"), "A")[1] is not None
    flagged = window(store, "N").values[0]
    assert [int(value) % 10 for value in flagged[:600]] == [3] * 600  # what the first file said stays


def test_a_fault_in_one_file_leaves_the_next_as_it_is(store, tmp_path, monkeypatch):
    monkeypatch.setattr(cutting, "PIECE", 4096)
    for name in "ABC":
        lines = rows(name)
        if name == "B":
            lines[300] = lines[300].replace(",300,", ",x,")
        (tmp_path / f"{name}.csv").write_text(LONG + "\n".join(lines) + "\n", encoding="utf-8")
    report = import_files([tmp_path / f"{name}.csv" for name in "ABC"], store).report
    assert [(one["rows"], one["refused"]) for one in report["files"]] == [(600, 0), (599, 1), (600, 0)]


@given(st.lists(st.integers()), st.integers(1, 5))
def test_what_is_begun_ahead_comes_in_order(items, count):
    assert list(ahead(iter(items), count)) == items


def test_no_more_is_begun_than_asked():
    begun: list[int] = []

    def begin():
        for at in range(10):
            begun.append(at)
            yield at

    coming = ahead(begin(), 3)
    next(coming)
    assert begun == [0, 1, 2]


def test_the_search_for_garbage_goes_on_after_an_import_that_failed(store, tmp_path):
    (tmp_path / "a.csv").write_text("x\n", encoding="utf-8")
    with pytest.raises(SourceRefused):
        import_files([tmp_path / "a.csv"], store)
    assert gc.isenabled()
