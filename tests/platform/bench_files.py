"""Files of test benches as the tests, the benchmark and the demo need them: made, never recorded."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from random import Random

from hengliang.platform.verification.benches.profile import Profile, shipped

MAKERS = ("衡城仪表股份", "东江智能表计", "量州计量设备")
ATTRIBUTES: Mapping[str, Mapping[str, str]] = {
    "electricity-wide": {"accuracy_class": "1级", "connection": "直接接入", "imax": "12"},
    "water-three-points": {"accuracy_class": "2级", "q3": "2.5", "ratio": "R100", "water": "冷水"},
    "gas-diaphragm": {"accuracy_class": "1.5级", "qmax": "6", "qmin": "0.04"},
}


def headers(profile: Profile) -> list[str]:
    """The Chinese headers of a file in a profile's layout."""
    return [column.names[0] for column in profile.columns]


def rows(profile: Profile, count: int, *, seed: int = 1, first: int = 1, spread: float = 0.3) -> Iterator[list[str]]:
    """Meters of a bench: three makers, two models, twenty days; errors around a tenth of a per cent."""
    rng = Random(seed)
    for n in range(first, first + count):
        told = identity(profile, n) | dict(ATTRIBUTES[profile.id]) | readings(profile, rng, spread)
        yield [told.get(column.key, "") for column in profile.columns]


def identity(profile: Profile, n: int) -> dict[str, str]:
    """Who a meter is."""
    letter, maker = profile.id[0].upper(), MAKERS[n % 3]
    day = date(2026, 2, 2) + timedelta(days=n // 40 % 20)
    return {
        "serial": f"{letter}{n:09d}", "label": f"HG{letter}{n:08d}", "maker": maker, "model": f"{letter}X-{n % 2 + 1}",
        "batch": f"2025-{n % 4 + 1:02d}", "made_on": f"2025-{n % 12 + 1:02d}-15", "verified_on": day.isoformat(),
    }  # fmt: skip


def readings(profile: Profile, rng: Random, spread: float = 0.3) -> dict[str, str]:
    """What a bench measures of a meter."""
    return _MEASURE[profile.id](profile, rng, spread)


def _electricity(profile: Profile, rng: Random, spread: float) -> dict[str, str]:
    told = {"appearance": "合格", "voltage_test": "合格", "creep": "0", "starting": "0.004"}
    for reading in profile.readings:
        if reading.run == 1:
            told["_"] = f"{rng.gauss(0.1, spread):.2f}"
        if reading.run:
            told[reading.column.key] = f"{float(told['_']) + rng.choice((-0.02, 0.0, 0.02)):.2f}"
    told["clock"] = f"{rng.gauss(0, 0.1):.2f}"
    return told


def _water(profile: Profile, rng: Random, spread: float) -> dict[str, str]:
    told = {"appearance": "合格", "tightness": "合格"}
    for point, flow, volume in (("q1", 0.025, 10), ("q2", 0.04, 10), ("q3", 2.4, 100)):
        reference = volume * (1 + rng.gauss(0, 0.002))
        told[f"{point}_flow"] = f"{flow * (1 + rng.random() * 0.04):.4f}"
        told[f"{point}_reference"] = f"{reference:.3f}"
        told[f"{point}_indicated"] = f"{reference * (1 + rng.gauss(0.1, spread * 2) / 100):.3f}"
    return told


def _gas(profile: Profile, rng: Random, spread: float) -> dict[str, str]:
    told = {"appearance": "合格", "tightness": "合格"}
    for point in ("max", "fifth", "min"):
        error = rng.gauss(0.2, spread * 1.3)
        for run in (1, 2):
            told[f"{point}_ref_{run}"] = "100.00"
            told[f"{point}_ind_{run}"] = f"{100 + error + rng.gauss(0, 0.05):.2f}"
    return told


_MEASURE = {"electricity-wide": _electricity, "water-three-points": _water, "gas-diaphragm": _gas}


def sheet(
    profile_id: str, lines: Sequence[Sequence[str]], *, head: Sequence[str] = (), encoding: str = "utf-8"
) -> bytes:
    """Rows as the bytes of a CSV file, under the profile's headers or others."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow(head or headers(shipped()[profile_id]))
    writer.writerows(lines)
    return buffer.getvalue().encode(encoding)
