"""The files of benches that write a row for each load point: the rows of the wide ones, told the long way."""

import csv
import io
from collections.abc import Mapping, Sequence

from hengliang.platform.site.demo import bench_files as files
from hengliang.platform.verification.benches.profile import Profile, Reading, shipped

Row = list[str]
# Of each wide profile: the columns of the point, of the run, and of what is read there by its cell.
_POINTS: Mapping[str, tuple[str, ...]] = {
    "electricity-wide": ("负载电流", "功率因数"),
    "water-three-points": ("流量点",),
    "gas-diaphragm": ("流量点", "次数"),
}
_CURRENTS = {"@imax": "Imax", "1": "Ib", "0.1": "0.1Ib", "0.2": "0.2Ib"}
_VALUES = {"indicated": "示值", "reference": "标准值", "flow": "实际流量"}
LABEL = "M"


def rows(profile_id: str, wide: Sequence[Row]) -> list[Row]:
    """The headers, and a row for each meter and point."""
    profile = shipped()[profile_id]
    measured = [reading.column.key for reading in profile.readings if _is_measured(reading)]
    alike = [column for column in profile.columns if column.key not in measured]
    points = _points(profile)
    values = list(dict.fromkeys(name for cells in points.values() for name in cells))
    made = [[column.names[0] for column in alike] + [*_POINTS[profile_id], *values]]
    for row in wide:
        told = dict(zip([column.key for column in profile.columns], row, strict=True))
        same = [told[column.key] for column in alike]
        made += [[*same, *point, *(told[cells[name]] for name in values)] for point, cells in points.items()]
    return made


def sheet(profile_id: str, wide: Sequence[Row]) -> bytes:
    """Those rows as the bytes of a CSV file."""
    head, *body = rows(profile_id, wide)
    return files.sheet(profile_id, body, head=head)


def with_heads(wide: Sequence[Row]) -> tuple[bytes, list[str]]:
    """A file of an electricity bench with a line of the meter above its rows, and what stands in that line."""
    profile = shipped()["electricity-wide"]
    measured = [reading.column.key for reading in profile.readings if _is_measured(reading)]
    heads = [column.key for column in profile.columns if column.key not in measured]
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    for row in wide:
        told = dict(zip([column.key for column in profile.columns], row, strict=True))
        writer.writerow([LABEL, *(told[key] for key in heads)])
        for point, cells in _points(profile).items():
            writer.writerow(["P", *point, *(told[key] for key in cells.values())])
    return out.getvalue().encode(), heads


def _is_measured(reading: Reading) -> bool:
    return bool(reading.point or reading.fixed)


def _points(profile: Profile) -> dict[tuple[str, ...], dict[str, str]]:
    """Each point, and of what is read there the header and the key."""
    found: dict[tuple[str, ...], dict[str, str]] = {}
    for reading in filter(_is_measured, profile.readings):
        if reading.fixed:
            point: tuple[str, ...] = (_CURRENTS[reading.fixed["current"]], reading.fixed["power_factor"])
            name = f"误差{reading.run}"
        else:
            point = (str(reading.point), *([str(reading.run)] if reading.run else []))
            name = _VALUES[reading.cell]
        found.setdefault(point, {})[name] = reading.column.key
    return found
