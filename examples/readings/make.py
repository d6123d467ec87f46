"""Writes the example of this folder: two low-voltage districts (台区), fictional, the same at every run.

    python examples/readings/make.py

District T001 has a master and 16 meters, of which one counts 6 % too little; T002 has no master. The files look as a
utility exports them: meters (档案) and hourly registers (示数) with one column per hour, in Chinese.
"""

import csv
from datetime import date, timedelta
from pathlib import Path

import numpy as np

HERE = Path(__file__).parent
DAYS, PER_DAY = 42, 24
SLOW = "T001-07"


def households(rng: np.random.Generator, count: int) -> np.ndarray:
    """(count, hours) true amounts [kWh]."""
    hours = np.arange(DAYS * PER_DAY) % 24
    shape = 0.6 + 0.6 * np.exp(-((hours - 19) ** 2) / 8) + 0.3 * np.exp(-((hours - 8) ** 2) / 4)
    size = rng.lognormal(np.log(0.4), 0.3, count)[:, None]
    return np.asarray(rng.gamma(1.0, size, (count, DAYS * PER_DAY)) * shape)


def registers(amounts: np.ndarray, start: float, digits: int) -> np.ndarray:
    """Registers at the full hours, cut to their digits as a display does."""
    whole = start + np.concatenate([[0.0], np.cumsum(amounts)[:-1]])
    return np.asarray(np.floor(whole * 10**digits) / 10**digits)


def main() -> None:
    """Write both files."""
    rng = np.random.default_rng(20260101)
    plates: list[tuple[str, ...]] = []
    rows: list[tuple[str, np.ndarray, int]] = []
    for node, count in (("T001", 16), ("T002", 4)):
        true = households(rng, count)
        errors = rng.normal(-0.001, 0.0025, count)
        for number in range(count):
            meter = f"{node}-{number + 1:02d}"
            error = -0.06 if meter == SLOW else errors[number]
            plates.append((node, meter, "户表", "1", "恒电仪表" if number % 2 else "衡城电表", "2019", "A"))
            rows.append((meter, registers(true[number] * (1 + error), float(rng.integers(500, 9000)), 2), 2))
        if node == "T001":
            flow = true.sum(axis=0)
            drawn = (flow + 0.15 + 0.0006 * flow**2) * (1 + rng.normal(0, 0.0005, flow.shape))
            plates.append((node, f"{node}-总", "总表", "20", "恒电仪表", "2020", "0.5S"))
            rows.append((f"{node}-总", registers(drawn / 20, 1234.0, 4), 4))
    with (HERE / "档案.csv").open("w", newline="", encoding="utf-8") as out:
        csv.writer(out).writerows(
            [("台区编号", "电能表资产号", "总分标志", "综合倍率", "生产厂家", "出厂年份", "准确度等级"), *plates]
        )
    with (HERE / "示数.csv").open("w", newline="", encoding="gb18030") as out:
        writer = csv.writer(out)
        writer.writerow(("电能表资产号", "数据日期", *(f"R{hour + 1}" for hour in range(PER_DAY))))
        for meter, numbers, digits in rows:
            for day in range(DAYS):
                cells = [f"{one:.{digits}f}" for one in numbers[day * PER_DAY : (day + 1) * PER_DAY]]
                writer.writerow((meter, date(2026, 1, 5) + timedelta(days=day), *cells))


if __name__ == "__main__":
    main()
