"""Files of test benches as the demo, the tests and the benchmark need them: made, never recorded."""

import csv
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from random import Random

from hengliang.platform.verification.benches.profile import Profile, shipped

SINCE = date(2026, 2, 2)
MAKERS = ("衡城仪表股份", "东江智能表计", "量州计量设备")
ATTRIBUTES: Mapping[str, Mapping[str, str]] = {
    "electricity-wide": {"accuracy_class": "1级", "connection": "直接接入", "imax": "12"},
    "water-three-points": {"accuracy_class": "2级", "q3": "2.5", "ratio": "R100", "water": "冷水"},
    "gas-diaphragm": {"accuracy_class": "1.5级", "qmax": "6", "qmin": "0.04"},
}
Told = Mapping[str, str]


def headers(profile: Profile) -> list[str]:
    """The Chinese headers of a file in a profile's layout."""
    return [column.names[0] for column in profile.columns]


def rows(
    profile: Profile,
    count: int,
    *,
    seed: int = 1,
    first: int = 1,
    spread: float = 0.3,
    since: date = SINCE,
    attributes: Told | None = None,
) -> Iterator[list[str]]:
    """Meters of a bench: three makers, two models, twenty days; errors around a tenth of a per cent."""
    rng, given = Random(seed), dict(attributes or ATTRIBUTES[profile.id])  # noqa: S311 - a repeatable bench, no secret
    for n in range(first, first + count):
        told = identity(profile, n, since) | given | readings(profile, rng, spread, given)
        yield [told.get(column.key, "") for column in profile.columns]


def identity(profile: Profile, n: int, since: date = SINCE) -> dict[str, str]:
    """Who a meter is."""
    letter, maker = profile.id[0].upper(), MAKERS[n % 3]
    day, year = since + timedelta(days=n // 40 % 20), since.year - 1
    return {
        "serial": f"{letter}{n:09d}", "label": f"HG{letter}{n:08d}", "maker": maker, "model": f"{letter}X-{n % 2 + 1}",
        "batch": f"{year}-{n % 4 + 1:02d}", "made_on": f"{year}-{n % 12 + 1:02d}-15", "verified_on": day.isoformat(),
    }  # fmt: skip


def readings(profile: Profile, rng: Random, spread: float, given: Told) -> dict[str, str]:
    """What a bench measures of a meter with these attributes."""
    return _MEASURE[profile.id](profile, rng, spread, given)


def _electricity(profile: Profile, rng: Random, spread: float, given: Told) -> dict[str, str]:
    told = {"appearance": "合格", "voltage_test": "合格", "creep": "0"}
    told["starting"] = "0.004" if given["imax"] == "12" else "0.001"
    for reading in profile.readings:
        if reading.run == 1:
            told["_"] = f"{rng.gauss(0.1, spread):.2f}"
        if reading.run:
            told[reading.column.key] = f"{float(told['_']) + rng.choice((-0.02, 0.0, 0.02)):.2f}"
    told["clock"] = f"{rng.gauss(0, 0.1):.2f}"
    return told


def _water(profile: Profile, rng: Random, spread: float, given: Told) -> dict[str, str]:
    told = {"appearance": "合格", "tightness": "合格"}
    q3, ratio = float(given["q3"]), float(given["ratio"].removeprefix("R"))
    for point, flow, volume in (("q1", q3 / ratio, 10), ("q2", 1.6 * q3 / ratio, 10), ("q3", 0.95 * q3, 100)):
        reference = volume * (1 + rng.gauss(0, 0.002))
        told[f"{point}_flow"] = f"{flow * (1 + rng.random() * 0.04):.4f}"
        told[f"{point}_reference"] = f"{reference:.3f}"
        told[f"{point}_indicated"] = f"{reference * (1 + rng.gauss(0.1, spread * 2) / 100):.3f}"
    return told


def _gas(profile: Profile, rng: Random, spread: float, given: Told) -> dict[str, str]:
    told = {"appearance": "合格", "tightness": "合格"}
    for point in ("max", "fifth", "min"):
        error = rng.gauss(0.2, spread * 1.3)
        for run in (1, 2):
            told[f"{point}_ref_{run}"] = "100.00"
            told[f"{point}_ind_{run}"] = f"{100 + error + rng.gauss(0, 0.05):.2f}"
    return told


_MEASURE: dict[str, Callable[[Profile, Random, float, Told], dict[str, str]]] = {
    "electricity-wide": _electricity,
    "water-three-points": _water,
    "gas-diaphragm": _gas,
}


def sheet(
    profile_id: str, lines: Sequence[Sequence[str]], *, head: Sequence[str] = (), encoding: str = "utf-8"
) -> bytes:
    """Rows as the bytes of a CSV file, under the profile's headers or others."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow(head or headers(shipped()[profile_id]))
    writer.writerows(lines)
    return buffer.getvalue().encode(encoding)
