"""Registers or amounts: told from the numbers, for files that speak of the same meters, and for no others."""

import numpy as np

from hengliang.readings.importing import import_files
from hengliang.readings.model import Kind
from tests.readings.intake.test_importing import window

HOURS = ",".join(f"{hour:02d}:00" for hour in range(24))


def wide(meters, days, cells):
    rows = [f"{meter},2026-01-{day:02d},{cells(at, day)}" for at, meter in enumerate(meters) for day in days]
    return f"meter,date,{HOURS}\n" + "\n".join(rows) + "\n"


def registers(at, day):
    return ",".join(f"{100 * at + 24 * day + hour}" for hour in range(24))


def amounts(at, day):
    rng = np.random.default_rng(31 * at + day)
    return ",".join(f"{one:.2f}" for one in rng.gamma(1.0, 0.3, 24))


def test_registers_beside_amounts_in_one_folder_are_told_apart(store, tmp_path):
    many = [f"R{at}" for at in range(40)]
    (tmp_path / "registers.csv").write_text(wide(many, range(1, 8), registers))
    (tmp_path / "amounts.csv").write_text(wide(["A0", "A1"], range(1, 8), amounts))
    nodes = "".join(f"T{one[0]},{one},outflow\n" for one in (*many, "A0", "A1"))
    (tmp_path / "meters.csv").write_text("node,meter,role\n" + nodes)
    import_files([tmp_path], store)
    assert {one.kind for one in window(store, "TR").series} == {Kind.REGISTER}
    assert {one.kind for one in window(store, "TA").series} == {Kind.INTERVAL}


def test_a_short_file_goes_with_the_long_one_of_its_meters(store, tmp_path):
    (tmp_path / "a.csv").write_text(wide(["A0", "A1"], range(1, 8), amounts))
    rising = "meter,date," + HOURS + "\nA0,2026-01-08," + ",".join(f"{hour}.00" for hour in range(24)) + "\n"
    (tmp_path / "b.csv").write_text(rising)
    (tmp_path / "meters.csv").write_text("node,meter,role\nT,A0,outflow\nT,A1,outflow\n")
    import_files([tmp_path], store)
    assert {one.kind for one in window(store, "T").series} == {Kind.INTERVAL}
