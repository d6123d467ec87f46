"""Region names by the division codes (GB/T 2260) that python-stdnum carries, and the great regions."""

import re
from functools import cache
from importlib.resources import files

_GREAT = ("长三角", "长江三角洲", "京津冀", "粤港澳大湾区", "成渝地区", "长江经济带")
_ENTRY = re.compile(r'^(\s*)(\d+) (?:province|county)="([^"]+)"')
_SUFFIX = re.compile(r"(?:特别行政区|维吾尔自治区|壮族自治区|回族自治区|自治区|自治州|地区|省|市|盟)$")
# A place that the codes do not know (new, renamed): by its form, at the head of a title or of an authority.
_UNLISTED = re.compile(
    r"(?:^|印发|关于|《|发布)(?![全我本各该])([一-鿿]{2,5}?(?:自治区|自治州|省|市|县|区|州|盟))(?!场|级"
    r"|域|政|民族|内|委|直|别)"
)
_NO_NAMES = frozenset(("市辖区", "省直辖县级行政区划", "自治区直辖县级行政区划", "城区", "郊区", "矿区", "县", "市"))
_LONGEST = 16
_READ_AT_MOST = 60_000


@cache
def _names() -> dict[str, int]:
    """Name to level: 1 province, 2 prefecture, 3 county; prefectures and provinces also without suffix."""
    names: dict[str, int] = {}
    province = ""
    for line in files("stdnum.cn").joinpath("loc.dat").read_text("utf-8").splitlines():
        found = _ENTRY.match(line)
        if not found:
            continue
        province = found.group(2) if not found.group(1) else province
        code = (province + found.group(2))[:6] if found.group(1) else province + "0000"
        level = 1 if code.endswith("0000") else 2 if code.endswith("00") else 3
        # A name with an end, [-1992]滁县地区, is history.
        for name in re.findall(r"[一-鿿]{2,}", re.sub(r"\[\d*-\d{4}\][^,\[]*", "", found.group(3))):
            if name not in _NO_NAMES:
                names[name] = min(level, names.get(name, 9))
    return names


@cache
def _stems() -> dict[str, str]:
    """Short name to full name, for provinces and prefectures."""
    full = {name: level for name, level in _names().items() if level < 3}
    stems = {_SUFFIX.sub("", name): name for name in sorted(full, key=lambda name: -full[name])}
    return {stem: name for stem, name in stems.items() if len(stem) >= 2 and stem != name}


@cache
def _beginnings() -> frozenset[str]:
    """The first two characters of all names: most places of a text are passed over by them."""
    return frozenset(name[:2] for name in (*_names(), *_stems()))


def region_at(text: str, start: int) -> tuple[str, int] | None:
    """The region whose full name begins at a place, and where it ends; a chain 省市县 gives its last link."""
    found = None
    while text[start : start + 2] in _beginnings():
        for end in range(min(len(text), start + _LONGEST), start + 1, -1):
            if text[start:end] in _names():
                found, start = (text[start:end], end), end
                break
        else:
            return found
    return found


def region_in(text: str) -> str | None:
    """The first region named in a short text, such as a title or an issuer; great regions and stems too."""
    for start in range(len(text)):
        great = next((name for name in _GREAT if text.startswith(name, start)), None)
        full = region_at(text, start)
        if great or full:
            return great or (full[0] if full else None)
    unlisted = _UNLISTED.search(text)
    return unlisted.group(1) if unlisted else _stem_in(text)


def _stem_in(text: str) -> str | None:
    for start in range(len(text)):
        for end in range(min(len(text), start + 6), start + 1, -1):
            if text[start:end] in _stems():
                return _stems()[text[start:end]]
    return None


def region_by_weight(text: str) -> str | None:
    """The region that a text speaks of most; a full name weighs twice, and 全市 speaks for a prefecture."""
    weights: dict[str, float] = {}
    whole = {1: text.count("全省") + text.count("我省"), 2: text.count("全市") + text.count("我市")}
    start, text = 0, text[:_READ_AT_MOST]
    while start < len(text) - 1:
        if text[start : start + 2] not in _beginnings():
            start += 1
            continue
        full = region_at(text, start)
        stem = next((text[start:end] for end in (start + 3, start + 2) if text[start:end] in _stems()), None)
        if full:
            weights[full[0]] = weights.get(full[0], 0) + 2
            start = full[1]
        elif stem:
            weights[_stems()[stem]] = weights.get(_stems()[stem], 0) + 1
            start += len(stem)
        else:
            start += 1
    for name in weights:
        weights[name] += min(3, whole.get(_names()[name], 0)) / 2
    return max(weights, key=lambda name: weights[name], default=None)
